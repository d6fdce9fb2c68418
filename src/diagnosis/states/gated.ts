import { lastOf } from '#diagnosis/events.ts'
import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import { type Judgement, outside } from './judgement.ts'

/** Gates by name, or by the prefix before the slash, and who sets and removes them. */
const owners: readonly { readonly gate: string; readonly who: string }[] = [
  { gate: 'kueue.x-k8s.io/admission', who: 'Kueue, until a ClusterQueue admits its workload' },
  { gate: 'kueue.x-k8s.io/topology', who: 'Kueue, until it has chosen the topology domain' },
  { gate: 'kueue.x-k8s.io/', who: 'Kueue' },
  {
    gate: 'multiarch.openshift.io/scheduling-gate',
    who: 'the Multiarch Tuning Operator, until it has set the node affinity for the image',
  },
  { gate: 'grove.io/podgang-pending-creation', who: 'the Grove operator, until the PodGang exists' },
]

/** Pods that scheduling gates hold back; undefined for a Pod without gates. */
export function gated(pod: Pod, inquiry: Inquiry): Judgement | undefined {
  const gates = (pod.spec.schedulingGates ?? []).map(({ name }) => name ?? '')
  if (gates.length === 0) return undefined
  const many = gates.length > 1
  const answer = `Scheduling gate${many ? 's' : ''} ${gates.join(', ')} hold${many ? '' : 's'} it back: the scheduler does not look at it until whoever set ${many ? 'them' : 'it'} takes ${many ? 'them' : 'it'} away.`
  return outside('Gated', 'SchedulingGated', answer, {
    notes: [...gates.map(whoseGate), ...queueNotes(pod, gates, inquiry)],
  })
}

function whoseGate(gate: string): string {
  const known = owners.find((one) => gate === one.gate || (one.gate.endsWith('/') && gate.startsWith(one.gate)))
  if (known !== undefined) return `gate ${gate} is set and removed by ${known.who}`
  const slash = gate.indexOf('/')
  const hint = slash === -1 ? 'its name does not say whose it is' : `its name points to ${gate.slice(0, slash)}`
  return `nothing well known sets gate ${gate}; ${hint}. Who wrote it stands in the Pod's managedFields`
}

/** A queue that has let the Pod in took away its own gate only. */
function queueNotes({ metadata }: Pod, gates: readonly string[], { events }: Inquiry): readonly string[] {
  const queue = metadata.labels?.['kueue.x-k8s.io/queue-name']
  if (queue === undefined || gates.some((gate) => gate.startsWith('kueue.x-k8s.io/'))) return []
  const about = events.about('Pod', metadata.namespace ?? '', metadata.name ?? '')
  if (lastOf(about, 'Admitted') === undefined) return []
  return [`Kueue has admitted it (queue ${queue}) and removed its own gate: what is left is not Kueue's`]
}
