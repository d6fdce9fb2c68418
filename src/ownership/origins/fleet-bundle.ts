import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import { groupOf, labelOf, textAt } from '#model/raw-object.ts'
import type { FoundOrigin, OriginQuestion, OriginReader } from '#ownership/origin.ts'

const group = 'fleet.cattle.io'

/**
 * A Fleet Bundle, which a Fleet agent installs as a Helm release. The agent writes `fleet.cattle.io/bundle-id` and
 * `fleet.cattle.io/agent-namespace` into the annotations of the chart that it records; the packaged charts of K3s and
 * RKE2 carry the first of them too, so one alone means nothing. Where the record was not read, a BundleDeployment
 * names the release in its status.
 * @see rancher/fleet internal/helmdeployer/deployer.go (v0.12.0)
 */
export const fleetBundleOrigin: OriginReader = {
  kind: 'FleetBundle',
  recognise(question) {
    const { root, behind, cluster } = question
    if (behind === undefined) return isFleet(root, 'Bundle') ? itself(root, 'FleetBundle') : deploymentItself(root)
    if (behind.origin.kind === 'FleetBundleDeployment') return bundleOfDeployment(behind.object, cluster)
    if (behind.origin.kind !== 'HelmRelease') return undefined
    return byRecord(question) ?? byDeployment(question)
  },
}

function isFleet(object: ApiObject, kind: string): boolean {
  return object.kind === kind && groupOf(object.apiVersion) === group
}

function itself(object: ApiObject, kind: 'FleetBundle' | 'FleetBundleDeployment'): FoundOrigin {
  const namespace = textAt(object, 'metadata', 'namespace')
  const name = textAt(object, 'metadata', 'name') ?? ''
  return {
    origin: { kind, ...(namespace === undefined ? {} : { namespace }), name, evidence: 'the root of the owner chain' },
    object,
  }
}

function deploymentItself(root: ApiObject): FoundOrigin | undefined {
  return isFleet(root, 'BundleDeployment') ? itself(root, 'FleetBundleDeployment') : undefined
}

function byRecord({ behind, cluster }: OriginQuestion): FoundOrigin | undefined {
  const id = textAt(behind?.object, 'chart', 'annotations', 'fleet.cattle.io/bundle-id')
  const agent = textAt(behind?.object, 'chart', 'annotations', 'fleet.cattle.io/agent-namespace')
  if (id === undefined || agent === undefined) return undefined
  const bundles = objectIndex(cluster)
    .ofKind(group, 'Bundle')
    .filter((bundle) => bundle.metadata.name === id)
  const [bundle] = bundles.length === 1 ? bundles : []
  const evidence = 'chart annotation fleet.cattle.io/bundle-id in the release record'
  const namespace = textAt(bundle, 'metadata', 'namespace')
  return {
    origin: { kind: 'FleetBundle', ...(namespace === undefined ? {} : { namespace }), name: id, evidence },
    ...(bundle === undefined ? {} : { object: bundle }),
  }
}

function byDeployment({ behind, cluster }: OriginQuestion): FoundOrigin | undefined {
  const release = `${behind?.origin.namespace ?? ''}/${behind?.origin.name ?? ''}:`
  const found = objectIndex(cluster)
    .ofKind(group, 'BundleDeployment')
    .filter((deployment) => textAt(deployment, 'status', 'release')?.startsWith(release))
  const [deployment] = found
  // BundleDeployments of other clusters lie in this one too: of two that name the release alike neither is sure.
  return found.length === 1 ? bundleOfDeployment(deployment, cluster) : undefined
}

function bundleOfDeployment(deployment: ApiObject | undefined, cluster: ClusterState): FoundOrigin | undefined {
  const name = labelOf(deployment, 'fleet.cattle.io/bundle-name')
  const namespace = labelOf(deployment, 'fleet.cattle.io/bundle-namespace')
  if (deployment === undefined || name === undefined || namespace === undefined) return undefined
  const object = objectIndex(cluster).find(deployment.apiVersion, 'Bundle', namespace, name)
  const evidence = `labels of BundleDeployment ${deployment.metadata.name ?? ''}`
  return { origin: { kind: 'FleetBundle', namespace, name, evidence }, ...(object === undefined ? {} : { object }) }
}
