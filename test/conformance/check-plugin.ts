// Holds one plugin's verdicts against the corpus: node test/conformance/check-plugin.ts PLUGIN [--server-version V] FILE.ndjson ...
// For developing a plugin; `../shared/conformance/compare` holds the whole command against it.
import { readFileSync } from 'node:fs'
import type { Pod } from '#model/api/pod.ts'
import { parseServerVersion } from '#model/server-version.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import type { Outcome } from '#scheduler/framework/outcome.ts'
import type { Plugin, Prepared } from '#scheduler/framework/plugin.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { aCluster } from '#test/builders/cluster.ts'

const words = process.argv.slice(2)
const name = words.shift() ?? ''
let version = null
if (words[0] === '--server-version') {
  words.shift()
  version = parseServerVersion(words.shift() ?? '') ?? null
}
const file = name.replaceAll(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()
const folder = new URL('../../src/scheduler/plugins/', import.meta.url)
const exported: Record<string, unknown> = await import(`${folder}${file}.ts`).catch(
  () => import(`${folder}${file}/index.ts`),
)
const plugin = Object.values(exported).find((one) => (one as Plugin)?.name === name) as Plugin

type Verdict = { code: string; reasons?: string[] } | undefined
let right = 0
let total = 0
let shown = 0
for (const path of words) {
  for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
    const item = JSON.parse(line)
    const state = aCluster(item.items)
    const view = viewOf(state)
    for (const want of item.expected ?? []) {
      const pod = state.lists.pods.items.find(
        (p) => p.metadata.namespace === want.namespace && p.metadata.name === want.name,
      ) as Pod
      const prepared = plugin.prepare(pod, view, rulesFor(version))
      const verdicts: Record<string, Verdict> = want.all?.[name] ?? {}
      compare(`${item.id} ${want.namespace}/${want.name} *`, verdicts['*'], said(prepared))
      if (prepared.kind !== 'filter') {
        if (prepared.kind === 'skip')
          for (const node of view.nodes) compare(`${item.id} ${want.name} ${node.name}`, verdicts[node.name], undefined)
        continue
      }
      for (const node of view.nodes) {
        const leftOut = prepared.only !== undefined && !prepared.only.has(node.name)
        const got = leftOut
          ? { code: 'UnschedulableAndUnresolvable', reasons: ['(excluded by PreFilter)'] }
          : said(prepared.filter(node))
        compare(`${item.id} ${want.name} ${node.name}`, verdicts[node.name], got)
      }
    }
  }
}
console.log(`${name}: ${right}/${total} verdicts right`)
process.exitCode = right === total ? 0 : 1

function said(outcome: Outcome | Prepared): Verdict {
  switch (outcome.kind) {
    case 'refused':
      return {
        code: outcome.resolvable ? 'Unschedulable' : 'UnschedulableAndUnresolvable',
        reasons: outcome.reasons.map((r) => r.text),
      }
    case 'failed':
      return { code: 'Error', reasons: [outcome.message] }
    case 'unknown':
      return { code: 'Unknown', reasons: [JSON.stringify(outcome.because)] }
    default:
      return undefined
  }
}

function compare(where: string, want: Verdict, got: Verdict): void {
  total++
  const show = (v: Verdict): string =>
    v === undefined ? 'passes' : `${v.code} ${[...(v.reasons ?? [])].sort().join(' | ')}`
  const failed =
    want?.code === 'Error' && got?.code === 'Error' && (want.reasons?.[0] ?? '').endsWith(got.reasons?.[0] ?? '-')
  if (failed || show(want) === show(got)) right++
  else if (shown++ < 20) console.log(`${where}\n  scheduler: ${show(want)}\n  we:        ${show(got)}`)
}
