import type { PersistentVolume } from '#model/api/storage.ts'
import { deleteCommand, helmUpgrade } from './command.ts'
import type { KnownSystem, Piece, Placement } from './component.ts'
import { mostTrusted } from './known-version.ts'
import { find, imageIn, releaseOf, standingInRelease } from './lookup.ts'
import { noPlace, placement, podPatch, present, untaintedNode, workloadPatch } from './placements.ts'
import { imageNamed, isBarePod, labelled, type Subject } from './subject.ts'
import { isAtLeast } from './version.ts'

const images = ['cdkbot/hostpath-provisioner', 'canonical/hostpath-provisioner'] as const
const helperLabels = ['microk8s.hostpath.io/managed-by', 'k8s.hostpath.io/managed-by'] as const

const provisioner: Piece = {
  id: 'hostpath/provisioner',
  docs: {
    recognised: 'Deployment with image `cdkbot/hostpath-provisioner`, or service account `microk8s-hostpath`',
    set: "the Deployment (a plain manifest of the MicroK8s add-on); of Canonical's chart: `tolerations`",
    versions: '1.2.0 to 1.5.0; the source of 1.6.0 (add-on 1.34 and newer) is not public',
    source: 'microk8s-core-addons addons/hostpath-storage/storage.yaml',
  },
  recognises: (subject) =>
    subject.kind === 'Deployment' &&
    (imageNamed(subject, ...images) !== undefined || subject.serviceAccount === 'microk8s-hostpath'),
  placements: ({ subject, version }) => {
    const next =
      'The helper Pods are the next to wait: they tolerate nothing, and no setting of the Deployment reaches them.'
    const release = releaseOf(subject)
    if (release !== undefined) {
      return present(
        placement({
          target: {
            kind: 'HelmValues',
            path: 'tolerations',
            release: release.name,
            namespace: release.namespace,
            file: 'values.yaml',
          },
          standing: standingInRelease(subject.cluster, release.namespace, release.name, ['tolerations']),
          evidence: 'chart hostpath-provisioner 0.1.0: tolerations reach the Deployment only',
          apply: [helmUpgrade(release.name, 'CHART', release.namespace)],
          warnings: [next],
        }),
        podPatch(subject),
      )
    }
    const unpublished = version === undefined || isAtLeast(version.version, '1.5.1')
    return present(
      workloadPatch(subject, {
        evidence: 'the add-on hostpath-storage is a plain manifest without values (canonical/microk8s#4385)',
        lasts: 'until the add-on is enabled again',
        warnings: [next],
        ...(unpublished
          ? {
              reach: {
                kind: 'Unknown',
                because: `the source of provisioner ${version?.version.text ?? '(version not known)'} is not public: what it needs beyond this is not known`,
              },
            }
          : {}),
      }),
      podPatch(subject),
    )
  },
}

const helper: Piece = {
  id: 'hostpath/helper',
  docs: {
    recognised:
      'Pod without owner, label `microk8s.hostpath.io/managed-by` or `k8s.hostpath.io/managed-by`; without it by name and container beside the provisioner',
    set: 'nowhere: patch the Pending Pod within about 500 s, or lift the taint while a volume is made',
    versions: '1.2.0 to 1.5.0; 1.6.0 not known',
    source: 'hostpath-provisioner.go runOnNode; canonical/microk8s#4385',
  },
  recognises: (subject) =>
    isBarePod(subject) &&
    (helperLabels.some((label) => labelled(subject, label) !== undefined) || looksLikeHelper(subject)),
  placements: ({ subject, version }) => {
    if (isLeftOver(subject)) return [leftOver(subject)]
    const unpublished = version !== undefined && isAtLeast(version.version, '1.5.1')
    const evidence = unpublished
      ? `the source of provisioner ${version.version.text} is not public; up to 1.5.0 helper Pods tolerate nothing and no setting changes that`
      : 'the provisioner builds helper Pods without tolerations, and no setting changes that (runOnNode, 1.2.0 to 1.5.0)'
    return [
      podPatch(subject, {
        reach: { kind: 'NotReached', mendedIn: [] },
        evidence,
        afterwards: [
          'Patch it within about 500 s of its making: after that the provisioner writes a volume that fits no node.',
        ],
        warnings: [
          'Tolerations on Deployment hostpath-provisioner do not reach helper Pods.',
          'The next volume needs the same again.',
        ],
      }),
      untaintedNode(
        'lift the taint while the volume is made, or let a mutating policy add the toleration to Pods with this label',
        {
          lasts: 'for this volume',
        },
      ),
    ]
  },
}

const provisioners = ['microk8s.io/hostpath', 'k8s.canonical.com/hostpath']

/**
 * Whether nobody waits for helper Pods any more: the provisioner gave up after some 500 s and wrote a volume for a node
 * without a name, and no claim of its classes is left that waits for a volume.
 */
function isLeftOver({ cluster }: Subject): boolean {
  const { persistentvolumes, persistentvolumeclaims, storageclasses } = cluster.lists
  const classes = storageclasses.items.filter(({ provisioner: by }) => by !== undefined && provisioners.includes(by))
  const names = new Set(classes.map(({ metadata }) => metadata.name))
  const waiting = persistentvolumeclaims.items.some(
    ({ spec, status }) => status?.phase !== 'Bound' && names.has(spec.storageClassName),
  )
  const isUnread = persistentvolumeclaims.missing !== undefined || storageclasses.missing !== undefined
  return !waiting && !isUnread && persistentvolumes.items.some(isForNoNode)
}

/** A volume whose host name is empty, which no node has. */
function isForNoNode({ spec }: PersistentVolume): boolean {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms ?? []
  return terms.some(({ matchExpressions = [] }) =>
    matchExpressions.some(({ key, values = [] }) => key === 'kubernetes.io/hostname' && values.includes('')),
  )
}

function leftOver({ namespace, pod }: Subject): Placement {
  return noPlace(
    'the provisioner gave up waiting after about 500 s and wrote a volume for a node without a name: no toleration helps any more',
    {
      afterwards: [
        `Delete this Pod, which nobody waits for any more: ${deleteCommand('pod', namespace, pod?.metadata.name)}`,
        'Then delete the claim and its volume (its node affinity holds an empty host name), and let both be made again.',
      ],
      warnings: [
        'Before the claim is made again, see that its helper Pod can run: tolerate the taint in time, or lift it.',
      ],
    },
  )
}

/** Helper Pods whose labels were lost in a report: their fixed name and container, beside the provisioner. */
function looksLikeHelper({ cluster, namespace, pod, containers }: Subject): boolean {
  if (!/^hostpath-provisioner-.*-[a-z0-9]{5}$/.test(pod?.metadata.name ?? '') || containers[0] !== 'busybox')
    return false
  return imageIn(find(cluster, 'apps/v1', 'Deployment', namespace, 'hostpath-provisioner'), ...images) !== undefined
}

/** Hostpath storage of MicroK8s and its provisioner. */
export const hostpath: KnownSystem = {
  name: 'hostpath',
  pieces: [provisioner, helper],
  versionOf: (subject) => {
    const own = imageNamed(subject, ...images)
    const running = imageIn(
      find(subject.cluster, 'apps/v1', 'Deployment', subject.namespace, 'hostpath-provisioner'),
      ...images,
    )
    return mostTrusted([
      { written: own?.tag, source: `image ${own?.text}` },
      { written: running?.tag, source: `image ${running?.text} of Deployment hostpath-provisioner` },
    ])
  },
}
