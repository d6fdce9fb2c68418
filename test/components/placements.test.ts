import { describe, expect, test } from '@jest/globals'
import type { PlacementTarget } from '#components/component.ts'
import { componentOf, placementsOf } from '#components/registry.ts'
import type { Target } from '#report/suggest-report.ts'
import { byFleet, fleetNs, line } from './placed.ts'
import { workload } from './recognised.ts'
import { asked, infra, release } from './workloads.ts'

describe('placements', () => {
  test('where the chart drops the key, the other ways are a newer chart, the Pod, and leaving the workload out', () => {
    const places = placementsOf(asked(workload('fleet/cleanup-clusterregistrations', byFleet('0.11.3'))), [infra])
    expect(places[0]?.apply).toEqual([])
    expect(places.slice(1).map((place) => [line(place.target), place.requires, place.lasts])).toEqual([
      ['HelmValues tolerations fleet', 'chart fleet 0.11.4 or newer', null],
      ['PodPatch spec.tolerations cattle-fleet-system/a-pod', null, 'until this Pod is replaced'],
      ['HelmValues migrations.clusterRegistrationCleanup fleet', null, null],
    ])
    expect(places[3]?.sets).toEqual([{ path: 'migrations.clusterRegistrationCleanup', value: false }])
  })

  test("a list that replaces repeats what the release's values hold", () => {
    const spot = { key: 'spot', operator: 'Exists', effect: 'NoSchedule' }
    const record = release(
      'fleetdm',
      'fleet',
      { version: '6.6.4', values: { tolerations: [] } },
      { values: { tolerations: [spot] } },
    )
    const [first] = placementsOf(asked(workload('fleetdm/vuln-processing', { beside: [record] })), [infra])
    expect(first?.standing).toEqual({ entries: [spot], from: 'the values of release fleet' })
  })

  test('values that could not be read are said to be unknown', () => {
    const [first] = placementsOf(asked(workload('fleetdm/server')), [infra])
    expect(first?.standing.unknown).toMatch(/could not be read/)
  })

  test('a release that helm still works on must end first', () => {
    const record = release('fleetdm', 'fleet', { version: '6.6.4' }, { status: 'pending-install' })
    const [first] = placementsOf(asked(workload('fleetdm/migration', { beside: [record] })), [infra])
    expect(first?.afterwards.join(' ')).toMatch(/pending-install: helm refuses another upgrade/)
  })

  test("an upgrade across FleetDM's selector change says that the Deployment must go first", () => {
    const records = [
      release('fleetdm', 'fleet', { version: '6.6.4' }),
      release(
        'fleetdm',
        'fleet',
        { version: '6.6.6' },
        { revision: 2, metadata: { namespace: 'fleetdm', name: 'fleet.v2' } },
      ),
    ]
    const [first] = placementsOf(asked(workload('fleetdm/migration', { beside: records })), [infra])
    expect(first?.warnings.join(' ')).toMatch(/delete Deployment fleet before upgrading/)
  })

  test('a Job made before its CronJob tolerated the taint is deleted, and nothing set again', () => {
    const told = workload(
      'fleet/cleanup-gitrepo-jobs',
      byFleet('0.12.0', { templateTolerations: [infra], rootSpec: { concurrencyPolicy: 'Forbid' } }),
    )
    const [first, ...others] = placementsOf(asked(told), [infra])
    expect(others).toEqual([])
    expect([first?.target.kind, first?.reach.kind]).toEqual(['PodPatch', 'Documented'])
    expect(first?.afterwards.join(' ')).toMatch(/delete Job fleet-cleanup-gitrepo-jobs-29922193 .*Forbid/)
  })

  test('values that hold the toleration already are not set again', () => {
    const record = release(fleetNs, 'fleet', { version: '0.12.0' }, { values: { tolerations: [infra] } })
    const places = placementsOf(asked(workload('fleet/controller', byFleet('0.12.0', { beside: [record] }))), [infra])
    expect(places.map((place) => [place.target.kind, place.isSet])).toEqual([
      ['PodPatch', false],
      ['HelmValues', true],
      ['WorkloadPatch', false],
    ])
    expect(places[0]?.warnings.join(' ')).toMatch(/setting them again changes nothing/)
  })

  test('sources of the version that disagree are said to disagree', () => {
    const told = workload('fleet/controller', byFleet('0.12.0', { images: ['rancher/fleet:v0.11.3'] }))
    expect(placementsOf(asked(told), [infra])[0]?.warnings.join(' ')).toMatch(
      /chart fleet 0\.12\.0 says 0\.12\.0, but image rancher\/fleet:v0\.11\.3.* says 0\.11\.3/,
    )
  })

  test('a helper of MicroK8s that nobody waits for is deleted, not tolerated', () => {
    const terms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [''] }] }]
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pvc-1' },
      spec: { nodeAffinity: { required: { nodeSelectorTerms: terms } } },
    }
    const [first, ...others] = placementsOf(asked(workload('hostpath/helper', { beside: [volume] })), [infra])
    expect([first?.target.kind, others.length]).toEqual(['None', 0])
    expect(first?.afterwards.join(' ')).toMatch(/delete pod hostpath-provisioner-mk-2-799sv/)
  })

  test('a hostile name stays a name in every command', () => {
    const name = "x'; rm -rf / #"
    const told = workload('rancher/upgrade-plan', { namespace: name, labels: { 'upgrade.cattle.io/plan': name } })
    const lines = placementsOf(asked(told), [infra]).flatMap(({ apply }) => apply)
    expect(lines[0]).toContain("kubectl -n 'x'\\''; rm -rf / #' patch")
    for (const one of lines) expect(one).not.toContain(` ${name}`)
  })

  test('a release that something else makes is changed there', () => {
    const maker = { kind: 'FluxHelmRelease', namespace: 'flux-system', name: 'fleet', evidence: 'told' } as const
    const told = workload('fleet/controller', { origin: { name: 'fleet', namespace: fleetNs, origin: maker } })
    expect(placementsOf(asked(told), [infra])[0]?.warnings.join(' ')).toMatch(
      /made by FluxHelmRelease flux-system\/fleet/,
    )
  })

  test('owners that could not be read are known by their names', () => {
    const question = asked(workload('fleet/cleanup-gitrepo-jobs', byFleet('0.12.0')))
    const owners = question.chain.owners.map(({ object: _, ...owner }) => owner)
    const pod = question.pod ?? { metadata: {}, spec: {}, status: {} }
    const unread = { ...question, chain: { owners }, root: { apiVersion: 'v1', kind: 'Pod', ...pod } }
    expect(componentOf(unread)?.id).toBe('fleet/cleanup-gitrepo-jobs')
    expect(placementsOf(unread, [infra])[0]?.target.path).toBe('tolerations')
  })

  test('a ReplicaSet that is gone still tells the name of its Deployment', () => {
    const labels = { app: 'gitjob', 'pod-template-hash': '7bdd9c9dc4' }
    const question = asked(workload('fleet/gitjob', { owners: 'ReplicaSet/gitjob-7bdd9c9dc4', labels }))
    const chain = { owners: question.chain.owners, end: { kind: 'Deleted' } as const }
    expect(componentOf({ ...question, chain })?.id).toBe('fleet/gitjob')
  })

  test("a target is one of the report's", () => {
    const target: Target = { kind: 'None' } satisfies PlacementTarget
    const back: PlacementTarget = target
    expect(back.kind).toBe('None')
  })
})
