import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { parse } from 'yaml'
import { ConnectionError, connect, listContexts } from '#cluster/access/index.ts'
import { decodeHelmRelease } from '#cluster/decode/helm-release.ts'
import { kindPages } from '#cluster/decode/protobuf-pages.ts'
import { parseObjects } from '#cluster/snapshot/parse-objects.ts'
import { Failure } from '#model/failure.ts'
import { parseQuantity, whole } from '#model/quantity.ts'
import { parseLabelSelector } from '#model/selector-text.ts'
import { withoutCredentials } from '#model/without-credentials.ts'
import { celPattern } from '#scheduler/plugins/dynamic-resources/cel-regex.ts'
import { deviceMatches } from '#scheduler/plugins/dynamic-resources/device-matches.ts'
import { runProgram } from '#test/support/run-program.ts'
import { device, hostileExpression } from './expressions.ts'
import { hostileJson, hostileText } from './hostile-text.ts'
import { hostileKubeconfig, planted } from './kubeconfigs.ts'
import { longTexts } from './long-texts.ts'
import { hostileSnapshot } from './objects.ts'
import { hostilePattern } from './patterns.ts'
import { hostileProtobuf } from './protobuf-bytes.ts'

/** Something that takes input from strangers: an input and what must hold of it. Throws where it does not. */
export type Target = fc.IAsyncProperty<[unknown]>

/** No input of these sizes may take longer; the processor's time, so that a busy machine changes nothing. */
const longestMs = 4000

