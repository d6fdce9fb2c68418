import {
  type ApiResource,
  builtInResources,
  type Connection,
  type ConnectionEnvironment,
  connect,
  type JsonPage,
  jsonPages,
  list,
  listContexts,
  type PageDecoder,
  processEnvironment,
} from '#cluster/access/index.ts'
import type { ResourceType } from '#model/resource-type.ts'
import { type ConnectionFlags, connectionOptions } from './connection.ts'

/** How long a person waits for the Tab key, in milliseconds. */
const patience = 3000

/** Says nothing and asks nobody: the person is in the middle of a line. */
function quietEnvironment(): ConnectionEnvironment {
  return { ...processEnvironment(), interactive: false, pluginWords: () => {}, warn: () => {} }
}

/** The names in the kubeconfig: contexts, clusters or users. */
export async function kubeconfigNames(
  kubeconfig: string | undefined,
  of: 'name' | 'cluster' | 'user',
): Promise<readonly string[]> {
  const contexts = await listContexts({ kubeconfig }, quietEnvironment())
  return distinct(contexts.map((context) => context[of]))
}

/** The cluster's namespaces; where they may not be listed, those that the kubeconfig's contexts name. */
export async function namespaceNames(flags: ConnectionFlags): Promise<readonly string[]> {
  const found = await withConnection(flags, (connection, signal) =>
    names(connection, 'namespaces', '', { signal }),
  ).catch(() => undefined)
  if (found !== undefined) return found
  const contexts = await listContexts({ kubeconfig: flags.kubeconfig }, quietEnvironment())
  return distinct(contexts.map(({ namespace }) => namespace))
}

/** The names of the Pods that wait for a node or for their start, or of all objects of another type. */
export async function objectNames(
  flags: ConnectionFlags & { readonly namespace: string | undefined; readonly 'all-namespaces': boolean },
  { kind, plural, group }: ResourceType,
): Promise<readonly string[]> {
  const found = await withConnection(flags, (connection, signal) => {
    const namespace = flags['all-namespaces'] ? undefined : (flags.namespace ?? connection.namespace)
    const fieldSelector = kind === 'Pod' ? 'status.phase=Pending' : undefined
    return names(connection, plural, group, { namespace, fieldSelector, signal })
  })
  return found ?? []
}

/** Rejects where the server is not reached in time. */
async function withConnection<T>(
  flags: ConnectionFlags,
  work: (connection: Connection, signal: AbortSignal) => Promise<T | undefined>,
): Promise<T | undefined> {
  const limits = {
    connectMs: patience,
    silenceMs: patience,
    answerMs: patience,
    pluginMs: patience,
    interactivePluginMs: patience,
    attempts: 1,
  }
  const options = connectionOptions({ ...flags, 'request-timeout': undefined }, flags.context?.at(-1))
  const connection = await connect({ ...options, limits }, quietEnvironment())
  try {
    return await work(connection, AbortSignal.timeout(patience))
  } finally {
    await connection.close()
  }
}

/** Only names are needed, so only metadata is asked for. */
const metadataPages: PageDecoder<JsonPage> = {
  ...jsonPages,
  accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json',
}

async function names(
  connection: Connection,
  plural: string,
  group: string,
  query: { namespace?: string | undefined; fieldSelector?: string | undefined; signal: AbortSignal },
): Promise<readonly string[] | undefined> {
  const resource = builtInResources.find((one) => one.plural === plural && one.group === group) as ApiResource
  const found: string[] = []
  const sink = {
    page: ({ items }: JsonPage) => void found.push(...items.map(nameOf)),
    restart: () => void found.splice(0),
  }
  const missing = await list(connection, { resource, ...query }, sink, metadataPages)
  return missing === undefined || found.length > 0 ? distinct(found) : undefined
}

function nameOf(object: object): string {
  return String((object as { metadata?: { name?: unknown } }).metadata?.name ?? '')
}

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)].filter((word) => word !== '').sort()
}
