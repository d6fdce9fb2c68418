import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseManifest } from '#cluster/decode/helm-manifest.ts'
import { parseVersion } from '#components/version.ts'
import { parseQuantity } from '#model/quantity.ts'
import { parseLabelSelector } from '#model/selector-text.ts'
import { columns } from '#output/text/explain/columns.ts'
import { yamlText } from '#output/yaml.ts'
import { parseChartLabel } from '#ownership/helm/chart-label.ts'
import { runProgram } from '#test/support/run-program.ts'
import { soon, targets } from './targets.ts'

const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1' },
  spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] },
  status: {},
}

/** The same inputs each time; by hand there are others: `npm run fuzz -- TARGET --seconds 3600`. */
const seed = 20260801
const runs: Readonly<Record<string, number>> = { snapshot: 15, yaml: 30, kubeconfig: 60, helm: 8 }

describe('whatever comes in, what takes it answers, refuses it in words, and is done soon', () => {
  for (const [name, target] of Object.entries(targets)) {
    test(name, async () => {
      await fc.assert(target, { seed, numRuns: runs[name] ?? 300 })
    }, 60_000)
  }
})

describe('what was found once stays mended', () => {
  test('a text of spaces is no quantity, at once', async () => {
    expect(await soon(() => parseQuantity(`${' '.repeat(250_000)}x`))).toBeUndefined()
  })
  test('a text of commas is no selector, at once', async () => {
    expect(await soon(() => parseLabelSelector(','.repeat(50_000)))).toEqual({ problem: 'an empty part' })
  })
  test('a text of versions in versions is none, at once', async () => {
    expect(await soon(() => parseVersion(`1${'+up1.1'.repeat(80_000)}\n`))).toBeUndefined()
    expect((await soon(() => parseChartLabel(`${'-1.1'.repeat(120_000)}\n`))).chart).toBe('-1.1')
  })
  test('a table of many lines costs as much as its lines, and its columns stay where they are', async () => {
    const style = { width: 80, color: false, now: 0, wide: false, namespaces: false }
    const rows = Array.from({ length: 30_000 }, (_, at) => ({ left: `n-${at % 7}`, right: ['a'] }))
    const lines = (await soon(() => columns(['NODES', 'WHY'], rows, style))).split('\n')
    expect(lines).toHaveLength(30_001)
    expect(new Set(lines.map((line) => line.search(/ (?:WHY|a)$/)))).toEqual(new Set([9]))
  })
  test('a manifest of quotes is no YAML, at once', async () => {
    const manifest = `kind: Job\nmetadata: ${'"'.repeat(120_000)}`
    const [object] = await soon(() => parseManifest(manifest))
    expect(object?.problem).toMatch(/^the document is not YAML: .* at line 2, column \d+$/)
  })

  test('a tab in one line of YAML is an escape', () => {
    expect(yamlText({ message: "Pod \t: isn't text" })).toBe('message: "Pod \\t: isn\'t text"\n')
  })

  const snapshots = [
    { title: 'brackets without end', stdin: '['.repeat(100_000), code: 3 },
    { title: 'YAML brackets without end', stdin: `--- ${'['.repeat(100_000)}`, code: 3 },
    { title: 'lists in lists', stdin: `${'['.repeat(5000)}${']'.repeat(5000)}`, code: 3 },
    { title: 'an object nested deeper than anybody would', stdin: nested(9000), code: 0 },
    { title: 'a hundred thousand tolerations', stdin: tolerations(100_000), code: 0 },
    { title: 'a name of 250 kB', stdin: list(pod({ name: 'x'.repeat(250_000) })), code: 0 },
    {
      title: 'a namespace that is an object',
      stdin: list({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'a', namespace: { toString: '' } },
        spec: {},
      }),
      code: 0,
    },
    {
      title: 'a release record in a namespace that is an object',
      stdin: list({
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'helm.sh/release.v1',
        metadata: { name: 'a', namespace: { toString: [] } },
        data: {},
      }),
      code: 0,
    },
    { title: 'owners in a circle', stdin: circle(), code: 0 },
    { title: 'a refusal of 250 kB without a space', stdin: refused('a'.repeat(250_000)), code: 0 },
    {
      title: 'a refusal of 250 kB of quotas',
      stdin: refused(`exceeded quota: q, requested: ${'a, used: b, limited: c'.repeat(11_000)}\n`),
      code: 0,
    },
    { title: 'a node with a name of 20 kB of words', stdin: named('Bearer 1 '.repeat(2200)), code: 0 },
    { title: 'YAML of a hundred thousand keys', stdin: wide(100_000), code: 3 },
    {
      title: 'a key and a taint of 250 kB that are nearly the same',
      stdin: list(pod({}, { tolerations: [{ key: `${'a'.repeat(250_000)}b`, operator: 'Exists' }] }), {
        ...node,
        metadata: { name: 'n2' },
        spec: { taints: [{ key: 'a'.repeat(250_000), effect: 'NoSchedule' }] },
      }),
      code: 0,
    },
    { title: 'an annotation of 250 kB', stdin: annotated('\u001b[31m'.repeat(50_000)), code: 0 },
  ]
  for (const { title, stdin, code } of snapshots) {
    test(`${title}: an answer or an error in words`, async () => {
      for (const command of ['explain', 'suggest']) {
        const ran = await soon(() => runProgram([command, '-A', '--snapshot', '-'], { stdin }), 20_000)
        expect([ran.code, ran.stderr]).toEqual([
          code,
          code === 3 ? expect.stringMatching(/^error: /) : expect.any(String),
        ])
        expect(`${ran.stdout}${ran.stderr}`).not.toContain('\u001b')
        expect(ran.stderr).not.toMatch(/^\s+at /m)
      }
    }, 60_000)
  }
})

