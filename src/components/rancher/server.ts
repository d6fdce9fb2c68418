import { afterHelmUpgrade } from '#components/after-change.ts'
import { helmUpgrade } from '#components/command.ts'
import type { Piece, PlacementReach } from '#components/component.ts'
import { releaseOf, standingInRelease } from '#components/lookup.ts'
import {
  documented,
  helmTarget,
  noPlace,
  placement,
  podPatch,
  present,
  switchedOff,
  workloadPatch,
} from '#components/placements.ts'
import { rancherChartVersion, rancherNamespace } from '#components/rancher-server.ts'
import { imageNamed, isNamed, type Subject } from '#components/subject.ts'
import { hasChange } from '#components/version.ts'
import { annotationOf } from '#model/raw-object.ts'

const extraTolerationsSince = ['2.9.6', '2.10.0']

function serverRelease(subject: Subject) {
  return releaseOf(subject) ?? { name: 'rancher', namespace: rancherNamespace }
}

const server: Piece = {
  id: 'rancher/server',
  docs: {
    recognised: 'Deployment with image `rancher/rancher`',
    set: '`extraTolerations` of chart rancher (a list, although its default is an empty map)',
    versions: '2.9.6, 2.10.0 and newer',
    source: 'chart/templates/deployment.yaml; rancher/rancher#47038, #48534',
  },
  recognises: (subject) => subject.kind === 'Deployment' && imageNamed(subject, 'rancher/rancher') !== undefined,
  placements: ({ subject, version }) => {
    const release = serverRelease(subject)
    const reach: PlacementReach =
      version === undefined
        ? {
            kind: 'Unknown',
            because: `Rancher's version is not known; the key exists from ${extraTolerationsSince.join(' and ')} on`,
          }
        : hasChange(version.version, extraTolerationsSince)
          ? documented
          : { kind: 'NotReached', mendedIn: extraTolerationsSince }
    return present(
      placement({
        target: helmTarget(release.name, release.namespace, 'extraTolerations'),
        standing: standingInRelease(subject.cluster, release.namespace, release.name, ['extraTolerations']),
        reach,
        evidence: `the chart appends extraTolerations to its own, from ${extraTolerationsSince.join(' and ')} on (rancher/rancher#47038)`,
        apply: [
          helmUpgrade(release.name, 'rancher-stable/rancher', release.namespace, rancherChartVersion(subject.cluster)),
        ],
        afterwards: afterHelmUpgrade(subject, release),
        warnings: [
          'extraTolerations reach the Rancher server only: not rancher-webhook, Fleet, the agents or helm-operation Pods (rancher/rancher#48541).',
        ],
      }),
      workloadPatch(subject, { lasts: 'until the next helm upgrade' }),
      podPatch(subject),
    )
  },
}

/** A hook Job of the rancher chart; no release passes tolerations to it. */
function hookPiece(
  id: string,
  suffix: 'pre-upgrade' | 'post-delete',
  docs: Piece['docs'],
  off: string | undefined,
): Piece {
  return {
    id,
    docs,
    recognises: (subject) =>
      isNamed(subject, ['Job'], new RegExp(`-${suffix}$`)) &&
      imageNamed(subject, 'rancher/rancher', 'rancher/shell') !== undefined &&
      (annotationOf(subject.root, 'helm.sh/hook')?.includes(suffix) === true || subject.name === `rancher-${suffix}`),
    placements: ({ subject }) => {
      const release = serverRelease(subject)
      const chart = rancherChartVersion(subject.cluster)
      const left =
        off === undefined
          ? undefined
          : switchedOff(off, release, {
              evidence: `the chart leaves the Job out where ${off} is false (rancher/rancher#51275)`,
              apply: [helmUpgrade(release.name, 'rancher-stable/rancher', release.namespace, chart)],
            })
      return present(
        noPlace(
          `the chart's ${suffix} hook Job takes no tolerations, not even extraTolerations, up to 2.15.0 (rancher/rancher#54624, #56615, open #57197)`,
        ),
        podPatch(subject, {
          warnings: ['The next run of the hook waits again.'],
          afterwards: afterHelmUpgrade(subject, release),
        }),
        left,
      )
    },
  }
}

/** What the rancher chart renders. */
export const serverPieces: readonly Piece[] = [
  hookPiece(
    'rancher/pre-upgrade',
    'pre-upgrade',
    {
      recognised: 'hook Job `*-pre-upgrade`, image `rancher/rancher` or `rancher/shell`',
      set: 'nowhere: patch the Pending Pod',
      versions: 'from 2.12.0',
      source: 'rancher/rancher#54624, #56615, #57197',
    },
    undefined,
  ),
  hookPiece(
    'rancher/post-delete',
    'post-delete',
    {
      recognised: 'hook Job `*-post-delete`, image `rancher/rancher` or `rancher/shell`',
      set: 'nowhere: patch the Pending Pod, or `postDelete.enabled: false`',
      versions: 'all',
      source: 'rancher/rancher#51275',
    },
    'postDelete.enabled',
  ),
  server,
]
