import type { IncomingHttpHeaders } from 'node:http'
import { reviews } from './discovery.ts'
import type { RequestInfo } from './request-info.ts'
import { qualified } from './resources.ts'
import { badRequest, json } from './status.ts'
import type { AccessRule, ApiUser, Caller, Reply } from './types.ts'

/** Who may do everything: the user of a kubeconfig without a name. */
export const administrator: Caller = { name: 'admin', groups: ['system:masters', 'system:authenticated'] }
const anonymous: Caller = { name: 'system:anonymous', groups: ['system:unauthenticated'] }

/** Paths that RBAC's default roles open to everybody, and to everybody who is somebody. */
const toStrangers = /^\/(version|healthz|livez|readyz)\/?$/
const toAll = /^\/(version|healthz|livez|readyz|api|apis|openapi)(\/|$)/

/** Who may come in, and what each may do. With neither a token nor users everybody is the administrator. */
export class Access {
  readonly #token: string | undefined
  readonly #users: readonly ApiUser[]
  readonly #open: boolean

  constructor(token: string | undefined, users: readonly ApiUser[], certificates: boolean) {
    this.#token = token
    this.#users = users
    this.#open = token === undefined && users.length === 0 && !certificates
  }

  /** The user behind a request; undefined where its token is nobody's. */
  authenticate(headers: IncomingHttpHeaders, certificateName: string | undefined): Caller | undefined {
    if (this.#open) return administrator
    if (certificateName !== undefined) return this.#called(certificateName)
    const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
    if (token === undefined) return anonymous
    if (token === this.#token) return administrator
    const user = this.#users.find((one) => one.token === token)
    return user === undefined ? undefined : this.#called(user.name)
  }

  /** The user that a request is answered for: the one named by `Impersonate-User`, if there is one. */
  impersonated(headers: IncomingHttpHeaders): Caller | undefined {
    const name = one(headers['impersonate-user'])
    if (name === undefined) return undefined
    const groups = [headers['impersonate-group'] ?? []].flat().flatMap((group) => group.split(/,\s*/))
    const known = this.#called(name)
    return { name, groups: groups.length === 0 ? known.groups : [...groups, 'system:authenticated'] }
  }

  allows(caller: Caller, info: RequestInfo): boolean {
    if (caller.groups.includes('system:masters')) return true
    const known = caller.groups.includes('system:authenticated')
    if (info.resource === '') return info.verb === 'get' && (known ? toAll : toStrangers).test(info.path)
    if (known && info.verb === 'create' && reviews.some((review) => review.plural === info.resource)) return true
    return this.#rulesOf(caller).some((rule) => covers(rule, info))
  }

  /** Answers a self-review of a caller. */
  review(caller: Caller, plural: string, body: string): Reply {
    const asked = parsed(body)
    if (asked === undefined) return badRequest('the object provided is unrecognized')
    const type = reviews.find((one) => one.plural === plural)
    const head = { kind: type?.kind, apiVersion: 'authorization.k8s.io/v1', metadata: {} }
    const spec = (asked.spec ?? {}) as Record<string, Record<string, string> | string>
    if (plural === 'selfsubjectrulesreviews') {
      const status = { ...this.#ruleList(caller, String(spec.namespace ?? '')), incomplete: false }
      return json(201, { ...head, spec: {}, status })
    }
    const { resource, path } = attributes(spec)
    return json(201, { ...head, spec, status: { allowed: this.allows(caller, path ?? resource) } })
  }

  #called(name: string): Caller {
    if (name === administrator.name) return administrator
    const groups = this.#users.find((user) => user.name === name)?.groups ?? []
    return { name, groups: [...groups, 'system:authenticated'] }
  }

  #rulesOf(caller: Caller): readonly AccessRule[] {
    return this.#users.filter((user) => user.name === caller.name).flatMap((user) => user.rules)
  }

  #ruleList(caller: Caller, namespace: string): object {
    const everything = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }
    const all = caller.groups.includes('system:masters')
    const own = this.#rulesOf(caller).filter((rule) => rule.namespace === undefined || rule.namespace === namespace)
    const basic = {
      verbs: ['create'],
      apiGroups: ['authorization.k8s.io'],
      resources: reviews.map((one) => one.plural),
    }
    return {
      resourceRules: [...(all ? [everything] : []), ...own.flatMap(asResourceRules), basic],
      nonResourceRules: [
        {
          verbs: all ? ['*'] : ['get'],
          nonResourceURLs: all ? ['*'] : ['/api', '/api/*', '/apis', '/apis/*', '/version'],
        },
      ],
    }
  }
}

function covers(rule: AccessRule, info: RequestInfo): boolean {
  const resource = info.subresource === '' ? info.resource : `${info.resource}/${info.subresource}`
  const asked = qualified({ ...info, resource })
  return (
    (rule.verbs.includes('*') || rule.verbs.includes(info.verb)) &&
    (rule.resources.includes('*') || rule.resources.includes(asked)) &&
    (rule.namespace === undefined || rule.namespace === info.namespace) &&
    (rule.names === undefined || rule.names.includes(info.name))
  )
}

/** One rule for each API group: `deployments.apps` says both. */
function asResourceRules(rule: AccessRule): object[] {
  return rule.resources.map((written) => {
    const [resource = '', ...group] = written.split('.')
    const apiGroups = written === '*' ? ['*'] : [group.join('.')]
    return { verbs: rule.verbs, apiGroups, resources: [resource], ...(rule.names && { resourceNames: rule.names }) }
  })
}

function attributes(spec: Readonly<Record<string, Record<string, string> | string>>): {
  resource: RequestInfo
  path?: RequestInfo
} {
  const asked = (spec.resourceAttributes ?? {}) as Record<string, string>
  const { verb = '', group = '', version = '', resource = '', namespace = '', name = '', subresource = '' } = asked
  const info = {
    method: '',
    path: '',
    query: new URLSearchParams(),
    verb,
    group,
    version,
    resource,
    namespace,
    name,
    subresource,
  }
  const plain = spec.nonResourceAttributes as Record<string, string> | undefined
  if (plain === undefined) return { resource: info }
  return { resource: info, path: { ...info, resource: '', verb: plain.verb ?? '', path: plain.path ?? '' } }
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body) as Record<string, unknown>
  } catch {
    return undefined
  }
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
