// orc gen SEED COUNT [FOCUS] > x ; orc cmp VERSION|'' FILE
import { readFileSync, writeSync } from 'node:fs'
import { diagnose } from '#diagnosis/diagnose.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { differences } from '#test/conformance/expected.ts'
import { focusOf, generateCluster } from './generate/cluster.ts'

const [mode, a, b, c] = process.argv.slice(2)
if (mode === 'gen') {
  for (let i = 0; i < Number(b); i++)
    writeSync(1, JSON.stringify(generateCluster(Number(a) + i, (c ?? focusOf(i)) as never)) + '\n')
} else {
  let pods = 0,
    bad = 0,
    shown = 0,
    cl = 0,
    nofit = 0,
    unknown = 0
  const ids = []
  for (const line of readFileSync(b, 'utf8').split('\n').filter(Boolean)) {
    const { id, items, expected } = JSON.parse(line)
    cl++
    const state = diagnose(aCluster(items, a ? { serverVersion: a } : {}), {})
    const nodes = items.filter((i) => i.kind === 'Node').map((i) => i.metadata.name)
    for (const pod of expected ?? []) {
      pods++
      if (pod.message) nofit++
      if (pod.error) {
        delete pod.message
      }
      const d = state.diagnoses.find((one) =>
        one.pods.some((p) => p.namespace === pod.namespace && p.name === pod.name),
      )
      if (d?.nodes.undetermined?.length || d?.state === 'Undetermined') {
        unknown++
        if (process.env.U) console.log(id, pod.name, JSON.stringify(d.nodes.undetermined).slice(0, 300))
        continue
      }
      let wrong = differences(pod, state, nodes)
      wrong = wrong.filter((w) => !/says "node\(s\) didn't satisfy plugin\(s\) \[NodeAffinity\]", the report "node\(s\) didn't satisfy/.test(w)).filter((w) => !/says "", the report "\(excl/.test(w))
      if (pod.error) wrong = wrong.filter((w) => !/says "node\(s\) didn't satisfy plugin\(s\) \[NodeAffinity\]", the report "node\(s\) didn't satisfy/.test(w)).filter((w) => !/state:/.test(w))
      if (wrong.length) {
        bad++
        ids.push(id)
        if (shown++ < Number(c ?? 5)) console.log(id, pod.error ?? '', '\n  ' + wrong.slice(0, 3).join('\n  '))
      }
    }
  }
  console.log({ cl, pods, nofit, unknown, bad }, [...new Set(ids)].slice(0, 20).join(' '))
}