export const targets: Readonly<Record<string, Target>> = {
  snapshot: target(fc.oneof({ weight: 3, arbitrary: hostileSnapshot }, longTexts), answersAll),
  yaml: target(
    fc.oneof(
      fc.string({ unit: fc.constantFrom(...'[]{}:,-&*!|>"\'#\n ab0'), maxLength: 400 }),
      fc.string({ maxLength: 60 }).map((text) => `--- ${text}\n`),
      fc.integer({ min: 1, max: 100_000 }).map((depth) => '['.repeat(depth)),
      fc.integer({ min: 1, max: 5000 }).map((depth) => `a: ${'{a: '.repeat(depth)}`),
      fc.integer({ min: 1, max: 30 }).map((width) => bomb(width)),
      hostileJson.map((value) => JSON.stringify(value) ?? ''),
    ),
    (text) => orFailure(() => parseObjects(text, 'file')),
  ),
  kubeconfig: target(
    fc.oneof(
      { weight: 5, arbitrary: hostileKubeconfig },
      fc.string({ unit: fc.constantFrom(...'[]{}:,-&*!|>"\'#\n ab0'), maxLength: 200 }),
      fc.constantFrom('a: &a [*a]', `clusters: ${'['.repeat(50_000)}`, bomb(20)),
    ),
    async (text) => {
      const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-fuzz-'))
      try {
        writeFileSync(`${folder}/config`, text)
        await orFailure(() => everyConnection(`${folder}/config`))
      } finally {
        rmSync(folder, { recursive: true })
      }
    },
  ),
  quantity: target(
    fc.oneof(
      hostileText,
      fc.string({ unit: fc.constantFrom(...'0123456789.eE+-numkMGTPi \t'), maxLength: 40 }),
      fc.integer({ min: 1, max: 250_000 }).map((size) => `${' '.repeat(size)}x`),
    ),
    (text) => {
      const amount = parseQuantity(text)
      if (amount === undefined) return
      if (amount.toString(2).length > 100_000) throw new Error('an amount without bound')
      const unsigned = text.trim().replace(/^[+-]/, '')
      const size = parseQuantity(unsigned)
      if (size === undefined || size < 0n) throw new Error(`without its sign it is ${size}`)
      if (amount !== (text.trim().startsWith('-') ? -size : size)) throw new Error('the sign changes the amount')
      const up = whole(size) * 1_000_000_000n
      if (up < size || up - size >= 1_000_000_000n) throw new Error('not rounded up to the next whole')
    },
  ),
  helm: target(
    fc.oneof(
      hostileText,
      hostileJson.map((value) => packed(JSON.stringify(value) ?? '')),
      fc
        .record(
          {
            name: hostileText,
            chart: hostileJson,
            config: hostileJson,
            manifest: hostileText,
            hooks: hostileJson,
            info: hostileJson,
          },
          { requiredKeys: [] },
        )
        .map((value) => packed(JSON.stringify(value))),
      fc
        .integer({ min: 1, max: 20_000 })
        .map((depth) => packed(`{"name":"x","chart":{},"config":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`)),
      fc.integer({ min: 1, max: 90 }).map((mib) => packed(' '.repeat(mib * 2 ** 20))),
    ),
    (release) => {
      const record = {
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'helm.sh/release.v1',
        metadata: { name: 'sh.helm.release.v1.x.v1', namespace: 'a' },
        data: { release },
      }
      JSON.stringify(decodeHelmRelease(record))
    },
  ),
  protobuf: target(hostileProtobuf, ({ kind, body, isWhole }) => {
    const objects: unknown[] = []
    const pages = kindPages(kind, (object) => objects.push(object))
    const next = pages.peek(body, protobufType)
    const answer = pages.decode(body, protobufType)
    JSON.stringify(objects)
    if (!('page' in answer)) {
      if (isWhole) throw new Error(`what a server may send is refused: ${answer.problem}`)
      if (objects.length > 0) throw new Error('half a page was handed on')
      return
    }
    if (answer.page !== objects.length) throw new Error(`${answer.page} are said, ${objects.length} handed on`)
    if (isWhole && answer.next !== next) throw new Error('the page after it is another at a second look')
  }),
  cel: target(hostileExpression, (text) => {
    const result = deviceMatches(text, 'gpu.example.com', { ...device })
    if (typeof result === 'boolean') return
    if (result.kind !== 'error' && result.kind !== 'unsupported') throw new Error('neither a verdict nor a reason')
  }),
  regex: target(hostilePattern, ([pattern, value]) => {
    const read = celPattern(pattern)
    if (read === undefined) return
    const found = read.test(value)
    if (read.size < 1 || read.size > 300_000) throw new Error(`a program of ${read.size} places`)
    if (found !== read.test(value)) throw new Error('a second look finds otherwise')
    // What an open \Q quotes goes on to the end, and would swallow what stands around it here.
    if (pattern.lastIndexOf('\\Q') > pattern.lastIndexOf('\\E')) return
    const alternative = celPattern(`(?:${pattern})|(?:${pattern})`)
    if (alternative !== undefined && alternative.test(value) !== found) throw new Error('twice itself is another')
  }),
  selector: target(
    fc.oneof(
      hostileText,
      fc.string({ unit: fc.constantFrom(...'ab=!,() notin'), maxLength: 200 }),
      fc.integer({ min: 1, max: 50_000 }).map((size) => '('.repeat(size)),
      fc.integer({ min: 1, max: 50_000 }).map((size) => ','.repeat(size)),
    ),
    (text) => void parseLabelSelector(text),
  ),
  credentials: target(
    fc.record({
      before: fc.oneof(
        hostileText,
        fc.string({ unit: fc.constantFrom('://', '@', 'eyJ', '.', 'Bearer ', 'a', '-', '1', ' '), maxLength: 3000 }),
      ),
      planted: fc.constantFrom(
        `https://name:${planted}@host/path`,
        `socks5://${planted}@host`,
        `Bearer ${planted}`,
        `bearer   ${planted}==`,
        `eyJhbGciOiJI.${planted}.${planted}`,
      ),
      after: fc.oneof(hostileText, fc.constantFrom('"', "'", '\n', ', and', '/')),
    }),
    ({ before, planted: secret, after }) => {
      if (withoutCredentials(`${before} ${secret} ${after}`).includes(planted)) throw new Error('it is still there')
    },
  ),
}

