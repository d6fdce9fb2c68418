import type { Connection } from './connection.ts'

/** A request that one may ask to be allowed. */
export interface AccessQuestion {
  readonly verb: string
  readonly group: string
  readonly resource: string
  /** Absent for all namespaces. */
  readonly namespace?: string
}

/** Whether the user may do this; undefined where the server does not say. */
export async function mayI(connection: Connection, question: AccessQuestion): Promise<boolean | undefined> {
  const { verb, group, resource, namespace = '' } = question
  const spec = { resourceAttributes: { verb, group, resource, namespace } }
  const result = await connection.review('selfsubjectaccessreviews', spec)
  if (result.failure !== undefined) return undefined
  const status = statusOf(result.body)
  return typeof status?.['allowed'] === 'boolean' ? status['allowed'] : undefined
}

/**
 * Names of objects that a rule of the user's is restricted to, by `resource.group`: what a review of a list does not
 * show. Undefined where the server does not say.
 */
export async function namedRules(
  connection: Connection,
  namespace: string,
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const result = await connection.review('selfsubjectrulesreviews', { namespace })
  if (result.failure !== undefined) return undefined
  const rules = statusOf(result.body)?.['resourceRules']
  if (!Array.isArray(rules)) return undefined
  const named = new Map<string, readonly string[]>()
  for (const rule of rules as readonly unknown[]) {
    const names = strings(rule, 'resourceNames')
    if (names.length === 0) continue
    for (const group of strings(rule, 'apiGroups')) {
      for (const resource of strings(rule, 'resources')) {
        const key = group === '' ? resource : `${resource}.${group}`
        named.set(key, [...new Set([...(named.get(key) ?? []), ...names])].sort())
      }
    }
  }
  return named
}

/** The groups that the server serves; undefined where it does not say. */
export async function servedGroups(connection: Connection): Promise<ReadonlySet<string> | undefined> {
  const result = await connection.read('/apis')
  if (result.failure !== undefined) return undefined
  try {
    const { groups } = JSON.parse(result.body.toString('utf8')) as { groups?: unknown }
    if (!Array.isArray(groups)) return undefined
    return new Set(groups.flatMap((group: unknown) => field(group, 'name')))
  } catch {
    return undefined
  }
}

function statusOf(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const { status } = JSON.parse(body.toString('utf8')) as { status?: Record<string, unknown> }
    return typeof status === 'object' && status !== null ? status : undefined
  } catch {
    return undefined
  }
}

function field(value: unknown, key: string): string[] {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  return typeof found === 'string' ? [found] : []
}

function strings(value: unknown, key: string): readonly string[] {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : []
}
