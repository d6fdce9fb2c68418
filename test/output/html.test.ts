import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { diagnose } from '#diagnosis/diagnose.ts'
import { taintMap } from '#diagnosis/taint-map.ts'
import { renderPage } from '#output/html/page.ts'
import type { Suggestion } from '#report/suggest-report.ts'
import type { TaintMap } from '#report/taint-map.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { anExplainReport, aSuggestReport, nasty, nastyWords, type Words } from './hostile.ts'
import { aLargeCluster } from './large.ts'

const now = Date.parse('2026-11-23T12:00:00Z')

function aTaintMap(say: Words): TaintMap {
  return {
    groups: [{ nodes: [say('node'), say('node2')], taints: [say('taint')], cordoned: 1 }],
    taints: [
      {
        name: say('taint'),
        taint: { key: say('key'), effect: say('effect'), class: 'Policy', meaning: say('meaning') },
        nodes: 1,
        toleratedBy: [{ kind: say('kind'), namespace: say('namespace'), name: say('owner'), pods: 2 }],
        moreOwners: 0,
      },
    ],
  }
}

const page = (say: Words): string =>
  renderPage({ explain: anExplainReport(say), suggest: aSuggestReport(say), taints: [aTaintMap(say)], now })

/** The tags of a page, attributes without their values: what no text of a cluster may change. */
const tags = (text: string): readonly string[] =>
  [...text.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replaceAll(/="[^"]*"/g, '=""'))

describe('nothing from a cluster becomes markup', () => {
  const plain = tags(page(() => 'plain'))

  test('the tags are the same, whatever the names are', () => {
    fc.assert(
      fc.property(nasty, (text) => expect(tags(page(() => text))).toEqual(plain)),
      { numRuns: 60 },
    )
  })
  test('with each nasty word alone too', () => {
    for (const word of nastyWords) expect(tags(page(() => word))).toEqual(plain)
  })
})

test('the policy lets in just the style and the script of the page', () => {
  const script = fileURLToPath(new URL('../../scripts/page-hashes.mjs', import.meta.url))
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('')
  const text = page((label) => label)
  expect(text).toMatch(/content="default-src &#39;none&#39;; style-src &#39;sha256-[\w+/]{43}=&#39;; script-src/)
  expect(text).not.toMatch(/https?:\/\/|\ssrc=|\son\w+=|\sstyle=|@import|url\(/)
})

test('links within the page lead somewhere, and no id is there twice', () => {
  const state = aCluster([
    aNode('n1').tainted('dedicated=infra:NoSchedule'),
    aPod('a').ownedBy({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'a', uid: 'a', controller: true }),
    aPod('b').tolerating('dedicated=infra:NoSchedule').requesting({ cpu: '64' }),
  ])
  const text = renderPage({
    explain: { ...anExplainReport((label) => label), clusters: [diagnose(state, {})] },
    suggest: { ...aSuggestReport((label) => label), clusters: [] },
    taints: [taintMap(state)],
    now,
  })
  const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const [, target] of text.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target)
  expect(text).toContain('Pod default/b (1)')
})

test('1,000 nodes and 500 diagnoses with a change each stay under 2 MB', () => {
  const state = aLargeCluster(1000, 3000, 500)
  const explained = diagnose(state, {})
  expect([explained.nodeCount, explained.diagnoses.length]).toEqual([1000, 500])
  const [model] = aSuggestReport((label) => label).clusters
  const suggestions = explained.diagnoses.map((diagnosis): Suggestion => {
    const [first] = model?.suggestions ?? []
    const { kind = 'Pod', name = '' } = diagnosis.owners.at(-1) ?? {}
    const workload = { kind, name, namespace: diagnosis.pods[0]?.namespace ?? '', pods: 1 }
    return { ...(first as Suggestion), content: 'tolerations:\n  - key: dedicated\n', workloads: [workload] }
  })
  const text = renderPage({
    explain: { ...anExplainReport((label) => label), clusters: [explained] },
    suggest: {
      ...aSuggestReport((label) => label),
      clusters: [{ ...(model as NonNullable<typeof model>), suggestions }],
    },
    taints: [taintMap(state)],
    now,
  })
  expect(Buffer.byteLength(text)).toBeLessThan(2_000_000)
  expect(text.match(/<article /g)?.length).toBeGreaterThanOrEqual(500)
}, 60_000)

test('of 10,000 diagnoses the first have cards, the others a line', () => {
  const [cluster] = anExplainReport((label) => label).clusters
  const [one] = cluster?.diagnoses ?? []
  const diagnoses = Array.from({ length: 10_000 }, () => one as NonNullable<typeof one>)
  const report = anExplainReport((label) => label)
  const text = renderPage({
    explain: { ...report, clusters: [{ ...(cluster as NonNullable<typeof cluster>), diagnoses }] },
    suggest: { ...aSuggestReport((label) => label), clusters: [] },
    taints: [],
    now,
  })
  expect(text.match(/<article /g)).toHaveLength(1000)
  expect(text).toContain('9000 more, in short')
})
