import { type Connection, connect, mayI, namedRules, processEnvironment, servedGroups } from '#cluster/access/index.ts'
import type { Scope } from '#diagnosis/scope.ts'
import { Failure } from '#model/failure.ts'
import { renderJson } from '#output/json.ts'
import { renderYaml } from '#output/yaml.ts'
import { roleObjects } from './check-access-role.ts'
import { accessText } from './check-access-text.ts'
import { type ConnectionFlags, connectionOptions } from './connection.ts'
import { type NeededRead, neededReads } from './needed-reads.ts'
import { contextsOf } from './read-contexts.ts'

/** `explain --check-access -o json`: what this user's answers will lack, and the roles that would complete them. */
export interface AccessReport {
  readonly apiVersion: 'taintdoctor.dev/v1alpha1'
  readonly kind: 'AccessReport'
  readonly clusters: readonly ClusterAccess[]
}

export interface ClusterAccess {
  readonly name: string
  readonly server: string
  /** The namespace that would be asked about; null for all. */
  readonly namespace: string | null
  readonly reads: readonly CheckedRead[]
  /** Roles with the reads that are missing; empty where none is. */
  readonly roles: readonly object[]
}

export interface CheckedRead {
  /** The plural name, with its group where it has one. */
  readonly resource: string
  /** The namespace that was asked for; null for all. */
  readonly namespace: string | null
  readonly verbs: readonly string[]
  /** Null where the server did not say. */
  readonly allowed: boolean | null
  /** What answers will lack; absent where the read is allowed. */
  readonly consequence?: string
  /** Single objects that may be read although the rest may not. */
  readonly onlyNames?: readonly string[]
}

interface Flags extends ConnectionFlags {
  readonly 'all-namespaces': boolean
  readonly output: string | undefined
  readonly snapshot: readonly string[] | undefined
}

/** Asks the server what the user may read; changes nothing. Gives the text to print. */
export async function checkAccess(flags: Flags, scope: Scope): Promise<string> {
  if (flags.snapshot !== undefined) {
    throw new Failure('WrongArgument', '--check-access asks a cluster, and --snapshot names a file', {
      hint: 'leave one of them out',
      exitCode: 2,
    })
  }
  const contexts = await contextsOf(flags, processEnvironment())
  const clusters = await Promise.all(
    contexts.map(async (context) => {
      const connection = await connect(connectionOptions(flags, context))
      try {
        return await checkCluster(connection, namespaceOf(flags, scope, connection))
      } finally {
        await connection.close()
      }
    }),
  )
  const report: AccessReport = { apiVersion: 'taintdoctor.dev/v1alpha1', kind: 'AccessReport', clusters }
  if (flags.output === 'json') return renderJson(report)
  return flags.output === 'yaml' ? renderYaml(report) : accessText(report)
}

function namespaceOf(flags: Flags, scope: Scope, connection: Connection): string | null {
  return flags['all-namespaces'] ? null : (scope.namespace ?? connection.namespace)
}

async function checkCluster(connection: Connection, namespace: string | null): Promise<ClusterAccess> {
  const [groups, named] = await Promise.all([
    servedGroups(connection),
    namespace === null ? undefined : namedRules(connection, namespace),
  ])
  const wanted = neededReads.filter(
    ({ group, resource, scope, custom }) =>
      (custom !== true || groups?.has(group) !== false) &&
      // Those of all namespaces are asked for anyway.
      !(resource === 'pods' && scope === 'Namespace' && namespace === null),
  )
  const checked = await Promise.all(wanted.map((read) => checkRead(connection, read, namespace, named)))
  const lacking = wanted.filter((_, at) => checked[at]?.allowed !== true)
  return {
    name: connection.name,
    server: connection.server,
    namespace,
    reads: checked,
    roles: roleObjects(lacking, namespace),
  }
}

async function checkRead(
  connection: Connection,
  { group, resource, verbs, scope, without }: NeededRead,
  namespace: string | null,
  named: ReadonlyMap<string, readonly string[]> | undefined,
): Promise<CheckedRead> {
  const place = scope === 'Cluster' || namespace === null ? {} : { namespace }
  const answers = await Promise.all(verbs.map((verb) => mayI(connection, { verb, group, resource, ...place })))
  const allowed = answers.includes(false) ? false : answers.includes(undefined) ? null : true
  const name = group === '' ? resource : `${resource}.${group}`
  const only = allowed === false ? named?.get(name) : undefined
  return {
    resource: name,
    namespace: place.namespace ?? null,
    verbs,
    allowed,
    ...(allowed === true ? {} : { consequence: without }),
    ...(only === undefined ? {} : { onlyNames: only }),
  }
}
