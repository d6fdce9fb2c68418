import type { Pod, Toleration } from '#model/api/pod.ts'
import type { ApiObject, ClusterState } from '#model/cluster-state.ts'
import { objectIndex } from '#model/object-index.ts'
import { annotationOf, listAt, textAt, valueAt } from '#model/raw-object.ts'
import { command, editCommand, helmUpgrade } from './command.ts'
import type { KnownSystem, Piece, Placement, PlacementQuestion, RemakeQuestion, StandingList } from './component.ts'
import { mostTrusted } from './known-version.ts'
import { find, imageIn, releaseOf, standingInRelease, standingInYaml } from './lookup.ts'
import { placement, podPatch, present, workloadPatch } from './placements.ts'
import { imageNamed, isBarePod, readTolerations, type Subject, templateOf } from './subject.ts'
import { isAtLeast, parseVersion, type Version } from './version.ts'

const image = 'rancher/local-path-provisioner'
const everything: Toleration = { operator: 'Exists' }
const diskPressure: Toleration = { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' }

const provisioner: Piece = {
  id: 'local-path/provisioner',
  docs: {
    recognised: 'Deployment with image `rancher/local-path-provisioner` that is no packaged manifest of K3s',
    set: 'chart: `tolerations`; static manifest: the Deployment',
    versions: '0.0.1 to 0.0.37',
    source: 'deploy/chart/local-path-provisioner/values.yaml',
  },
  recognises: (subject) =>
    subject.kind === 'Deployment' && imageNamed(subject, image) !== undefined && !isPackaged(subject),
  placements: ({ subject }) => {
    const release = releaseOf(subject)
    return present(
      release === undefined
        ? undefined
        : chartValue(subject, release, 'tolerations', {
            evidence: "the chart's tolerations are for the provisioner itself",
          }),
      workloadPatch(subject, {
        evidence: 'a static manifest without values',
        ...(release === undefined ? {} : { lasts: 'until the next helm upgrade' }),
      }),
      podPatch(subject),
    )
  },
}

/** K3s puts its copy into kube-system with the annotations of an Addon; that one is the system k3s. */
function isPackaged({ root, namespace }: Subject): boolean {
  return (
    namespace === 'kube-system' &&
    annotationOf(root, 'objectset.rio.cattle.io/owner-gvk')?.startsWith('k3s.cattle.io/') === true
  )
}

const helper: Piece = {
  id: 'local-path/helper',
  docs: {
    recognised:
      'Pod without owner, name `helper-pod-create-pvc-*`, `helper-pod-delete-pvc-*` (up to 0.0.17 `create-pvc-*`), container `helper-pod` or `local-path-*`',
    set: 'ConfigMap `local-path-config`, key `helperPod.yaml`, `spec.tolerations`; chart: `configmap.helperPod.tolerations` from 0.0.32',
    versions:
      '0.0.7 to 0.0.31 tolerate everything; from 0.0.32 what the template says, disk-pressure where it says nothing',
    source: 'rancher/local-path-provisioner#15, #486, #487; provisioner.go createHelperPod',
  },
  recognises: (subject) =>
    isBarePod(subject) &&
    /^(?:[a-z0-9.-]+-)?(?:create|delete)-pvc-[a-f0-9-]+/.test(subject.pod?.metadata.name ?? '') &&
    subject.containers.some((name) => name === 'helper-pod' || /^local-path-(create|delete)$/.test(name)),
  placements: (question) =>
    present(
      ...helperPlacements(question),
      podPatch(question.subject, {
        warnings: [
          'The provisioner deletes the helper after its time-out (120 s by default) and makes another from the template.',
        ],
      }),
    ),
  remade: helperFromTemplate,
}

/** The helper goes to its node by `spec.nodeName`; all else of it that matters here stands in the template. */
function helperFromTemplate({ cluster, namespace, name, node, readYaml }: RemakeQuestion): Pod {
  const text = textAt(find(cluster, 'v1', 'ConfigMap', namespace, 'local-path-config'), 'data', 'helperPod.yaml')
  const template = text === undefined ? undefined : readYaml(text)
  const given = readTolerations(valueAt(template, 'spec', 'tolerations'))
  const version = parseVersion(imageIn(provisionerIn(cluster, namespace), image)?.tag)
  const byTemplate = given.length > 0 ? given : [diskPressure]
  const tolerations = readsTemplate(version) ? byTemplate : [...byTemplate, everything]
  return {
    metadata: { name, namespace },
    spec: { nodeName: node, tolerations, containers: [{ name: 'helper-pod' }] },
    status: {},
  }
}

function helperPlacements({ subject, version }: PlacementQuestion): Placement[] {
  const controller = provisionerIn(subject.cluster, subject.namespace)
  const isFromTemplate = readsTemplate(version?.version)
  const evidence = isFromTemplate
    ? 'from 0.0.32 on helper Pods tolerate what helperPod.yaml says (rancher/local-path-provisioner#486)'
    : `provisioner ${version?.version.text} adds a toleration of every taint by itself, so this Pod should not need it; helperPod.yaml is the one place to set more`
  const configMap = fromConfigMap(subject, controller, evidence, isFromTemplate)
  const release = controller === undefined ? undefined : releaseOf({ ...subject, root: controller, origin: undefined })
  if (release === undefined || !isFromTemplate) return [configMap]
  const path = 'configmap.helperPod.tolerations'
  return [
    chartValue(subject, release, path, {
      evidence: 'the chart appends it to disk-pressure in helperPod.yaml, from 0.0.32 on',
      afterwards: configMap.afterwards,
    }),
    { ...configMap, lasts: 'until the next helm upgrade' },
  ]
}

function fromConfigMap(
  subject: Subject,
  controller: ApiObject | undefined,
  evidence: string,
  isFromTemplate: boolean,
): Placement {
  const namespace = subject.namespace
  const object = find(subject.cluster, 'v1', 'ConfigMap', namespace, 'local-path-config')
  const text = textAt(object, 'data', 'helperPod.yaml')
  const read = standingInYaml(
    subject,
    text,
    ['spec', 'tolerations'],
    'helperPod.yaml',
    isFromTemplate ? [diskPressure] : [],
  )
  return placement({
    target: { kind: 'ConfigMap', path: 'data[helperPod.yaml] spec.tolerations', namespace, name: 'local-path-config' },
    standing: read,
    evidence,
    apply: [editCommand('configmap', namespace, 'local-path-config')],
    afterwards: [
      reload(controller, namespace),
      "The provisioner's next try makes a helper Pod from it, and replaces one that is there.",
    ],
    warnings: [
      'The key holds YAML as text; the list stands in it below spec.tolerations.',
      ...(isFromTemplate
        ? [
            'Keep node.kubernetes.io/disk-pressure: from 0.0.32 on the provisioner adds it only where the template has no tolerations.',
          ]
        : []),
      ...(namespace === 'kube-system' ? ['K3s puts its packaged manifests back when the server starts.'] : []),
    ],
    ...(isFromTemplate ? {} : { reach: { kind: 'Unknown', because: evidence } }),
  })
}

/** The template is read again by itself only where the provisioner knows where its ConfigMap is mounted. */
function reload(controller: ApiObject | undefined, namespace: string): string {
  const name = controller?.metadata.name ?? 'local-path-provisioner'
  const containers = listAt(controller === undefined ? undefined : templateOf(controller)?.spec, 'containers')
  const env = containers.flatMap((container) => listAt(container, 'env'))
  if (env.some((variable) => textAt(variable, 'name') === 'CONFIG_MOUNT_PATH')) {
    return 'CONFIG_MOUNT_PATH is set: the provisioner reads the change within 30 s.'
  }
  return `The provisioner reads the change within 30 s where its CONFIG_MOUNT_PATH is set (0.0.27 and newer); else restart it: ${command`kubectl -n ${namespace} rollout restart deployment ${name}`}`
}

/** Older ones let their helpers tolerate everything, whatever the template says. */
function readsTemplate(version: Version | undefined): boolean {
  return version === undefined || isAtLeast(version, '0.0.32')
}

function provisionerIn(cluster: ClusterState, namespace: string): ApiObject | undefined {
  return objectIndex(cluster)
    .ofKind('apps', 'Deployment')
    .find((object) => object.metadata.namespace === namespace && imageIn(object, image) !== undefined)
}

function chartValue(
  subject: Subject,
  release: { name: string; namespace: string },
  path: string,
  facts: Partial<Placement> & { evidence: string },
): Placement {
  const standing: StandingList = standingInRelease(subject.cluster, release.namespace, release.name, path.split('.'))
  return placement({
    target: { kind: 'HelmValues', path, release: release.name, namespace: release.namespace, file: 'values.yaml' },
    standing,
    apply: [helmUpgrade(release.name, 'CHART', release.namespace)],
    ...facts,
  })
}

/** Rancher's local-path-provisioner, and the helper Pods of K3s' copy of it. */
export const localPath: KnownSystem = {
  name: 'local-path',
  pieces: [provisioner, helper],
  versionOf: (subject) => {
    const own = imageNamed(subject, image)
    const running = imageIn(provisionerIn(subject.cluster, subject.namespace), image)
    return mostTrusted([
      { written: own?.tag, source: `image ${own?.text}` },
      { written: running?.tag, source: `image ${running?.text}` },
    ])
  },
}
