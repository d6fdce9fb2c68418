import type { CauseCode } from '#model/cause-code.ts'

/** Why the API server would not take a Pod, read from its own words. */
export interface Refusal {
  readonly code: CauseCode
  /** As a clause. */
  readonly why: string
  /** The server's words without what the controller put before them. */
  readonly message: string
  /** What is to be done, as a clause; absent where the reason says it. */
  readonly mend?: string
  /** Of a quota: what is asked, used and allowed by its own names of resources. */
  readonly amounts?: readonly QuotaAmount[]
  readonly quota?: string
  /** The Service behind a webhook that did not answer. */
  readonly service?: { readonly namespace: string; readonly name: string }
  readonly webhook?: string
}

export interface QuotaAmount {
  readonly resource: string
  readonly requested: string
  readonly used: string
  readonly limited: string
}

interface Rule {
  readonly pattern: RegExp
  read(found: RegExpExecArray, message: string): Omit<Refusal, 'message'>
}

/** Reads the message of a FailedCreate event or a ReplicaFailure condition. */
export function refusalOf(text: string): Refusal {
  const message = withoutController(text)
  for (const { pattern, read } of rules) {
    const found = pattern.exec(message)
    if (found !== null) return { ...read(found, message), message }
  }
  return { code: 'RefusedByServer', why: `the API server refuses it: ${shortened(message)}`, message }
}

function withoutController(text: string): string {
  return text
    .replace(/^\(combined from similar events\): /, '')
    .replace(/^Error creating: /, '')
    .replace(/^create (?:Pod|Claim) \S+ (?:in|for) StatefulSet \S+ failed error: /, '')
    .replace(/^create Claim \S+ for Pod \S+ in StatefulSet \S+ failed error: /, '')
}

