import type { FoundOrigin, Origin, OriginQuestion, OriginReader } from './origin.ts'
import { argoApplicationOrigin } from './origins/argo-application.ts'
import { clusterServiceVersionOrigin } from './origins/cluster-service-version.ts'
import { fleetBundleOrigin } from './origins/fleet-bundle.ts'
import { fleetClusterOrigin } from './origins/fleet-cluster.ts'
import { fleetSourceOrigin } from './origins/fleet-source.ts'
import { fluxHelmReleaseOrigin } from './origins/flux-helm-release.ts'
import { fluxKustomizationOrigin } from './origins/flux-kustomization.ts'
import { helmChartOrigin } from './origins/helm-chart.ts'
import { helmLabelsOrigin } from './origins/helm-labels.ts'
import { helmReleaseOrigin } from './origins/helm-release.ts'
import { microk8sAddonOrigin } from './origins/microk8s-addon.ts'
import { operatorResourceOrigin } from './origins/operator-resource.ts'
import { packagedManifestOrigin } from './origins/packaged-manifest.ts'
import { rancherAppOrigin } from './origins/rancher-app.ts'
import { rancherClusterOrigin } from './origins/rancher-cluster.ts'

/**
 * All origins, in the order in which they are asked; the first that recognises an object is its origin. Those that
 * leave a mark of their own come first, those that go by less after them.
 */
export const originReaders: readonly OriginReader[] = [
  helmReleaseOrigin,
  fleetBundleOrigin,
  fleetSourceOrigin,
  fleetClusterOrigin,
  rancherClusterOrigin,
  rancherAppOrigin,
  helmChartOrigin,
  fluxHelmReleaseOrigin,
  fluxKustomizationOrigin,
  argoApplicationOrigin,
  clusterServiceVersionOrigin,
  packagedManifestOrigin,
  microk8sAddonOrigin,
  operatorResourceOrigin,
  helmLabelsOrigin,
]

/** No real chain of origins is longer: release, Bundle, GitRepo, and what put that there. */
const maxDepth = 8

/** What put the root object into the cluster, with what made that in turn; null where nothing known did. */
export function originOf(question: OriginQuestion): Origin | null {
  return originsOf(question).reduceRight<Origin | null>(
    (behind, { origin }) => (behind === null ? origin : { ...origin, origin: behind }),
    null,
  )
}

/** The same as a list, nearest first, each with the object that stands for it, where it was read. */
export function originsOf(question: OriginQuestion): readonly FoundOrigin[] {
  const found: FoundOrigin[] = []
  const seen = new Set<string>()
  let asked: OriginQuestion = question
  while (found.length < maxDepth) {
    const next = recognise(asked)
    if (next === undefined) break
    const { kind, namespace, name } = next.origin
    const key = `${kind} ${namespace ?? ''}/${name}`
    if (seen.has(key)) break
    seen.add(key)
    found.push(next)
    asked = { ...question, behind: next }
  }
  return found
}

function recognise(question: OriginQuestion): FoundOrigin | undefined {
  for (const reader of originReaders) {
    const found = reader.recognise(question)
    if (found !== undefined) return found
  }
  return undefined
}
