import { dirname, isAbsolute, resolve, sep } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { boundedYaml } from '#model/repeated-key.ts'
import { ConnectionError, wordsOf } from './connection-error.ts'
import { type Entry, entryOf, flagAt, listAt, mapAt, stringAt, stringsAt } from './kubeconfig-values.ts'

/** One `clusters` entry. Paths are absolute, resolved against the folder of `file`. */
export interface ClusterEntry {
  readonly file: string
  readonly server?: string | undefined
  readonly tlsServerName?: string | undefined
  readonly insecureSkipTlsVerify?: boolean | undefined
  readonly certificateAuthority?: string | undefined
  readonly certificateAuthorityData?: string | undefined
  readonly proxyUrl?: string | undefined
  readonly disableCompression?: boolean | undefined
  /** The extension `client.authentication.k8s.io/exec`, handed on to an exec plugin as it is. */
  readonly execConfig?: unknown
}

export interface ExecEntry {
  readonly command: string
  readonly apiVersion: string
  readonly args: readonly string[]
  readonly env: readonly (readonly [name: string, value: string])[]
  readonly installHint?: string | undefined
  readonly provideClusterInfo: boolean
  readonly interactiveMode?: string | undefined
}

/** One `users` entry. */
export interface UserEntry {
  readonly file: string
  readonly clientCertificate?: string | undefined
  readonly clientCertificateData?: string | undefined
  readonly clientKey?: string | undefined
  readonly clientKeyData?: string | undefined
  readonly token?: string | undefined
  readonly tokenFile?: string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly as?: string | undefined
  readonly asUid?: string | undefined
  readonly asGroups: readonly string[]
  readonly asUserExtra: ReadonlyMap<string, readonly string[]>
  readonly exec?: ExecEntry | undefined
  readonly authProvider?: { readonly name: string; readonly config: Readonly<Record<string, string>> } | undefined
}

export interface ContextEntry {
  readonly file: string
  readonly cluster?: string | undefined
  readonly user?: string | undefined
  readonly namespace?: string | undefined
}

/** What one file holds, or several merged. */
export interface Kubeconfig {
  readonly files: readonly string[]
  readonly currentContext?: string | undefined
  readonly clusters: ReadonlyMap<string, ClusterEntry>
  readonly users: ReadonlyMap<string, UserEntry>
  readonly contexts: ReadonlyMap<string, ContextEntry>
}

const execExtension = 'client.authentication.k8s.io/exec'

/** Reads the text of one kubeconfig file; an empty one is an empty configuration. */
export function parseKubeconfig(text: string, file: string): Kubeconfig {
  const root = parseYaml(text, file, 'failsafe')
  const at = { file, path: '' }
  const currentContext = stringAt(root, 'current-context', at)
  const typed = text.includes(execExtension) ? parseYaml(text, file, 'core') : {}
  return {
    files: [file],
    ...(currentContext === undefined ? {} : { currentContext }),
    clusters: named(root, 'clusters', 'cluster', file, (entry, index) => ({
      ...readCluster(entry),
      execConfig: execConfigOf(typed, index),
    })),
    users: named(root, 'users', 'user', file, readUser),
    contexts: named(root, 'contexts', 'context', file, readContext),
  }
}

/** Scalars stay as they are written (`failsafe`), so that a token of digits is still that token. */
function parseYaml(text: string, file: string, schema: 'failsafe' | 'core'): Readonly<Record<string, unknown>> {
  const lineCounter = new LineCounter()
  // Pretty errors would also quote the line, which may hold a token.
  const document = parseDocument(text, { ...boundedYaml, schema, lineCounter })
  const [problem] = document.errors
  if (problem !== undefined) {
    const { line, col } = lineCounter.linePos(problem.pos[0])
    throw bad(file, `is not YAML: line ${line}, column ${col}: ${problem.message}`)
  }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw bad(file, `cannot be read: ${wordsOf(error)}`)
  }
  if (value === null || value === undefined || value === '') return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw bad(file, 'holds no kubeconfig: a map is expected')
  return value as Readonly<Record<string, unknown>>
}

function bad(file: string, what: string): ConnectionError {
  return new ConnectionError({ code: 'BadKubeconfig', message: `${file} ${what}`, source: file })
}

function named<T>(
  root: Readonly<Record<string, unknown>>,
  list: string,
  part: string,
  file: string,
  read: (entry: Entry, index: number) => T,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>()
  for (const [index, item] of listAt(root, list, { file, path: '' }).entries()) {
    const at = { file, path: `${list}[${index}]` }
    const entry = entryOf(item, at)
    const name = stringAt(entry.value, 'name', at) ?? ''
    if (!found.has(name)) {
      const value = mapAt(entry.value, part, at)
      found.set(name, read({ value, at: { file, path: `${at.path}.${part}` } }, index))
    }
  }
  return found
}