const rules: readonly Rule[] = [
  {
    pattern: /exceeded quota: ([^,\s]+), requested: (.+), used: (.+), limited: (.+)$/,
    read([, quota = '', requested = '', used = '', limited = '']) {
      const amounts = amountsOf(requested, used, limited)
      const parts = amounts.map(
        (one) => `${one.resource} ${one.used} of ${one.limited} used, ${one.requested} more asked`,
      )
      return {
        code: 'QuotaExceeded',
        why: `ResourceQuota ${quota} is exceeded: ${parts.join('; ')}`,
        quota,
        amounts,
        mend: 'raise the quota, lower the requests, or end Pods that use it up',
      }
    },
  },
  {
    pattern: /failed quota: ([^:\s]+): must specify (.+)$/,
    read: ([, quota = '', resources = '']) => ({
      code: 'QuotaNeedsRequests',
      why: `ResourceQuota ${quota} counts ${resources.split(/[;,]/).join(', ')}, and the Pod sets none`,
      quota,
      mend: 'set these requests and limits in the template, or give the namespace a LimitRange with defaults',
    }),
  },
  {
    pattern:
      /(?:maximum|minimum) (\S+) usage per (\S+) is ([^,]+), but (.+?)(?:\.|, |$)|(\S+) max limit to request ratio per (\S+) is ([^,]+), but (.+)$/,
    read: (_, message) => ({
      code: 'OutsideLimitRange',
      why: `a LimitRange of the namespace forbids it: ${shortened(afterForbidden(message))}`,
    }),
  },
  {
    pattern: /error looking up service account ([^/\s]+)\/(\S+): serviceaccount "[^"]*" not found/,
    read: ([, namespace = '', name = '']) => ({
      code: 'ServiceAccountMissing',
      why: `service account ${namespace}/${name} does not exist`,
      mend: `create it, or name another in the template`,
    }),
  },
  {
    pattern: /no PriorityClass with name (\S+) was found/,
    read: ([, name = '']) => ({ code: 'PriorityClassMissing', why: `PriorityClass ${name} does not exist` }),
  },
  {
    pattern: /RuntimeClass "([^"]+)" not found|runtimeclasses?\S* "([^"]+)" not found/i,
    read: ([, first, second]) => ({
      code: 'RuntimeClassMissing',
      why: `RuntimeClass ${first ?? second ?? ''} does not exist`,
    }),
  },
  {
    pattern: /admission webhook "([^"]+)" denied the request:? ?(.*)$/s,
    read: ([, webhook = '', said = '']) => ({
      code: 'WebhookDenied',
      why: `admission webhook ${webhook} denies it${said === '' ? '' : `: ${shortened(said)}`}`,
      webhook,
    }),
  },
  {
    pattern: /failed calling webhook "([^"]+)"/,
    read([, webhook = ''], message) {
      const service = serviceOf(message)
      const because = message.split(': ').at(-1) ?? ''
      return {
        code: 'WebhookUnreachable',
        why: `admission webhook ${webhook} does not answer: ${shortened(because)}`,
        webhook,
        ...(service === undefined ? {} : { service }),
        mend: 'bring the Pods behind it back',
      }
    },
  },
  {
    pattern: /violates PodSecurity "([^"]+)": (.+)$/s,
    read: ([, level = '', said = '']) => ({
      code: 'PodSecurityDenied',
      why: `the namespace's Pod Security level ${level} forbids it: ${shortened(said)}`,
    }),
  },
  {
    pattern: /ValidatingAdmissionPolicy '([^']+)'.*denied request: (.+)$/s,
    read: ([, policy = '', said = '']) => ({
      code: 'PolicyDenied',
      why: `ValidatingAdmissionPolicy ${policy} denies it: ${shortened(said)}`,
    }),
  },
  {
    pattern: /unable to validate against any security context constraint/,
    read: () => ({
      code: 'PodSecurityDenied',
      why: 'no SecurityContextConstraints of OpenShift lets its service account run it',
    }),
  },
  {
    pattern: /conflict with its namespace whitelist/,
    read: () => ({
      code: 'OutsideTolerationsWhitelist',
      why: "its tolerations are not covered by the whitelist in the namespace's annotation",
      mend: 'widen scheduler.alpha.kubernetes.io/tolerationsWhitelist of the namespace, or tolerate less',
    }),
  },
  {
    pattern: /pod node label selector conflicts with its namespace node label selector/,
    read: () => ({
      code: 'NamespaceSelectorConflict',
      why: "its node selector contradicts the node selector in the namespace's annotation",
    }),
  },
  {
    pattern: /because it is being terminated/,
    read: () => ({ code: 'NamespaceTerminating', why: 'its namespace is being deleted' }),
  },
  {
    pattern: /is invalid: (.+)$/s,
    read: ([, said = '']) => ({
      code: 'InvalidPod',
      why: `the Pod of its template is invalid: ${shortened(said)}`,
      ...(/^\[?spec\.tolerations\[\d+\]/.test(said)
        ? {
            mend: 'take that entry out of the tolerations, or complete it with a key; an entry without one would tolerate every taint',
          }
        : {}),
    }),
  },
]

function amountsOf(requested: string, used: string, limited: string): readonly QuotaAmount[] {
  const [usedBy, limitedBy] = [pairs(used), pairs(limited)]
  return [...pairs(requested)].map(([resource, amount]) => ({
    resource,
    requested: amount,
    used: usedBy.get(resource) ?? '?',
    limited: limitedBy.get(resource) ?? '?',
  }))
}

function pairs(text: string): Map<string, string> {
  return new Map(
    text.split(',').flatMap((pair): [string, string][] => {
      const at = pair.indexOf('=')
      return at === -1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]]
    }),
  )
}

/** The Service in `https://NAME.NAMESPACE.svc:443/...`. */
function serviceOf(message: string): Refusal['service'] {
  const found = /https?:\/\/([a-z0-9-]+)\.([a-z0-9-]+)\.svc\b/.exec(message)
  const [, name, namespace] = found ?? []
  return name === undefined || namespace === undefined ? undefined : { namespace, name }
}

function afterForbidden(message: string): string {
  return message.replace(/^.*? is forbidden: /, '')
}

function shortened(text: string): string {
  const one = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '')
  return one.length > 240 ? `${one.slice(0, 237)}...` : one
}
