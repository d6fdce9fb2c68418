// The judging alone, without reading and printing: node test/benchmark/core.ts [NODES ASSIGNED PENDING KINDS]
// Prints one JSON line with milliseconds and MiB.
import { StateBuilder } from '#cluster/decode/state.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import { nodes, pods } from './objects.ts'

const [nodeCount = 5000, assigned = 100_000, pending = 2000, kinds = 100] = process.argv.slice(2).map(Number)
const size = { nodes: nodeCount, assigned, pending, kinds }
const builder = new StateBuilder()
for (const node of nodes(size)) builder.addOf('nodes', node)
for (const pod of pods(size)) builder.addOf('pods', pod)
const state = builder.build({ name: 'made up', server: null, version: null })
globalThis.gc?.()
const stateBytes = process.memoryUsage().heapUsed
const start = performance.now()
const before = process.cpuUsage()
const report = diagnose(state, {})
const milliseconds = performance.now() - start
const { user, system } = process.cpuUsage(before)
console.log(
  JSON.stringify({
    ...size,
    diagnoses: report.diagnoses.length,
    milliseconds: Math.round(milliseconds),
    cpuMilliseconds: Math.round((user + system) / 1000),
    stateMiB: Math.round(stateBytes / 2 ** 20),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)