const questions = [
  ['explain', '-A'],
  ['explain', '-A', '-o', 'json'],
  ['suggest', '-A', '-o', 'yaml'],
  ['suggest', '-A'],
]
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const commands = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/

async function answersAll(text: string): Promise<void> {
  for (const args of questions) {
    const ran = await runProgram([...args, '--snapshot', '-'], { stdin: text, env: { TAINTDOCTOR_DEBUG: '1' } })
    if (ran.code !== 0 && ran.code !== 3) throw new Error(`code ${ran.code}: ${ran.stderr}`)
    if (ran.code === 3 && !/^error: /.test(ran.stderr)) throw new Error(`no word of error: ${ran.stderr}`)
    if (/^\s+at /m.test(ran.stderr) && !/Failure/.test(ran.stderr)) throw new Error(ran.stderr)
    for (const output of [ran.stdout, ran.stderr]) expectPlain(output)
    if (ran.code === 0 && args.includes('json')) JSON.parse(ran.stdout)
    if (ran.code === 0 && args.includes('yaml')) parse(ran.stdout)
  }
  if ('polluted' in {}) throw new Error('a prototype was changed')
}

function expectPlain(output: string): void {
  const found = commands.exec(output)
  if (found === null) return
  const around = output.slice(Math.max(0, found.index - 60), found.index + 20)
  throw new Error(`${JSON.stringify(found[0])} in ${JSON.stringify(around)}`)
}

function target<T>(input: fc.Arbitrary<T>, holds: (value: T) => unknown): Target {
  let isFirst = true
  return fc.asyncProperty(input, async (value) => {
    // The first one loads the program.
    const most = isFirst ? 10 * longestMs : longestMs
    isFirst = false
    await soon(() => holds(value), most)
  }) as unknown as Target
}

/** Throws where it took the processor longer. */
export async function soon<T>(act: () => T | Promise<T>, mostMs = longestMs): Promise<T> {
  const begun = process.cpuUsage()
  const result = await act()
  const { user, system } = process.cpuUsage(begun)
  const took = (user + system) / 1000
  if (took > mostMs) throw new Error(`it took ${Math.round(took)} ms`)
  return result
}

async function orFailure(act: () => unknown): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Failure) && !(error instanceof ConnectionError)) throw error
    const said = `${error.message} ${error.hint} ${'source' in error ? error.source : ''}`
    if (said.includes(planted)) throw new Error(`a credential stands in an error: ${said}`)
  }
}

const protobufType = 'application/vnd.kubernetes.protobuf'

/** Makes ready a connection for each context, up to the first request, which is not sent. */
async function everyConnection(kubeconfig: string): Promise<void> {
  const environment = {
    variables: {},
    homeDirectory: '/nowhere',
    interactive: false,
    pluginWords: () => {},
    warn: () => {},
    serviceAccountFolder: '/nowhere',
  }
  for (const { name } of await listContexts({ kubeconfig }, environment)) {
    await orFailure(async () => {
      const connection = await connect({ kubeconfig, context: name }, environment)
      try {
        if (`${connection.name}${connection.server}`.includes(planted)) throw new Error('a credential is shown')
      } finally {
        await connection.close()
      }
    })
  }
  await orFailure(async () => (await connect({ kubeconfig }, environment)).close())
}

function packed(json: string): string {
  return Buffer.from(gzipSync(json).toString('base64')).toString('base64')
}

/** Each list holds the one before it many times. */
function bomb(width: number): string {
  const lines = ['a0: &a0 [x]']
  for (let level = 1; level < 12; level += 1) {
    lines.push(`a${level}: &a${level} [${Array.from({ length: width }, () => `*a${level - 1}`).join(', ')}]`)
  }
  return lines.join('\n')
}
