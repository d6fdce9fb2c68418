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

/** What is looked at of a message: patterns that search may take the square of its length, and anybody may write an event. */
const longest = 4096

/** Reads the message of a FailedCreate event or a ReplicaFailure condition. */
export function refusalOf(text: string): Refusal {
  const message = withoutController(text)
  const read = message.slice(0, longest)
  for (const rule of rules) {
    const found = rule.pattern.exec(read)
    if (found !== null) return { ...rule.read(found, read), message }
  }
  const words = shortened(message)
  const why =
    words === '' ? 'the API server refuses it, in words that are empty' : `the API server refuses it: ${words}`
  return { code: 'RefusedByServer', why, message }
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
    pattern: /exceeded quota: ([^,\s]+), requested: ([^:]+), used: ([^:]+), limited: ([^:]+)$/,
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
      why: `ResourceQuota ${quota} counts ${unset(resources)}`,
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
      why: `the namespace's Pod Security level ${level} forbids it: ${shortened(said, 800)}`,
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
    pattern: /pod node label selector labels conflict with its namespace whitelist/,
    read: () => ({
      code: 'NamespaceSelectorConflict',
      why: 'its node selector, with what its namespace adds to it, is outside the whitelist that the admission plugin PodNodeSelector has for the namespace',
      mend: "change the node selector of the template or of the namespace, or the namespace's entry in the plugin's configuration, which is a file of the API server",
    }),
  },
  {
    pattern: /tolerations.* conflict with its namespace whitelist/,
    read: () => ({
      code: 'OutsideTolerationsWhitelist',
      why: "its tolerations are not covered by the whitelist in the namespace's annotation",
      mend: 'widen scheduler.alpha.kubernetes.io/tolerationsWhitelist of the namespace: it must hold those of the template, and those for not-ready and unreachable that the API server adds to every Pod',
    }),
  },
  {
    pattern: /pod node label selector conflicts with its namespace node label selector/,
    read: () => ({
      code: 'NamespaceSelectorConflict',
      why: 'its node selector contradicts that of its namespace',
      mend: "the namespace's stands in its annotation scheduler.alpha.kubernetes.io/node-selector; without one the clusterDefaultNodeSelector of the admission plugin PodNodeSelector holds",
    }),
  },
  {
    pattern: /insufficient quota to match these scopes: (.+)$/,
    read: ([, scopes = '']) => ({
      code: 'RefusedByServer',
      why: `Pods of its priority class are let in only where a ResourceQuota of that scope is in the namespace: ${shortened(scopes)}`,
      mend: 'make a ResourceQuota with that scope in the namespace, as kube-system has one, or take priorityClassName out of the template',
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
      ...tolerationMend(said),
    }),
  },
]

/** What makes a toleration valid that the server calls invalid, by its words. */
function tolerationMend(said: string): { mend?: string } {
  if (!/^\[?spec\.tolerations\[\d+\]/.test(said)) return {}
  const supported = /Unsupported value: "([^"]*)": supported values: ([^\]]+)/.exec(said)
  if (supported !== null) {
    const [, written = '', values = ''] = supported
    return { mend: `write ${values.replaceAll('"', '').replaceAll(/, */g, ' or ').trim()} instead of ${written}` }
  }
  if (said.includes('`tolerationSeconds` is set'))
    return { mend: 'take tolerationSeconds out of that entry: only with effect NoExecute it means anything' }
  if (said.includes('value must be empty'))
    return { mend: 'take the value out of that entry, or give it operator Equal' }
  if (said.includes('`key` is empty')) {
    return {
      mend: 'take that entry out of the tolerations, or complete it with a key; an entry without one would tolerate every taint',
    }
  }
  return { mend: 'mend that entry of the tolerations in the template' }
}

/** `limits.cpu, limits.memory, and the Pod sets none`; newer servers say which containers lack what. */
function unset(resources: string): string {
  const parts = resources.split(';').map((part) => /^\s*(\S+) for: (.+?)\s*$/.exec(part))
  if (!parts.every((part) => part !== null)) return `${resources.split(/[;,]/).join(', ')}, and the Pod sets none`
  const named = parts.map((part) => `${part?.[1]}, not set in ${(part?.[2] ?? '').split(/,\s*/).join(', ')}`)
  return named.join('; ')
}

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

function shortened(text: string, most = 240): string {
  const one = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '')
  return one.length > most ? `${one.slice(0, most - 3)}...` : one
}
