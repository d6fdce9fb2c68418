import type { ComponentQuestion, Placement } from '#components/component.ts'
import { present, workloadPatch } from '#components/placements.ts'
import { componentOf } from '#components/registry.ts'
import { subjectOf } from '#components/subject.ts'
import { coveredNodes } from '#diagnosis/not-created/daemon-set.ts'
import { daemonPod } from '#diagnosis/not-created/template-pod.ts'
import { objectsNamed, type Scope } from '#diagnosis/scope.ts'
import type { Toleration } from '#model/api/pod.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { ownerChain, rootOf } from '#ownership/owner-chain.ts'
import { originOf } from '#ownership/registry.ts'
import type { ClusterView } from '#scheduler/framework/cluster-view.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { classifyTaint } from '#taints/classify-taint.ts'
import { smallestTolerations } from '#taints/smallest-tolerations.ts'
import type { Case } from './case.ts'
import { placesFor } from './places.ts'
import { controllerVerdicts } from './prove.ts'
import { readYaml } from './read-yaml.ts'
import { taintsOf } from './toleration-need.ts'

/** The DaemonSets that were asked about by name and whose controller passes nodes over for their taints. */
export function daemonSetCases(scope: Scope, view: ClusterView, rules: Rules): readonly Case[] {
  if (view.missing('nodes') !== undefined) return []
  return (scope.named ?? [])
    .filter(({ kind }) => kind === 'DaemonSet')
    .flatMap((named) => objectsNamed(view.state, named, scope.namespace))
    .flatMap((daemonSet) => caseOf(daemonSet, view, rules) ?? [])
}

function caseOf(daemonSet: ApiObject, view: ClusterView, rules: Rules): Case | undefined {
  const pod = daemonPod(daemonSet)
  const covered = coveredNodes(daemonSet, view.state)
  const closed = controllerVerdicts(pod, view, rules).filter(
    ({ node, blockers }) => blockers.length > 0 && !covered.has(node.name),
  )
  // Every node is wanted: a DaemonSet has a Pod on each that it may go to.
  const nodes = closed.map((verdict) => ({
    name: verdict.node.name,
    untolerated: taintsOf(verdict),
    otherwiseOpen: verdict.blockers.every(({ plugin }) => plugin === 'TaintToleration'),
    fits: 1,
  }))
  const wanted = nodes.filter(
    ({ otherwiseOpen, untolerated }) => otherwiseOpen && untolerated.every((one) => classifyTaint(one).tolerable),
  )
  // It serves the nodes themselves, a device plugin their hardware: it need not ask for that.
  const resources = nodes.flatMap(({ untolerated }) => untolerated.map(({ key = '' }) => key))
  const need = smallestTolerations({ nodes, podsWanted: wanted.length, resources })
  if (need.best === undefined) return undefined
  const chain = ownerChain(daemonSet, view.state)
  const question = { root: rootOf(daemonSet, chain), chain, cluster: view.state, readYaml }
  const origin = originOf(question)
  const asked = { ...question, ...(origin === null ? {} : { origin }) }
  const { namespace = '', name = '' } = daemonSet.metadata
  return {
    pod,
    count: wanted.length,
    byController: true,
    verdict: { podBlockers: [], podUnknown: [], nodes: closed },
    component: componentOf(asked),
    question: asked,
    workload: { kind: 'DaemonSet', namespace, name, pods: 0 },
    need,
    tolerations: need.best.tolerations,
    places: lastingPlaces(asked, daemonSet, need.best.tolerations),
  }
}

/** There is no Pod that could be patched; where its maker's own fields are not known, the DaemonSet itself is the place. */
function lastingPlaces(
  question: ComponentQuestion,
  daemonSet: ApiObject,
  wanted: readonly Toleration[],
): readonly Placement[] {
  const places = placesFor(question, wanted).filter(({ target }) => target.kind !== 'PodPatch')
  const { namespace = '', name = '' } = daemonSet.metadata
  const maker = question.chain.owners.at(-1)
  if (places.length > 0 || maker === undefined) return places
  const subject = { ...subjectOf(question), root: daemonSet, kind: 'DaemonSet', namespace, name }
  const whose = `${maker.kind} ${maker.name}`
  const warnings = [
    `${whose} made this DaemonSet and may undo a patch; where it sets tolerations is not known here: see its own fields or its operator's documentation.`,
  ]
  return present(
    workloadPatch(subject, { reach: { kind: 'Proven' }, lasts: `until ${whose} is applied again`, warnings }),
  )
}
