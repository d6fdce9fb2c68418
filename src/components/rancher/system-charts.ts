import { editCommand, helmUpgrade, patchCommand } from '#components/command.ts'
import type { Piece, Placement, PlacementQuestion } from '#components/component.ts'
import { find, releaseOf, standingInObject, standingInRelease } from '#components/lookup.ts'
import { helmTarget, noPlace, placement, podPatch, present, workloadPatch } from '#components/placements.ts'
import { rancherNamespace } from '#components/rancher-server.ts'
import { imageNamed, isNamed, type Subject } from '#components/subject.ts'
import { annotationOf } from '#model/raw-object.ts'

/** A workload whose chart or builder takes no tolerations. */
function withoutPlace(
  id: string,
  docs: Piece['docs'],
  evidence: string,
  recognises: (subject: Subject) => boolean,
): Piece {
  return {
    id,
    docs,
    recognises,
    placements: ({ subject }) =>
      present(
        noPlace(evidence),
        workloadPatch(subject, { lasts: 'until Rancher upgrades or makes it again' }),
        podPatch(subject),
      ),
  }
}

/** A workload whose chart reads `tolerations` from a key of ConfigMap rancher-config. */
function fromRancherConfig({ subject }: PlacementQuestion, key: string, evidence: string): readonly Placement[] {
  return present(
    placement({
      target: {
        kind: 'ConfigMap',
        path: `data[${key}] tolerations`,
        namespace: rancherNamespace,
        name: 'rancher-config',
      },
      standing: standingInRelease(subject.cluster, subject.namespace, releaseOf(subject)?.name ?? key, ['tolerations']),
      evidence,
      apply: [editCommand('configmap', rancherNamespace, 'rancher-config')],
      warnings: ['The key is not there by default: add it by hand. Its value is YAML text.'],
    }),
    workloadPatch(subject, { lasts: 'until Rancher upgrades the release' }),
    podPatch(subject),
  )
}

const capi: Piece = {
  id: 'rancher/capi-controller-manager',
  docs: {
    recognised: 'Deployment `capi-controller-manager` in `cattle-capi-system` or `cattle-provisioning-capi-system`',
    set: 'up to 2.12 ConfigMap `rancher-config`, key `rancher-provisioning-capi`; from 2.13 `spec.deployment.tolerations` of CAPIProvider `cattle-capi-system/cluster-api`',
    versions: '2.7.7 and newer',
    source: 'charts/rancher-provisioning-capi; rancher/turtles charts/rancher-turtles/templates/core-provider.yaml',
  },
  recognises: (subject) =>
    ['cattle-capi-system', 'cattle-provisioning-capi-system'].includes(subject.namespace) &&
    (isNamed(subject, ['Deployment'], 'capi-controller-manager') ||
      (subject.kind === 'CAPIProvider' && subject.name === 'cluster-api')),
  placements: (question) => {
    const { subject } = question
    if (subject.namespace === 'cattle-provisioning-capi-system') {
      return fromRancherConfig(
        question,
        'rancher-provisioning-capi',
        'Rancher 2.7.7 to 2.13 passes the key to chart rancher-provisioning-capi',
      )
    }
    const object = find(
      subject.cluster,
      'turtles-capi.cattle.io/v1alpha1',
      'CAPIProvider',
      subject.namespace,
      'cluster-api',
    )
    const path = 'spec.deployment.tolerations'
    return present(
      placement({
        target: {
          kind: 'CustomResource',
          path,
          resource: 'CAPIProvider.turtles-capi.cattle.io',
          namespace: subject.namespace,
          name: 'cluster-api',
        },
        standing: standingInObject(object, path.split('.'), 'CAPIProvider cluster-api'),
        evidence: "the field is in the definition of CAPIProvider; Rancher's chart does not set it",
        apply: [patchCommand('capiproviders.turtles-capi.cattle.io', subject.namespace, 'cluster-api')],
        lasts: 'until Rancher installs or upgrades rancher-turtles',
      }),
      podPatch(subject),
    )
  },
}

const operators: Piece = {
  id: 'rancher/hosted-operator',
  docs: {
    recognised: 'Deployment `eks-config-operator`, `aks-config-operator`, `gke-config-operator` in `cattle-system`',
    set: '`tolerations` of release `rancher-eks-operator` and its like, by Apps in the UI or helm',
    versions: 'all',
    source: 'pkg/controllers/dashboard/hostedcluster/controller.go',
  },
  recognises: (subject) =>
    isNamed(subject, ['Deployment'], /^(eks|aks|gke)-config-operator$/) &&
    imageNamed(subject, `rancher/${subject.name.slice(0, 3)}-operator`) !== undefined,
  placements: ({ subject }) => {
    const name = releaseOf(subject)?.name ?? `rancher-${subject.name.slice(0, 3)}-operator`
    return present(
      placement({
        target: helmTarget(name, subject.namespace, 'tolerations'),
        standing: standingInRelease(subject.cluster, subject.namespace, name, ['tolerations']),
        evidence:
          'the chart appends tolerations to its own; Rancher passes no values of a person, but keeps what the release holds',
        apply: [helmUpgrade(name, `rancher-charts/${name}`, subject.namespace)],
      }),
      podPatch(subject),
    )
  },
}

