import { editCommand } from '#components/command.ts'
import type { Piece, Placement, PlacementQuestion, StandingList } from '#components/component.ts'
import { find, releaseOf, standingInRelease, standingInYaml } from '#components/lookup.ts'
import { coversAll } from '#components/made-before.ts'
import { jobOf, noPlace, placement, podPatch, present, untaintedNode } from '#components/placements.ts'
import { imageNamed, labelled, ownerOfKind, type Subject } from '#components/subject.ts'
import type { Toleration } from '#model/api/pod.ts'
import { annotationOf, labelOf, textAt, valueAt } from '#model/raw-object.ts'

const chartLabel = 'helmcharts.helm.cattle.io/chart'

/** What K3s gives its packaged charts and manifests; a list that replaces it must repeat it. */
export const packagedTolerations: readonly Toleration[] = [
  { key: 'CriticalAddonsOnly', operator: 'Exists' },
  { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node-role.kubernetes.io/master', operator: 'Exists', effect: 'NoSchedule' },
]

/** A chart that K3s or RKE2 installs through a HelmChart object in kube-system. */
function chartPiece(id: string, chart: RegExp, example: string, defaults: readonly Toleration[]): Piece {
  return {
    id,
    docs: {
      recognised: `workload of Helm release \`${example}\` in \`kube-system\` that a HelmChart object stands for`,
      set: `HelmChartConfig \`kube-system/${example}\`, \`spec.valuesContent\`, \`tolerations\`; in clusters that Rancher provisioned \`spec.rkeConfig.chartValues\``,
      versions: "all; the list replaces the chart's",
      source: 'k3s-io/helm-controller pkg/controllers/chart/chart.go',
    },
    recognises: (subject) => {
      const release = releaseOf(subject)
      return release?.namespace === 'kube-system' && chart.test(release.name) && isPackagedChart(subject, release.name)
    },
    placements: (question) => chartPlacements(question, defaults),
  }
}

function isPackagedChart(subject: Subject, name: string): boolean {
  const helmChart = find(subject.cluster, 'helm.cattle.io/v1', 'HelmChart', 'kube-system', name)
  if (helmChart !== undefined) {
    const packaged = annotationOf(helmChart, 'objectset.rio.cattle.io/owner-gvk')?.startsWith('k3s.cattle.io/') === true
    return packaged || labelOf(helmChart, 'objectset.rio.cattle.io/hash') !== undefined || name.startsWith('rke2-')
  }
  return subject.images.some(({ repository }) =>
    /(^|\/)rancher\/(mirrored-|hardened-|rke2-|nginx-ingress)/.test(repository),
  )
}

function chartPlacements({ subject }: PlacementQuestion, defaults: readonly Toleration[]): readonly Placement[] {
  const name = releaseOf(subject)?.name ?? ''
  const config = find(subject.cluster, 'helm.cattle.io/v1', 'HelmChartConfig', 'kube-system', name)
  return present(
    placement({
      target: {
        kind: 'CustomResource',
        path: 'spec.valuesContent tolerations',
        resource: 'HelmChartConfig.helm.cattle.io',
        namespace: 'kube-system',
        name,
      },
      standing: standing(subject, name, textAt(config, 'spec', 'valuesContent'), defaults),
      evidence:
        'values of a HelmChartConfig come after those of the HelmChart; a list replaces a list (helm-controller)',
      apply:
        config === undefined
          ? ['kubectl apply -f helmchartconfig.yaml']
          : [editCommand('helmchartconfigs.helm.cattle.io', 'kube-system', name)],
      warnings: [
        'spec.valuesContent is YAML as text. The list replaces the packaged one: its entries are repeated.',
        'In a cluster that Rancher provisioned set spec.rkeConfig.chartValues of the Cluster instead: Rancher writes the HelmChartConfig from it.',
      ],
      afterwards: ['A helm-install Job then upgrades the chart: its Pod must find a node itself.'],
    }),
    podPatch(subject),
  )
}

function standing(
  subject: Subject,
  name: string,
  valuesContent: string | undefined,
  defaults: readonly Toleration[],
): StandingList {
  if (valuesContent !== undefined)
    return standingInYaml(subject, valuesContent, ['tolerations'], `HelmChartConfig ${name}`, defaults)
  const inRelease = standingInRelease(subject.cluster, 'kube-system', name, ['tolerations'], defaults)
  if (inRelease.unknown === undefined || defaults.length === 0) return inRelease
  return { entries: defaults, from: `HelmChart ${name} as K3s packages it` }
}

const helmInstall: Piece = {
  id: 'k3s/helm-install',
  docs: {
    recognised:
      'Job `helm-install-*` or `helm-delete-*`, label `helmcharts.helm.cattle.io/chart`, image `rancher/klipper-helm`',
    set: 'nowhere; `spec.bootstrap: true` of a HelmChart brings a fixed list for control-plane nodes',
    versions: 'all',
    source: 'k3s-io/helm-controller pkg/controllers/chart/chart.go; k3s-io/k3s#6383, helm-controller#93, #247',
  },
  recognises: (subject) =>
    (ownerOfKind(subject, 'HelmChart') !== undefined || subject.kind === 'Job') &&
    labelled(subject, chartLabel) !== undefined &&
    (imageNamed(subject, 'rancher/klipper-helm') !== undefined || /^helm-(install|delete)-/.test(jobOf(subject) ?? '')),
  placements: ({ subject, wanted }) => {
    const chart = labelled(subject, chartLabel) ?? 'NAME'
    return present(
      noPlace(
        `HelmChart has no field for tolerations of its Jobs; only spec.bootstrap: true brings a fixed list, for control-plane nodes (k3s-io/helm-controller#247)`,
      ),
      bootstrap(subject, chart, wanted),
      podPatch(subject, { warnings: [`The next helm-install Job of HelmChart ${chart} waits again.`] }),
      untaintedNode('add a node without the taint, or remove the taint while charts are installed'),
    )
  },
}

/**
 * What the Jobs of a HelmChart with `bootstrap` tolerate, beside taints of nodes that are not ready.
 * @see k3s-io/helm-controller pkg/controllers/chart/chart.go
 */
const bootstrapTolerations: readonly Toleration[] = [
  { key: 'CriticalAddonsOnly', operator: 'Exists' },
  { key: 'node-role.kubernetes.io/etcd', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' },
]

/** The switch that brings a fixed list; undefined where the list lacks something, or the switch is on already. */
function bootstrap(subject: Subject, name: string, wanted: readonly Toleration[]): Placement | undefined {
  const { cluster, namespace } = subject
  const chart = find(cluster, 'helm.cattle.io/v1', 'HelmChart', namespace, name)
  const isOn = valueAt(chart, 'spec', 'bootstrap') === true
  if (isOn || wanted.length === 0 || !coversAll(bootstrapTolerations, wanted)) return undefined
  return placement({
    target: {
      kind: 'CustomResource',
      path: 'spec.bootstrap',
      resource: 'HelmChart.helm.cattle.io',
      namespace,
      name,
    },
    takesTolerations: false,
    sets: [{ path: 'spec.bootstrap', value: true }],
    brings: true,
    evidence: 'Jobs of a HelmChart with it tolerate CriticalAddonsOnly, etcd and control-plane taints, no others',
    apply: [editCommand('helmcharts.helm.cattle.io', namespace, name)],
    warnings: ['K3s and RKE2 write packaged HelmCharts again when the server starts.'],
  })
}

/** Packaged components that are Helm charts, and the Jobs that install them. RKE2's own follow the same rule. */
export const chartPieces: readonly Piece[] = [
  helmInstall,
  chartPiece('k3s/traefik', /^(rke2-)?traefik$/, 'traefik', packagedTolerations),
  chartPiece('k3s/rke2-coredns', /^rke2-coredns$/, 'rke2-coredns', []),
  chartPiece('k3s/rke2-metrics-server', /^rke2-metrics-server$/, 'rke2-metrics-server', []),
  chartPiece('k3s/rke2-ingress-nginx', /^rke2-ingress-nginx$/, 'rke2-ingress-nginx', []),
]