function readCluster({ value, at }: Entry): ClusterEntry {
  return {
    file: at.file,
    server: stringAt(value, 'server', at),
    tlsServerName: stringAt(value, 'tls-server-name', at),
    insecureSkipTlsVerify: flagAt(value, 'insecure-skip-tls-verify', at),
    certificateAuthority: pathAt(value, 'certificate-authority', at),
    certificateAuthorityData: stringAt(value, 'certificate-authority-data', at),
    proxyUrl: stringAt(value, 'proxy-url', at),
    disableCompression: flagAt(value, 'disable-compression', at),
  }
}

function execConfigOf(typed: Readonly<Record<string, unknown>>, index: number): unknown {
  const at = { file: '', path: '' }
  const entry = listAt(typed, 'clusters', at)[index]
  if (entry === undefined) return undefined
  for (const item of listAt(mapAt(entryOf(entry, at).value, 'cluster', at), 'extensions', at)) {
    const { value } = entryOf(item, at)
    if (value.name === execExtension) return value.extension
  }
  return undefined
}

function readContext({ value, at }: Entry): ContextEntry {
  return {
    file: at.file,
    cluster: stringAt(value, 'cluster', at),
    user: stringAt(value, 'user', at),
    namespace: stringAt(value, 'namespace', at),
  }
}

function readUser({ value, at }: Entry): UserEntry {
  const extra = mapAt(value, 'as-user-extra', at)
  return {
    file: at.file,
    clientCertificate: pathAt(value, 'client-certificate', at),
    clientCertificateData: stringAt(value, 'client-certificate-data', at),
    clientKey: pathAt(value, 'client-key', at),
    clientKeyData: stringAt(value, 'client-key-data', at),
    token: stringAt(value, 'token', at),
    tokenFile: pathAt(value, 'tokenFile', at) ?? pathAt(value, 'token-file', at),
    username: stringAt(value, 'username', at),
    password: stringAt(value, 'password', at),
    as: stringAt(value, 'as', at),
    asUid: stringAt(value, 'as-uid', at),
    asGroups: stringsAt(value, 'as-groups', at),
    asUserExtra: new Map(Object.keys(extra).map((key) => [key, stringsAt(extra, key, at)])),
    exec: readExec(value, at),
    authProvider: readAuthProvider(value, at),
  }
}

function readExec(user: Readonly<Record<string, unknown>>, place: Entry['at']): ExecEntry | undefined {
  const value = mapAt(user, 'exec', place)
  if (Object.keys(value).length === 0) return undefined
  const at = { file: place.file, path: `${place.path}.exec` }
  const command = stringAt(value, 'command', at) ?? ''
  if (command === '') throw bad(at.file, `has no ${at.path}.command`)
  return {
    // As kubectl: a command with a slash is a path next to the kubeconfig, any other is looked for in PATH.
    command: command.includes(sep) ? absolute(command, at.file) : command,
    apiVersion: stringAt(value, 'apiVersion', at) ?? '',
    args: stringsAt(value, 'args', at),
    env: listAt(value, 'env', at).map((item) => {
      const pair = entryOf(item, at).value
      return [stringAt(pair, 'name', at) ?? '', stringAt(pair, 'value', at) ?? ''] as const
    }),
    installHint: stringAt(value, 'installHint', at),
    provideClusterInfo: flagAt(value, 'provideClusterInfo', at) ?? false,
    interactiveMode: stringAt(value, 'interactiveMode', at),
  }
}

function readAuthProvider(user: Readonly<Record<string, unknown>>, place: Entry['at']): UserEntry['authProvider'] {
  const value = mapAt(user, 'auth-provider', place)
  const at = { file: place.file, path: `${place.path}.auth-provider` }
  const name = stringAt(value, 'name', at)
  if (name === undefined) return undefined
  const config = mapAt(value, 'config', at)
  return { name, config: Object.fromEntries(Object.keys(config).map((key) => [key, stringAt(config, key, at) ?? ''])) }
}

function pathAt(value: Readonly<Record<string, unknown>>, key: string, at: Entry['at']): string | undefined {
  const path = stringAt(value, key, at)
  return path === undefined ? undefined : absolute(path, at.file)
}

function absolute(path: string, file: string): string {
  return isAbsolute(path) ? path : resolve(dirname(file), path)
}