/** What Rancher installs as system charts, and makes by itself in its own cluster. */
export const systemChartPieces: readonly Piece[] = [
  capi,
  operators,
  withoutPlace(
    'rancher/system-upgrade-controller',
    {
      recognised:
        'Deployment `system-upgrade-controller`, image `rancher/system-upgrade-controller`, in `cattle-system`',
      set: 'not needed: it tolerates every taint',
      versions: 'all',
      source: 'rancher/charts system-upgrade-controller',
    },
    'its chart tolerates every taint and takes no tolerations: a taint is not what keeps it',
    (subject) =>
      subject.namespace === 'cattle-system' &&
      isNamed(subject, ['Deployment'], /^system-upgrade-controller/) &&
      (imageNamed(subject, 'rancher/system-upgrade-controller') !== undefined ||
        annotationOf(subject.root, 'apps.cattle.io/managed-system-upgrade-controller') !== undefined),
  ),
  withoutPlace(
    'rancher/remotedialer-proxy',
    {
      recognised: 'Deployment `api-extension` in `cattle-system`, image `rancher/remotedialer-proxy`',
      set: 'nowhere: its chart has no tolerations',
      versions: '2.11 and newer',
      source: 'rancher/remotedialer-proxy charts/remotedialer-proxy/templates/deployment.yaml',
    },
    'chart remotedialer-proxy has no tolerations in its template, up to 0.8.0; what Rancher fills in is ignored',
    (subject) =>
      isNamed(subject, ['Deployment'], 'api-extension') &&
      imageNamed(subject, 'rancher/remotedialer-proxy') !== undefined,
  ),
  withoutPlace(
    'rancher/turtles',
    {
      recognised: 'Deployment `rancher-turtles-controller-manager`, image `rancher/turtles`',
      set: 'nowhere: the tolerations are fixed in the chart',
      versions: '2.13 and newer',
      source: 'rancher/turtles charts/rancher-turtles/templates/deployment.yaml',
    },
    'the tolerations of rancher-turtles are fixed in its chart (0.25.0 to 0.27.0); key rancher-turtles of rancher-config does not change them',
    (subject) =>
      isNamed(subject, ['Deployment'], 'rancher-turtles-controller-manager') &&
      ['cattle-turtles-system', 'rancher-turtles-system'].includes(subject.namespace),
  ),
  withoutPlace(
    'rancher/scc-operator',
    {
      recognised: 'Deployment `rancher-scc-operator` in `cattle-scc-system`',
      set: 'nowhere',
      versions: '2.12.1 and newer',
      source: 'pkg/scc/deployer/params/params.go; rancher/rancher#48541',
    },
    'Rancher builds it without tolerations, and no setting changes that (rancher/rancher#48541)',
    (subject) => isNamed(subject, ['Deployment'], 'rancher-scc-operator') && subject.namespace === 'cattle-scc-system',
  ),
  withoutPlace(
    'rancher/machineconfig-cleanup',
    {
      recognised: 'CronJob `rke2-machineconfig-cleanup-cronjob` in `fleet-local`',
      set: 'nowhere',
      versions: '2.9.2 and newer',
      source: 'pkg/controllers/provisioningv2/machineconfigcleanup; rancher/rancher#56615',
    },
    'Rancher builds it without tolerations, and no setting changes that (rancher/rancher#56615)',
    (subject) =>
      isNamed(subject, ['CronJob', 'Job'], /^rke2-machineconfig-cleanup-cronjob/) &&
      subject.namespace === 'fleet-local',
  ),
  withoutPlace(
    'rancher/cleanup',
    {
      recognised: 'Job `cattle-cleanup-*` in `default`, container `cleanup-agent`',
      set: 'nowhere: the removal of the cluster goes on without it',
      versions: 'all',
      source: 'pkg/controllers/management/usercontrollers/controller.go',
    },
    'Rancher builds it without tolerations; the removal of the cluster goes on without it after three tries',
    (subject) => isNamed(subject, ['Job'], /^cattle-cleanup-/) && subject.containers.includes('cleanup-agent'),
  ),
]
