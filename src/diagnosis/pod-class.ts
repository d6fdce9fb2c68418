import { controllerOf, type LabelSelector } from '#model/api/meta.ts'
import type { Affinity, Pod, PodSpec } from '#model/api/pod.ts'

/** Pods that the scheduler cannot tell apart and that one owner made. */
export interface PodClass {
  /** In order of namespace and name. */
  readonly pods: readonly Pod[]
}

/**
 * Puts alike Pods together, in a stable order. Labels count only as far as some selector of the cluster asks for them:
 * the index of a Job's Pod or the name of a StatefulSet's makes no difference to the scheduler by itself.
 */
export function podClasses(pods: readonly Pod[], all: readonly Pod[]): readonly PodClass[] {
  const asked = askedLabels(all)
  const texts = new WeakMap<object, string>()
  const classes = new Map<string, Pod[]>()
  for (const pod of [...pods].sort(byName)) {
    const key = classKey(pod, asked, texts)
    const alike = classes.get(key)
    if (alike === undefined) classes.set(key, [pod])
    else alike.push(pod)
  }
  return [...classes.values()].map((alike) => ({ pods: alike }))
}

export function byName(a: Pod, b: Pod): number {
  return (
    compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
    compare(a.metadata.name ?? '', b.metadata.name ?? '')
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function classKey(pod: Pod, asked: ReadonlySet<string>, texts: WeakMap<object, string>): string {
  const { metadata, spec, status } = pod
  const owner = controllerOf(metadata)
  const labels = Object.entries(metadata.labels ?? {}).filter(([key]) => asked.has(key))
  return JSON.stringify([
    metadata.namespace,
    owner === undefined ? (metadata.uid ?? metadata.name) : (owner.uid ?? owner.name),
    labels.sort(([a], [b]) => compare(a, b)),
    metadata.deletionTimestamp !== undefined,
    spec.nodeName ?? '',
    status.nominatedNodeName ?? '',
    claimsOf(pod),
    specText(spec, texts),
  ])
}

/** The volumes of its own that a Pod's name gives it. */
function claimsOf(pod: Pod): readonly string[] {
  const { spec, status, metadata } = pod
  const ephemeral = (spec.volumes ?? []).filter((volume) => volume.ephemeral !== undefined)
  const devices = (status.resourceClaimStatuses ?? []).map((claim) => claim.resourceClaimName ?? '')
  return [...ephemeral.map((volume) => `${metadata.name ?? ''}-${volume.name ?? ''}`), ...devices]
}

function specText(spec: PodSpec, texts: WeakMap<object, string>): string {
  let text = texts.get(spec)
  if (text === undefined) {
    const { nodeName: _nodeName, serviceAccountName: _account, ...needs } = spec
    text = JSON.stringify(needs)
    texts.set(spec, text)
  }
  return text
}

/** The label keys of Pods that any affinity or spread constraint asks for. */
function askedLabels(pods: readonly Pod[]): ReadonlySet<string> {
  const keys = new Set<string>()
  const seen = new Set<object>()
  for (const { spec } of pods) {
    const { affinity, topologySpreadConstraints } = spec
    if (affinity !== undefined && !seen.has(affinity)) {
      seen.add(affinity)
      addAffinityKeys(keys, affinity)
    }
    for (const constraint of topologySpreadConstraints ?? []) {
      addKeys(keys, constraint.labelSelector)
      for (const key of constraint.matchLabelKeys ?? []) keys.add(key)
    }
  }
  return keys
}

function addAffinityKeys(keys: Set<string>, { podAffinity, podAntiAffinity }: Affinity): void {
  for (const side of [podAffinity, podAntiAffinity]) {
    for (const term of side?.requiredDuringSchedulingIgnoredDuringExecution ?? []) {
      addKeys(keys, term.labelSelector)
      for (const key of [...(term.matchLabelKeys ?? []), ...(term.mismatchLabelKeys ?? [])]) keys.add(key)
    }
  }
}

function addKeys(keys: Set<string>, selector: LabelSelector | undefined): void {
  for (const key of Object.keys(selector?.matchLabels ?? {})) keys.add(key)
  for (const { key } of selector?.matchExpressions ?? []) if (key !== undefined) keys.add(key)
}
