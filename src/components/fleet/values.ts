import { afterHelmUpgrade } from '#components/after-change.ts'
import { editCommand, helmUpgrade } from '#components/command.ts'
import type { KnownVersion, Placement, PlacementReach, StandingList } from '#components/component.ts'
import { find, standingInRelease, standingInYaml } from '#components/lookup.ts'
import { documented, helmTarget, placement } from '#components/placements.ts'
import { rancherChartVersion, rancherNamespace, rancherVersion } from '#components/rancher-server.ts'
import type { Subject } from '#components/subject.ts'
import { hasChange } from '#components/version.ts'
import type { Toleration } from '#model/api/pod.ts'
import { textAt } from '#model/raw-object.ts'
import { fleetChartVersion, fleetRelease, installMode } from './install.ts'

/** Facts about one value of the `fleet` chart. */
export interface FleetValue {
  readonly path: string
  readonly evidence: string
  readonly defaults?: readonly Toleration[]
  readonly facts?: Partial<Placement>
}

/** A value of the `fleet` chart, at the places where it is set: release `fleet`, or, under Rancher, Rancher's own. */
export function fleetValue(subject: Subject, version: KnownVersion | undefined, value: FleetValue): Placement[] {
  const standalone = inFleetRelease(subject, version, value)
  switch (installMode(subject)) {
    case 'Standalone':
      return [standalone]
    case 'Unknown': {
      const unsure =
        'Whether Rancher installed Fleet cannot be told from what was read; under Rancher this value goes below fleet: in the values of release rancher.'
      return [
        { ...standalone, warnings: [...standalone.warnings, unsure] },
        ...underRancher(subject, value).slice(0, 1),
      ]
    }
    case 'Rancher':
      return [...underRancher(subject, value), ...(readsRancherConfig(subject) ? [] : [standalone])]
  }
}

/** Rancher reads the values for Fleet from its own chart, through ConfigMap rancher-config, from these releases on. */
const rancherConfigSince = ['2.8.3', '2.9.0']

function readsRancherConfig({ cluster }: Subject): boolean {
  const version = rancherVersion(cluster)?.version
  return version === undefined || hasChange(version, rancherConfigSince)
}

function inFleetRelease(subject: Subject, version: KnownVersion | undefined, value: FleetValue): Placement {
  const { name, namespace } = fleetRelease
  const chartVersion = fleetChartVersion(subject) ?? version?.version.text
  return placement({
    target: helmTarget(name, namespace, value.path),
    standing: standingInRelease(subject.cluster, namespace, name, value.path.split('.'), value.defaults),
    evidence: value.evidence,
    apply: [helmUpgrade(name, 'fleet/fleet', namespace, chartVersion)],
    afterwards: afterHelmUpgrade(subject, fleetRelease),
    ...value.facts,
  })
}

function underRancher(subject: Subject, value: FleetValue): Placement[] {
  const { cluster } = subject
  const path = `fleet.${value.path}`
  const supported = readsRancherConfig(subject)
  const reach: PlacementReach = supported ? documented : { kind: 'NotReached', mendedIn: rancherConfigSince }
  const standing = underRancherNow(subject, value)
  const warnings = [
    'Rancher overwrites the values of release fleet: they belong below fleet: in the values of release rancher.',
    ...(value.path === 'tolerations'
      ? [
          'The list replaces the one that Rancher 2.10 and newer fills in from the control-plane taints: keep those entries.',
        ]
      : []),
    ...(value.facts?.warnings ?? []),
  ]
  const own = { ...value.facts, warnings, reach: value.facts?.reach ?? reach }
  const configMap = find(cluster, 'v1', 'ConfigMap', rancherNamespace, 'rancher-config')
  return [
    placement({
      target: helmTarget('rancher', rancherNamespace, path),
      standing,
      evidence: value.evidence,
      apply: [helmUpgrade('rancher', 'rancher-stable/rancher', rancherNamespace, rancherChartVersion(cluster))],
      afterwards: afterHelmUpgrade(subject, fleetRelease),
      ...own,
    }),
    placement({
      target: {
        kind: 'ConfigMap',
        path: `data[fleet] ${value.path}`,
        namespace: rancherNamespace,
        name: 'rancher-config',
      },
      standing: standingInYaml(
        subject,
        textAt(configMap, 'data', 'fleet'),
        value.path.split('.'),
        'rancher-config key fleet',
        standing.entries,
      ),
      evidence: value.evidence,
      apply: [editCommand('configmap', rancherNamespace, 'rancher-config')],
      lasts: 'until the next helm upgrade of release rancher that sets fleet',
      ...own,
    }),
  ]
}

/** What must be repeated: Rancher's values for Fleet, with what it filled into release fleet itself. */
function underRancherNow({ cluster }: Subject, { path, defaults }: FleetValue): StandingList {
  const given = standingInRelease(cluster, rancherNamespace, 'rancher', ['fleet', ...path.split('.')])
  const live = standingInRelease(cluster, fleetRelease.namespace, fleetRelease.name, path.split('.'), defaults)
  return live.unknown === undefined && live.entries.length >= given.entries.length ? live : given
}
