import { withoutCredentials } from '#model/without-credentials.ts'

/** Annotations that say who owns an object, what put it there, or what the scheduler and the volume controllers made of it. */
const kept: readonly RegExp[] = [
  /^meta\.helm\.sh\//,
  /^helm\.sh\/hook(?:-delete-policy|-weight)?$/,
  /^objectset\.rio\.cattle\.io\/(?:id|hash|owner-[a-z]+)$/,
  /^(?:cluster|node)\.x-k8s\.io\//,
  /^(?:field\.cattle\.io\/projectId|management\.cattle\.io\/cluster-name|rke\.cattle\.io\/(?:infra-)?machine(?:-name)?)$/,
  /^argocd\.argoproj\.io\/tracking-id$/,
  /^pod-impersonation\.cattle\.io\/cluster-role$/,
  /^apps\.cattle\.io\/managed-system-upgrade-controller$/,
  /^upgrade\.cattle\.io\/plan$/,
  /^helm\.cattle\.io\/chart-url$/,
  /^(?:fleet|catalog)\.cattle\.io\//,
  /^svccontroller\.k3s\.cattle\.io\//,
  /^(?:microk8s|k8s)\.hostpath\.io\//,
  /^(?:volume|volume\.beta|pv|storageclass|storageclass\.beta|storage\.alpha|scheduler\.alpha|resource)\.kubernetes\.io\//,
  /^(?:cluster-autoscaler|batch|deployment)\.kubernetes\.io\//,
  /^kubernetes\.io\/config\.(?:mirror|source)$/,
  /^openshift\.io\/node-selector$/,
  /^(?:kueue\.x-k8s\.io|karpenter\.sh)\//,
]

/** No annotation that is read is longer. */
const longest = 4096

/** Whether an annotation goes into a snapshot. */
export function isKeptAnnotation(key: string): boolean {
  return kept.some((pattern) => pattern.test(key))
}

/** The annotations that a snapshot keeps; undefined where none is left. */
export function keptAnnotations(annotations: unknown): Record<string, string> | undefined {
  if (typeof annotations !== 'object' || annotations === null) return undefined
  const entries = Object.entries(annotations).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' && value.length <= longest && isKeptAnnotation(key)
      ? [[key, withoutCredentials(value)]]
      : [],
  )
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
