import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Document, visit } from 'yaml'
import { escapedInJson, escapedInYaml, quoteWhereUnsafe } from '#model/escaped.ts'
import { Failure } from '#model/failure.ts'

export type SnapshotFormat = 'json' | 'yaml'

/** A `v1` List in parts of text, one item a line in JSON, so that no snapshot has to be one string. */
export function* snapshotText(items: Iterable<object>, format: SnapshotFormat): Generator<string> {
  if (format === 'yaml') {
    yield 'apiVersion: v1\nkind: List\nmetadata: {}\nitems:\n'
    for (const item of items) yield yamlOf([plain(item)])
    return
  }
  yield '{"apiVersion":"v1","kind":"List","metadata":{},"items":['
  let separator = '\n'
  for (const item of items) {
    yield `${separator}${escapedInJson(JSON.stringify(item))}`
    separator = ',\n'
  }
  yield '\n]}\n'
}

function yamlOf(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false })
  visit(document, { Scalar: (_, scalar) => quoteWhereUnsafe(scalar) })
  return escapedInYaml(document.toString({ lineWidth: 0 }))
}

/** What is undefined is absent in JSON; YAML would write it as null. */
function plain(item: object): unknown {
  return JSON.parse(JSON.stringify(item))
}

/**
 * Writes a file whole or not at all, for its owner alone: into a new file beside it, which then takes its name. Where
 * that fails the old file stays as it was.
 */
export async function writeWhole(path: string, parts: Iterable<string>): Promise<void> {
  await refuseFolder(path)
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.part`)
  let file: FileHandle | undefined
  const stopWatching = removeOnSignal(beside)
  try {
    file = await open(beside, 'wx', 0o600)
    // `write` may write a part only; `appendFile` goes on until all is written.
    for (const chunk of inChunks(parts)) await file.appendFile(chunk)
    await file.sync()
    await file.close()
    file = undefined
    await rename(beside, path)
  } catch (cause) {
    await file?.close().catch(() => undefined)
    await rm(beside, { force: true }).catch(() => undefined)
    throw cannotWrite(path, cause as NodeJS.ErrnoException)
  } finally {
    stopWatching()
  }
}

/** A signal ends the program as ever, but takes the half-written file with it. */
function removeOnSignal(path: string): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const onSignal = (signal: NodeJS.Signals): void => {
    rmSync(path, { force: true })
    stop()
    process.kill(process.pid, signal)
  }
  const stop = (): void => {
    for (const signal of signals) process.off(signal, onSignal)
  }
  for (const signal of signals) process.on(signal, onSignal)
  return stop
}

async function refuseFolder(path: string): Promise<void> {
  const info = await stat(path).catch(() => undefined)
  if (info?.isDirectory()) {
    throw new Failure('FileUnwritable', `${path} is a folder`, { hint: 'name a file in it', exitCode: 2 })
  }
}

const chunkSize = 1 << 20

function* inChunks(parts: Iterable<string>): Generator<string> {
  let chunk: string[] = []
  let size = 0
  for (const part of parts) {
    chunk.push(part)
    size += part.length
    if (size < chunkSize) continue
    yield chunk.join('')
    chunk = []
    size = 0
  }
  yield chunk.join('')
}

function cannotWrite(path: string, cause: NodeJS.ErrnoException): Failure {
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'your disk quota is used up',
    EFBIG: 'the file would be larger than is allowed',
    EACCES: 'you may not write there',
    EPERM: 'you may not write there',
    EROFS: 'the file system is read-only',
    ENOENT: 'there is no such folder',
    ENOTDIR: 'there is no such folder',
  }
  const why = reasons[cause.code ?? ''] ?? cause.message
  return new Failure('FileUnwritable', `${path} could not be written: ${why}`, {
    hint: 'what stood there before is as it was',
    cause,
  })
}
