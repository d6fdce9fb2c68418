import { readFile } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import { ConnectionError, codeOf, wordsOf } from './connection-error.ts'
import { type Kubeconfig, parseKubeconfig } from './kubeconfig-file.ts'
import type { ConnectionEnvironment } from './options.ts'

/** The merged kubeconfig, and in which words to name where it was looked for. */
export interface LoadedKubeconfig extends Kubeconfig {
  /** `flag --kubeconfig`, `KUBECONFIG`, or the default path. */
  readonly origin: string
}

/**
 * Reads the kubeconfig as kubectl finds it: `--kubeconfig` (has to exist), else every file of `KUBECONFIG` that
 * exists, else `~/.kube/config`. The first file that holds a name wins it whole. It is read once for an `env`.
 *
 * @see client-go tools/clientcmd/loader.go ClientConfigLoadingRules.Load (kubernetes v1.36.2)
 */
export function loadKubeconfig(flag: string | undefined, env: ConnectionEnvironment): Promise<LoadedKubeconfig> {
  const known = loaded.get(env) ?? new Map<string, Promise<LoadedKubeconfig>>()
  loaded.set(env, known)
  const found = known.get(flag ?? '') ?? load(flag, env)
  known.set(flag ?? '', found)
  return found
}

/** Read once for all contexts of a run: a file of fifty takes as long as a small cluster's whole answer. */
const loaded = new WeakMap<ConnectionEnvironment, Map<string, Promise<LoadedKubeconfig>>>()

async function load(flag: string | undefined, env: ConnectionEnvironment): Promise<LoadedKubeconfig> {
  if (flag !== undefined && flag !== '') {
    // A shell may put a file's contents where its name belongs, keys and all: they are not repeated.
    if (/[\r\n]/.test(flag)) {
      throw new ConnectionError({
        code: 'BadOption',
        message: '--kubeconfig holds several lines, where the name of a file belongs',
        source: 'flag --kubeconfig',
        hint: 'name an existing kubeconfig file',
      })
    }
    const file = resolve(flag)
    const found = await readOne(file, 'flag --kubeconfig')
    if (found !== undefined) return { ...found, origin: 'flag --kubeconfig' }
    throw new ConnectionError({
      code: 'NoKubeconfig',
      message: `there is no file ${file}`,
      source: 'flag --kubeconfig',
      hint: 'name an existing kubeconfig file',
    })
  }
  const variable = env.variables.KUBECONFIG ?? ''
  const listed = [...new Set(variable.split(delimiter).filter((path) => path !== ''))].map((path) => resolve(path))
  const origin = listed.length > 0 ? 'KUBECONFIG' : join(env.homeDirectory, '.kube', 'config')
  const files = listed.length > 0 ? listed : [origin]
  const found = await Promise.all(files.map((file) => readOne(file, origin)))
  return { ...merge(found.filter((one) => one !== undefined)), origin }
}

async function readOne(file: string, origin: string): Promise<Kubeconfig | undefined> {
  try {
    return parseKubeconfig(await readFile(file, 'utf8'), file)
  } catch (error) {
    if (error instanceof ConnectionError) throw error
    if (codeOf(error) === 'ENOENT') return undefined
    throw new ConnectionError({
      code: 'BadKubeconfig',
      message: `${file} cannot be read: ${wordsOf(error)}`,
      source: origin,
      cause: error,
    })
  }
}

function merge(configs: readonly Kubeconfig[]): Kubeconfig {
  const currentContext = configs.find((one) => one.currentContext !== undefined)?.currentContext
  return {
    files: configs.flatMap((one) => one.files),
    ...(currentContext === undefined ? {} : { currentContext }),
    clusters: firstWins(configs.map((one) => one.clusters)),
    users: firstWins(configs.map((one) => one.users)),
    contexts: firstWins(configs.map((one) => one.contexts)),
  }
}

function firstWins<T>(maps: readonly ReadonlyMap<string, T>[]): ReadonlyMap<string, T> {
  const merged = new Map<string, T>()
  for (const map of maps) {
    for (const [name, value] of map) if (!merged.has(name)) merged.set(name, value)
  }
  return merged
}
