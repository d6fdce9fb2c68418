/** What a request asks for, read from its method, path and query as kube-apiserver reads them. */
export interface RequestInfo {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** get, list, watch, create, update, patch, delete, deletecollection; for other paths the method in small letters. */
  readonly verb: string
  readonly group: string
  readonly version: string
  /** The plural; empty where the path names no resource. */
  readonly resource: string
  readonly namespace: string
  readonly name: string
  readonly subresource: string
}

/** Reads `/api/v1/...` and `/apis/GROUP/VERSION/...`; every other path names no resource. */
export function readRequest(method: string, url: string): RequestInfo {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const parts = pathname.split('/').filter((part) => part !== '')
  const base = { method, path: pathname, query: searchParams }
  const bare = { ...base, group: '', version: '', resource: '', namespace: '', name: '', subresource: '' }
  const prefix = parts[0] === 'api' ? 2 : parts[0] === 'apis' ? 3 : 0
  if (prefix === 0 || parts.length <= prefix) return { ...bare, verb: method.toLowerCase() }
  const [group = '', version = ''] = prefix === 2 ? ['', parts[1]] : [parts[1], parts[2]]
  const target = readTarget(parts.slice(prefix).map(decodeURIComponent))
  const name = target.name === '' && method === 'GET' ? nameFromSelector(searchParams) : target.name
  return { ...base, group, version, ...target, name, verb: verbOf(method, target.name !== '', searchParams) }
}

function readTarget(parts: readonly string[]): {
  namespace: string
  resource: string
  name: string
  subresource: string
} {
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = parts
  const inNamespace = first === 'namespaces' && third !== '' && third !== 'status' && third !== 'finalize'
  if (inNamespace) return { namespace: second, resource: third, name: fourth, subresource: fifth }
  // A Namespace counts as lying in itself: RBAC's refusal says so too.
  return { namespace: first === 'namespaces' ? second : '', resource: first, name: second, subresource: third }
}

function verbOf(method: string, named: boolean, query: URLSearchParams): string {
  if (method === 'GET') {
    if (isTrue(query.get('watch'))) return 'watch'
    return named ? 'get' : 'list'
  }
  if (method === 'DELETE') return named ? 'delete' : 'deletecollection'
  const verbs: Readonly<Record<string, string>> = { POST: 'create', PUT: 'update', PATCH: 'patch' }
  return verbs[method] ?? method.toLowerCase()
}

/** A list of one name counts as a request for that name: a rule with resource names allows it. */
function nameFromSelector(query: URLSearchParams): string {
  const match = /(?:^|,)metadata\.name==?([^,]+)/.exec(query.get('fieldSelector') ?? '')
  return match?.[1] ?? ''
}

/** Whether a query parameter is switched on. */
export function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1'
}
