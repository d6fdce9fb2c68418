import { remadePod } from '#components/registry.ts'
import { type Inquiry, inquiryOf } from '#diagnosis/inquiry.ts'
import { podClasses } from '#diagnosis/pod-class.ts'
import { behind } from '#diagnosis/waits/pods-behind.ts'
import type { GoneHelper } from '#diagnosis/waits/provisioner-pods.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { type Case, caseOf } from './case.ts'
import { readYaml } from './read-yaml.ts'

/** The Pods that those in question wait for and that are not in question themselves, also such as are gone. */
export function casesBehind(inQuestion: readonly Pod[], view: ClusterView, rules: Rules): readonly Case[] {
  const inquiry = inquiryOf(view.state, rules)
  const own = new Set(inQuestion)
  const ends = new Map<Pod, Pod[]>()
  const gone = new Map<string, { readonly helper: GoneHelper; readonly waiting: Pod[] }>()
  for (const pod of inQuestion) {
    const found = behind(pod, inquiry)
    for (const end of found.ends) if (!own.has(end)) ends.set(end, [...(ends.get(end) ?? []), pod])
    for (const helper of found.gone) {
      const key = `${helper.namespace}/${helper.name}`
      gone.set(key, { helper, waiting: [...(gone.get(key)?.waiting ?? []), pod] })
    }
  }
  const there = podClasses([...ends.keys()], view.state.lists.pods.items).flatMap(({ pods }) => {
    const one = caseOf(pods, view, rules)
    return one === undefined ? [] : [{ ...one, notes: [whoWaits(pods.flatMap((pod) => ends.get(pod) ?? []))] }]
  })
  return [...there, ...[...gone.values()].flatMap(({ helper, waiting }) => caseOfGone(helper, waiting, inquiry) ?? [])]
}

/** A helper Pod of which only events are left, judged as its maker would make it again. */
function caseOfGone(
  { namespace, name, component, node }: GoneHelper,
  waiting: readonly Pod[],
  { view, rules, state }: Inquiry,
): Case | undefined {
  if (component === undefined || node === undefined) return undefined
  const pod = remadePod(component, { cluster: state, namespace, name, node, readYaml })
  const one = pod === undefined ? undefined : caseOf([pod], view, rules)
  if (one === undefined) return undefined
  return {
    ...one,
    workload: { ...one.workload, pods: 0 },
    // There is no Pod that could be patched.
    places: one.places.filter(({ target }) => target.kind !== 'PodPatch'),
    notes: [
      whoWaits(waiting),
      `Pod ${name} is gone: all that is left of it is the event of its eviction (TaintManagerEviction).`,
    ],
  }
}

function whoWaits(pods: readonly Pod[]): string {
  const [first] = pods
  const name = `${first?.metadata.namespace ?? ''}/${first?.metadata.name ?? ''}`
  return pods.length === 1
    ? `Pod ${name} waits for it to make its volume.`
    : `Pod ${name} and ${pods.length - 1} more wait for it to make their volumes.`
}
