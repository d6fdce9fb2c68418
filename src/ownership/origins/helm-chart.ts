import type { ApiObject } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import { annotationOf, groupOf, ownerReferencesOf, textAt } from '#model/raw-object.ts'
import { parseChartLabel } from '#ownership/helm/chart-label.ts'
import type { FoundOrigin, OriginQuestion, OriginReader } from '#ownership/origin.ts'

const apiVersion = 'helm.cattle.io/v1'
const ownerGvk = `${apiVersion}, Kind=HelmChart`

/**
 * A HelmChart of K3s or RKE2. It is named by the install Job that it owns (without the controller flag), and it has the
 * name of its release, in the namespace that it targets. A HelmChartConfig of the same name adds values.
 * @see k3s-io/helm-controller pkg/controllers/chart/chart.go
 */
export const helmChartOrigin: OriginReader = {
  kind: 'HelmChart',
  recognise(question) {
    const { root, behind } = question
    if (behind === undefined) return isHelmChart(root) ? foundOf(root, 'the root of the owner chain') : ofJob(question)
    return behind.origin.kind === 'HelmRelease' ? ofRelease(question, behind) : undefined
  },
}

function isHelmChart(object: ApiObject): boolean {
  return object.kind === 'HelmChart' && groupOf(object.apiVersion) === groupOf(apiVersion)
}

function ofJob({ root, cluster }: OriginQuestion): FoundOrigin | undefined {
  if (root.kind !== 'Job') return undefined
  const namespace = textAt(root, 'metadata', 'namespace')
  const owner = ownerReferencesOf(root).find(
    (one) => one.kind === 'HelmChart' && groupOf(one.apiVersion) === groupOf(apiVersion),
  )
  const annotated = annotationOf(root, 'objectset.rio.cattle.io/owner-gvk') === ownerGvk
  const name = owner?.name ?? (annotated ? annotationOf(root, 'objectset.rio.cattle.io/owner-name') : undefined)
  const place = annotationOf(root, 'objectset.rio.cattle.io/owner-namespace') ?? namespace
  if (name === undefined || place === undefined) return undefined
  const evidence =
    owner === undefined ? 'annotation objectset.rio.cattle.io/owner-name' : 'owner reference to the HelmChart'
  const object = objectIndex(cluster).find(apiVersion, 'HelmChart', place, name)
  return object === undefined
    ? { origin: { kind: 'HelmChart', namespace: place, name, evidence } }
    : foundOf(object, evidence)
}

function ofRelease({ cluster }: OriginQuestion, { origin }: FoundOrigin): FoundOrigin | undefined {
  const chart = objectIndex(cluster)
    .ofKind(groupOf(apiVersion), 'HelmChart')
    .find(
      (one) =>
        one.metadata.name === origin.name &&
        (textAt(one, 'spec', 'targetNamespace') ?? one.metadata.namespace) === origin.namespace,
    )
  return chart === undefined ? undefined : foundOf(chart, 'a HelmChart of the name and namespace of the release')
}

function foundOf(object: ApiObject, evidence: string): FoundOrigin {
  const namespace = textAt(object, 'metadata', 'namespace')
  const place = namespace === undefined ? {} : { namespace }
  return {
    origin: { kind: 'HelmChart', ...place, name: object.metadata.name ?? '', ...chartOf(object), evidence },
    object,
  }
}

/** `spec.chart` is a chart's name, or the place of its archive: `https://.../traefik-34.2.1+up34.2.0.tgz`. */
function chartOf(object: ApiObject): { readonly chart?: string; readonly chartVersion?: string } {
  const named = textAt(object, 'spec', 'chart') ?? annotationOf(object, 'helm.cattle.io/chart-url')
  const given = textAt(object, 'spec', 'version')
  if (named === undefined) return given === undefined ? {} : { chartVersion: given }
  const file = named.split('/').at(-1) ?? named
  const archive = file.endsWith('.tgz') ? file.slice(0, -'.tgz'.length) : undefined
  const { chart, version } = archive === undefined ? { chart: file } : parseChartLabel(archive)
  const chartVersion = given ?? version
  return { chart, ...(chartVersion === undefined ? {} : { chartVersion }) }
}
