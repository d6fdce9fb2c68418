import { open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { wordsOf } from './connection-error.ts'

/** A token as the kubeconfig has it, and the one that takes its place. */
export interface NewToken {
  readonly old: string
  readonly new: string
}

/**
 * Writes renewed tokens into the kubeconfig they came from, as kubectl does: an identity provider that hands out a new
 * refresh token forgets the old one, and kubectl could not log in any more. Nothing else in the file changes. Gives
 * the reason where it could not be done.
 *
 * @see client-go tools/clientcmd/config.go persister.Persist, lockFile (kubernetes v1.36.2)
 */
export async function saveTokens(kubeconfig: string, tokens: readonly NewToken[]): Promise<string | undefined> {
  const changed = tokens.filter((token) => token.old !== token.new)
  if (changed.length === 0) return undefined
  try {
    // A kubeconfig is often a link to where a person keeps it.
    const file = await realpath(kubeconfig)
    const lock = `${kubeconfig}.lock`
    await (await open(lock, 'wx')).close()
    try {
      return await replaceIn(file, changed)
    } finally {
      await rm(lock, { force: true })
    }
  } catch (error) {
    return wordsOf(error)
  }
}

async function replaceIn(file: string, tokens: readonly NewToken[]): Promise<string | undefined> {
  let text = await readFile(file, 'utf8')
  for (const token of tokens) {
    const parts = text.split(token.old)
    // What could need quotes in YAML, or stands elsewhere too, is better left to a new login.
    if (token.old === '' || parts.length !== 2 || !/^[\w.~+/=-]+$/.test(token.new)) return 'its place is not certain'
    text = parts.join(token.new)
  }
  const { mode } = await stat(file)
  const fresh = `${file}.${process.pid}.new`
  try {
    await writeFile(fresh, text, { mode: mode & 0o777, flag: 'wx' })
    await rename(fresh, file)
  } finally {
    await rm(fresh, { force: true })
  }
  return undefined
}
