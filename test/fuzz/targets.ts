import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { parse } from 'yaml'
import { ConnectionError } from '#cluster/access/index.ts'
import { loadKubeconfig } from '#cluster/access/kubeconfig.ts'
import { decodeHelmRelease } from '#cluster/decode/helm-release.ts'
import { kindPages } from '#cluster/decode/protobuf-pages.ts'
import { parseObjects } from '#cluster/snapshot/parse-objects.ts'
import { Failure } from '#model/failure.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'
import { parseQuantity } from '#model/quantity.ts'
import { parseLabelSelector } from '#model/selector-text.ts'
import { withoutCredentials } from '#model/without-credentials.ts'
import { parseCel } from '#scheduler/plugins/dynamic-resources/cel.ts'
import { matches } from '#scheduler/plugins/dynamic-resources/cel-regex.ts'
import { runProgram } from '#test/support/run-program.ts'
import { hostileJson, hostileText } from './hostile-text.ts'
import { hostileSnapshot } from './objects.ts'

/** Something that takes input from strangers: an input and what must hold of it. Throws where it does not. */
export type Target = fc.IAsyncProperty<[unknown]>

/** No input of these sizes may take longer; the processor's time, so that a busy machine changes nothing. */
const longestMs = 4000

export const targets: Readonly<Record<string, Target>> = {
  snapshot: target(hostileSnapshot, answersAll),
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
      fc.string({ unit: fc.constantFrom(...'[]{}:,-&*!|>"\'#\n ab0'), maxLength: 200 }),
      fc
        .record(
          { clusters: hostileJson, contexts: hostileJson, users: hostileJson, 'current-context': hostileJson },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value)),
      fc
        .array(
          fc.record(
            { name: hostileText, cluster: hostileJson, user: hostileJson, context: hostileJson },
            { requiredKeys: [] },
          ),
          { maxLength: 3 },
        )
        .map((entries) => JSON.stringify({ clusters: entries, contexts: entries, users: entries })),
    ),
    async (text) => {
      const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs')
      const folder = mkdtempSync('/tmp/taintdoctor-fuzz-')
      try {
        writeFileSync(`${folder}/config`, text)
        await orFailure(() => loadKubeconfig(`${folder}/config`, environment))
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
      if (amount !== undefined && amount.toString(2).length > 100_000) throw new Error('an amount without bound')
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
  protobuf: target(
    fc.tuple(
      fc.constantFrom(...(Object.keys(schedulerKinds) as SchedulerKind[])),
      fc.uint8Array({ maxLength: 300 }),
      fc.boolean(),
    ),
    ([kind, bytes, framed]) => {
      const body = framed
        ? Buffer.concat([Buffer.from('k8s\0'), Buffer.from([0x12, bytes.length & 127]), bytes])
        : Buffer.concat([Buffer.from('k8s\0'), bytes])
      const pages = kindPages(kind, () => {})
      pages.peek(body, 'application/vnd.kubernetes.protobuf')
      pages.decode(body, 'application/vnd.kubernetes.protobuf')
    },
  ),
  cel: target(
    fc.oneof(
      hostileText,
      fc.string({
        unit: fc.constantFrom(
          'device',
          '.',
          '[',
          ']',
          '(',
          ')',
          '"x"',
          '==',
          '&&',
          '||',
          '!',
          'has',
          'all',
          'in',
          '1',
          '-',
          '?',
          ':',
          ' ',
          'matches',
          '{',
          '}',
          ',',
        ),
        maxLength: 60,
      }),
      fc.integer({ min: 1, max: 9000 }).map((depth) => '('.repeat(depth)),
      fc.integer({ min: 1, max: 5000 }).map((depth) => `${'!'.repeat(depth)}true`),
      fc.integer({ min: 1, max: 2000 }).map((count) => Array.from({ length: count }, () => '1').join('+')),
    ),
    (text) => void parseCel(text),
  ),
  regex: target(
    fc.tuple(
      fc.string({ unit: fc.constantFrom(...'ab+*?()[]^$|.\\d-'), maxLength: 60 }),
      fc.oneof(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 256 }), hostileText),
    ),
    ([pattern, value]) => void matches(value, pattern),
  ),
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
    fc.oneof(
      hostileText,
      fc.string({ unit: fc.constantFrom('://', '@', 'eyJ', '.', 'Bearer ', 'a', '-', '1', ' '), maxLength: 3000 }),
    ),
    (text) => void withoutCredentials(text),
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
    const begun = process.cpuUsage()
    await holds(value)
    const { user, system } = process.cpuUsage(begun)
    const took = (user + system) / 1000
    // The first one loads the program.
    const most = isFirst ? 10 * longestMs : longestMs
    isFirst = false
    if (took > most) throw new Error(`it took ${Math.round(took)} ms`)
  }) as unknown as Target
}

async function orFailure(act: () => unknown): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Failure) && !(error instanceof ConnectionError)) throw error
  }
}

const environment = {
  variables: {},
  homeDirectory: '/nowhere',
  interactive: false,
  pluginWords: () => {},
  warn: () => {},
  serviceAccountFolder: '/nowhere',
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
