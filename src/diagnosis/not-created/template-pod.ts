import { readTolerations, templateOf } from '#components/subject.ts'
import type { LabelSelectorRequirement, NodeSelectorTerm } from '#model/api/meta.ts'
import type { Pod, Toleration } from '#model/api/pod.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { isRecord, listAt, textAt, valueAt } from '#model/raw-object.ts'

/**
 * The tolerations that the DaemonSet controller adds to its Pods by itself.
 * @see pkg/controller/daemon/util/daemonset_util.go AddOrUpdateDaemonPodTolerations (kubernetes v1.36.2)
 */
const automatic: readonly Toleration[] = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
]
const withHostNetwork: Toleration = {
  key: 'node.kubernetes.io/network-unavailable',
  operator: 'Exists',
  effect: 'NoSchedule',
}

/** A Pod as the DaemonSet controller weighs it on a node: where its template may go and what it tolerates, no more. */
export function daemonPod(daemonSet: ApiObject): Pod {
  const spec = templateOf(daemonSet)?.spec
  const hostNetwork = valueAt(spec, 'hostNetwork') === true
  const nodeName = textAt(spec, 'nodeName')
  const terms = listAt(
    spec,
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  )
  const required = valueAt(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution')
  const { namespace = '', name = '' } = daemonSet.metadata
  return {
    metadata: { namespace, name: `${name}-`, labels: {} },
    spec: {
      ...(nodeName === undefined ? {} : { nodeName }),
      nodeSelector: texts(valueAt(spec, 'nodeSelector')),
      ...(required === undefined
        ? {}
        : {
            affinity: {
              nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms.map(termOf) },
              },
            },
          }),
      tolerations: [
        ...readTolerations(valueAt(spec, 'tolerations')),
        ...automatic,
        ...(hostNetwork ? [withHostNetwork] : []),
      ],
    },
    status: {},
  }
}

function termOf(term: unknown): NodeSelectorTerm {
  return {
    matchExpressions: listAt(term, 'matchExpressions').map(requirementOf),
    matchFields: listAt(term, 'matchFields').map(requirementOf),
  }
}

function requirementOf(part: unknown): LabelSelectorRequirement {
  const values = listAt(part, 'values').filter((value) => typeof value === 'string')
  return { key: textAt(part, 'key') ?? '', operator: textAt(part, 'operator') ?? '', values }
}

function texts(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}