function list(...items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [node, ...items] })
}

function pod(metadata: object, spec: object = {}): object {
  const status = { phase: 'Pending' }
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'default', ...metadata }, spec, status }
}

function nested(depth: number): string {
  const deep = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
  const owner = { apiVersion: 'example.com/v1', kind: 'Thing', name: 'deep', uid: 'u', controller: true }
  return list(pod({ ownerReferences: [owner] })).replace(
    /\]\}$/,
    `,{"apiVersion":"example.com/v1","kind":"Thing","metadata":{"name":"deep","namespace":"default","uid":"u"},"spec":${deep}}]}`,
  )
}

function tolerations(count: number): string {
  return list(
    pod({}, { tolerations: Array.from({ length: count }, (_, at) => ({ key: `k${at}`, operator: 'Exists' })) }),
  )
}

function circle(): string {
  const owner = (kind: string, name: string) => ({ apiVersion: 'apps/v1', kind, name, uid: name, controller: true })
  const of = (kind: string, name: string, ...ownerReferences: object[]) => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'default', uid: name, ownerReferences },
  })
  return list(
    pod({ ownerReferences: [owner('ReplicaSet', 'a')] }),
    of('ReplicaSet', 'a', owner('Deployment', 'b')),
    of('Deployment', 'b', owner('ReplicaSet', 'a')),
  )
}

function refused(message: string): string {
  return list(
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'a', namespace: 'default', uid: 'a' },
      spec: { replicas: 1 },
    },
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e', namespace: 'default' },
      involvedObject: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'a', namespace: 'default', uid: 'a' },
      reason: 'FailedCreate',
      message,
    },
  )
}

function named(name: string): string {
  return list(pod({}), { ...node, metadata: { name, labels: { 'kubernetes.io/hostname': name } } })
}

function wide(count: number): string {
  return `---\n${Array.from({ length: count }, (_, at) => `k${at}: 1`).join('\n')}\n`
}

function annotated(text: string): string {
  return list(pod({ annotations: { 'helm.sh/hook': text, 'meta.helm.sh/release-name': text } }))
}
