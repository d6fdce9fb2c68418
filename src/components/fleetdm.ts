import { revisionsOf } from '#ownership/helm/release.ts'
import { afterHelmUpgrade } from './after-change.ts'
import { helmUpgrade } from './command.ts'
import type { KnownSystem, Piece, Placement, PlacementQuestion } from './component.ts'
import { mostTrusted } from './known-version.ts'
import { helmRelease, releaseOf, standingInRelease } from './lookup.ts'
import { also, helmTarget, placement, podPatch, present, switchedOff } from './placements.ts'
import { imageNamed, isNamed, labelled, type Subject } from './subject.ts'
import { isAtLeast, parseVersion } from './version.ts'

/** FleetDM's chart and Rancher Fleet's share their name: only labels and images tell them apart. */
function isFleetDm(subject: Subject): boolean {
  if (imageNamed(subject, 'fleetdm/fleet') !== undefined) return true
  return (
    labelled(subject, 'chart') === 'fleet' &&
    labelled(subject, 'app') === 'fleet' &&
    labelled(subject, 'heritage') !== undefined
  )
}

function piece(id: string, kinds: readonly string[], name: string | RegExp, docs: Piece['docs'], off?: string): Piece {
  return {
    id,
    docs,
    recognises: (subject) => isNamed(subject, kinds, name) && isFleetDm(subject),
    placements: (question) => placements(question, off),
  }
}

function placements({ subject }: PlacementQuestion, off: string | undefined): readonly Placement[] {
  const release = releaseOf(subject) ?? { name: labelled(subject, 'release') ?? 'fleet', namespace: subject.namespace }
  const record = helmRelease(subject.cluster, release.namespace, release.name)
  const chartVersion = subject.origin?.chartVersion ?? record?.chart?.version
  const apply = [helmUpgrade(release.name, 'fleet/fleet', release.namespace, chartVersion)]
  const natural = placement({
    target: helmTarget(release.name, release.namespace, 'tolerations'),
    standing: standingInRelease(subject.cluster, release.namespace, release.name, ['tolerations']),
    evidence: "Deployment, migration Job and CronJob all read the chart's tolerations (charts/fleet/templates)",
    apply,
    afterwards: afterHelmUpgrade(subject, release),
    warnings: ['The list replaces what the values hold now: the entries there are repeated.'],
  })
  const left =
    off === undefined
      ? undefined
      : switchedOff(off, release, {
          evidence: `the chart leaves the workload out where ${off} is false`,
          apply,
          afterwards: afterHelmUpgrade(subject, release),
        })
  return present(also(natural, { warnings: selectorFix(subject, release, chartVersion) }), podPatch(subject), left)
}

/** Charts before 6.6.6 match the Pods of Jobs in the Deployment's and the Service's selector as well. */
function selectorFix(
  { cluster }: Subject,
  release: { name: string; namespace: string },
  chartVersion: string | undefined,
): string[] {
  const version = parseVersion(chartVersion)
  if (version === undefined) return []
  if (!isAtLeast(version, '6.6.6')) {
    return ['Selectors of this chart also match the Pods of its Jobs; chart 6.6.6 mends that (fleetdm/fleet#29710).']
  }
  const older = revisionsOf(cluster, release.namespace, release.name).some((record) => {
    const deployed = parseVersion(record.chart?.version)
    return deployed !== undefined && !isAtLeast(deployed, '6.6.6')
  })
  if (!older) return []
  return [
    "From 6.6.6 on the Deployment's selector has component: fleet-server. A selector cannot change, so the upgrade from an older chart fails after the migration has run, and the Service has lost its endpoints by afterwards: delete Deployment fleet before upgrading (fleetdm/fleet#29828).",
  ]
}

const shared = {
  set: '`tolerations` of chart fleet (FleetDM)',
  source: 'fleetdm/fleet charts/fleet/templates; #29710, #29828',
}

/** FleetDM's chart. */
export const fleetdm: KnownSystem = {
  name: 'fleetdm',
  pieces: [
    piece('fleetdm/server', ['Deployment'], 'fleet', {
      ...shared,
      recognised: 'Deployment `fleet`, image `fleetdm/fleet` or labels `app`, `chart`, `heritage`',
      versions: '3.9 to 7.x; selectors mended in 6.6.6',
    }),
    piece(
      'fleetdm/migration',
      ['Job'],
      'fleet-migration',
      {
        ...shared,
        recognised: 'Job `fleet-migration`, image or labels as above',
        versions: '6.3 to 7.x; off with `fleet.autoApplySQLMigrations`',
      },
      'fleet.autoApplySQLMigrations',
    ),
    piece(
      'fleetdm/vuln-processing',
      ['CronJob', 'Job'],
      /^fleet-vulnprocessing(-\d+)?$/,
      {
        ...shared,
        recognised: 'CronJob `fleet-vulnprocessing` (a Job of it too)',
        versions: 'since 2025; off with `vulnProcessing.dedicated`',
      },
      'vulnProcessing.dedicated',
    ),
  ],
  selectorFacts: (subject) => {
    const release = releaseOf(subject)
    if (release === undefined) return []
    const record = helmRelease(subject.cluster, release.namespace, release.name)
    return selectorFix(subject, release, subject.origin?.chartVersion ?? record?.chart?.version)
  },
  versionOf: (subject) => {
    const own = imageNamed(subject, 'fleetdm/fleet')
    const release = releaseOf(subject)
    const record = release === undefined ? undefined : helmRelease(subject.cluster, release.namespace, release.name)
    const app = subject.origin?.appVersion ?? record?.chart?.appVersion
    return mostTrusted([
      { written: own?.tag, source: `image ${own?.text}` },
      { written: app, source: `appVersion ${app} of the release` },
    ])
  },
}
