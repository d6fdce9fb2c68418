import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ConnectionEnvironment, ConnectionOptions } from '#cluster/access/index.ts'

/** A folder of its own, and in it a home without a kubeconfig and an environment without variables. */
export interface World {
  readonly folder: string
  readonly env: ConnectionEnvironment
  /** Writes a file below the folder and gives its path. Objects become JSON, which is YAML too. */
  write(name: string, content: string | object, mode?: number): string
  /** What exec plugins wrote to standard error, and warnings. */
  words(): string
  with(change: Partial<ConnectionEnvironment>): ConnectionEnvironment
  remove(): void
}

export function aWorld(): World {
  const folder = mkdtempSync(join(tmpdir(), 'access-'))
  const words: Buffer[] = []
  const env: ConnectionEnvironment = {
    variables: { PATH: process.env.PATH },
    homeDirectory: join(folder, 'home'),
    interactive: false,
    pluginWords: (chunk) => words.push(chunk),
    warn: (sentence) => words.push(Buffer.from(sentence)),
    serviceAccountFolder: join(folder, 'serviceaccount'),
  }
  return {
    folder,
    env,
    write(name, content, mode = 0o600) {
      const file = join(folder, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content), { mode })
      return file
    },
    words: () => Buffer.concat(words).toString('utf8'),
    with: (change) => ({ ...env, ...change, variables: { ...env.variables, ...change.variables } }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A kubeconfig with one context `c`, its cluster and, unless undefined, its user. */
export function aKubeconfig(cluster: object, user?: object, context: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'c',
    clusters: [{ name: 'c', cluster }],
    contexts: [{ name: 'c', context: { cluster: 'c', ...(user === undefined ? {} : { user: 'u' }), ...context } }],
    users: user === undefined ? [] : [{ name: 'u', user }],
  }
}

/** Limits under which a test of failures does not last. */
export const soon: NonNullable<ConnectionOptions['limits']> = { connectMs: 5000, firstDelayMs: 2, pluginMs: 5000 }
