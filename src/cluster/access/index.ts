/**
 * Access to an API server with everything kubectl knows of kubeconfigs, credentials and proxies.
 *
 *     const connection = await connect({ context: 'prod', requestTimeout: '30s' })   // throws ConnectionError
 *     try {
 *       const version = await readVersion(connection)
 *       const found = await findType(connection, 'deploy')                           // built in: asks nobody
 *       const pods: ApiObject[] = []
 *       const missing = await list(connection, { resource: podResource, namespace: connection.namespace }, {
 *         page: ({ items }) => pods.push(...items.map(keepWhatIsNeeded)),
 *         restart: () => pods.splice(0),
 *       })                                                                           // a MissingRead, or undefined
 *       const { object, missing: why } = await get(connection, podResource, 'default', 'web-0')
 *     } finally { await connection.close() }
 *
 * For several contexts, make one `env = processEnvironment()` and give it to all: the kubeconfig is then read once.
 * Start lists side by side; few connections are open at once, whatever is asked. What one read cannot have is a value
 * (`MissingRead`). `ConnectionError` is thrown where nothing can be read at all: its `message`, `source` and `hint`
 * are for people, and its `code` is `BadOption` where the command line is at fault (exit 2; else 3).
 * Another wire format than JSON is a `PageDecoder` for `list`. Nothing here writes to standard output or to the cluster.
 */
export { builtInResources } from './built-in-resources.ts'
export { Changes, type ChangesTiming } from './changes.ts'
export {
  type Connection,
  type ContextSummary,
  connect,
  listContexts,
  type ReadOptions,
  readVersion,
  type SelfReview,
} from './connection.ts'
export { ConnectionError, type ConnectionErrorCode } from './connection-error.ts'
export { type Discovered, findKind, findType, servedVersions } from './discovery.ts'
export type { ApiFailure } from './failure.ts'
export { type GetResult, get, type ListQuery, type ListSink, list } from './list.ts'
export { type ConnectionEnvironment, type ConnectionOptions, type Limits, processEnvironment } from './options.ts'
export { type JsonPage, jsonPages, type PageDecoder } from './page.ts'
export { type ApiResource, apiVersionOf, missingRead, resourceName, resourcePath } from './resource.ts'
export { matchType } from './resource-type.ts'
export { type AccessQuestion, mayI, namedRules, servedGroups } from './reviews.ts'
export type { ApiResult } from './transport.ts'
export { type WatchEnd, type WatchQuery, watch } from './watch.ts'
