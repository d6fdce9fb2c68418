import type { LabelSelector } from '#model/api/meta.ts'
import type { Affinity, Pod } from '#model/api/pod.ts'
import type { SchedulerKind } from '#model/kinds.ts'
import { oncePer } from '#model/once-per.ts'
import { requestsOf } from './framework/pod-requests.ts'
import type { Rules } from './framework/rules.ts'

/**
 * The kinds that have to be read to judge these Pods, beside nodes and Pods: nothing about volumes for Pods without
 * claims, no namespaces unless a selector asks for their labels.
 */
export function kindsNeeded(pods: readonly Pod[], all: readonly Pod[], rules: Rules): readonly SchedulerKind[] {
  const kinds = new Set<SchedulerKind>()
  for (const pod of pods) {
    for (const kind of kindsOf(pod, rules)) kinds.add(kind)
  }
  if (pods.length > 0 && (pods.some(selectsNamespaces) || all.some(selectsNamespaces))) kinds.add('namespaces')
  return [...kinds].sort()
}

const volumeKinds: readonly SchedulerKind[] = [
  'persistentvolumeclaims',
  'persistentvolumes',
  'storageclasses',
  'csinodes',
  'csidrivers',
  'csistoragecapacities',
  'volumeattachments',
]

const deviceKinds: readonly SchedulerKind[] = ['resourceclaims', 'resourceslices', 'deviceclasses']

function kindsOf(pod: Pod, rules: Rules): readonly SchedulerKind[] {
  const { volumes = [], resourceClaims = [] } = pod.spec
  const kinds: SchedulerKind[] = []
  if (volumes.some((volume) => volume.persistentVolumeClaim !== undefined || volume.ephemeral !== undefined)) {
    kinds.push(...volumeKinds)
  } else if (volumes.some(isInTreeDisk))
    kinds.push('csinodes', 'persistentvolumes', 'persistentvolumeclaims', 'storageclasses', 'volumeattachments')
  if (rules.dynamicResources && resourceClaims.length > 0) kinds.push(...deviceKinds)
  else if (rules.dynamicResourcesExtras && [...requestsOf(pod, rules).keys()].some((name) => name.includes('/'))) {
    kinds.push(...deviceKinds)
  }
  return kinds
}

function isInTreeDisk(volume: NonNullable<Pod['spec']['volumes']>[number]): boolean {
  const { gcePersistentDisk, awsElasticBlockStore, azureDisk, cinder, portworxVolume } = volume
  return [gcePersistentDisk, awsElasticBlockStore, azureDisk, cinder, portworxVolume].some((disk) => disk !== undefined)
}

function selectsNamespaces({ spec }: Pod): boolean {
  return spec.affinity !== undefined && asksForLabels(spec.affinity)
}

const asksForLabels = oncePer(({ podAffinity, podAntiAffinity }: Affinity): boolean => {
  const terms = [podAffinity, podAntiAffinity].flatMap(
    (side) => side?.requiredDuringSchedulingIgnoredDuringExecution ?? [],
  )
  return terms.some(({ namespaceSelector }) => namespaceSelector !== undefined && !isEmpty(namespaceSelector))
})

/** An empty selector means every namespace, whatever its labels. */
function isEmpty({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0
}
