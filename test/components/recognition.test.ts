import { describe, expect, test } from '@jest/globals'
import { componentOf, knownSystems, placementsOf } from '#components/registry.ts'
import { subjectOf } from '#components/subject.ts'
import { recognised } from './recognised.ts'
import { foreign } from './rows/foreign.ts'
import { asked, infra } from './workloads.ts'

/** The ids that `contract` names. */
const contractIds = [
  ...[
    'controller',
    'gitjob',
    'helmops',
    'agent',
    'git-job',
    'cleanup-clusterregistrations',
    'cleanup-gitrepo-jobs',
  ].map((id) => `fleet/${id}`),
  ...['migrate-gitrepo-helm-url-regex', 'patch-sa'].map((id) => `fleet/${id}`),
  ...['server', 'webhook', 'cluster-agent', 'node-agent', 'helm-operation', 'shell', 'system-upgrade-controller'].map(
    (id) => `rancher/${id}`,
  ),
  ...[
    'upgrade-plan',
    'pre-upgrade',
    'post-delete',
    'remotedialer-proxy',
    'turtles',
    'capi-controller-manager',
    'machine-provision',
  ].map((id) => `rancher/${id}`),
  ...['provisioner', 'helper'].flatMap((id) => [`hostpath/${id}`, `local-path/${id}`]),
  ...['coredns', 'metrics-server', 'local-path-provisioner', 'traefik', 'helm-install', 'svclb'].map(
    (id) => `k3s/${id}`,
  ),
  ...['server', 'migration', 'vuln-processing'].map((id) => `fleetdm/${id}`),
]

describe('recognition', () => {
  for (const [id, told] of recognised) {
    test(`${told.owners ?? `Pod ${told.pod}`} in ${told.namespace} is ${id}, and of one system only`, () => {
      const subject = subjectOf(asked(told))
      const pieces = knownSystems.flatMap(({ pieces }) => pieces.filter((piece) => piece.recognises(subject)))
      expect(pieces.map((piece) => piece.id)).toEqual([id])
      expect(componentOf(asked(told))?.id).toBe(id)
    })

    test(`${id} says where its tolerations are set, or that nowhere, with evidence`, () => {
      const places = placementsOf(asked(told), [infra])
      expect(places.length).toBeGreaterThan(0)
      for (const place of places) {
        expect(place.evidence).not.toBe('')
        expect(`${place.evidence} ${place.apply.join(' ')}`).not.toMatch(/undefined|\[object/)
        if (place.takesTolerations) expect(place.target.path ?? '').not.toBe('')
      }
    })
  }

  for (const [what, told] of foreign) {
    test(`${what} is nobody's`, () => {
      expect(componentOf(asked(told))).toBeUndefined()
      expect(placementsOf(asked(told), [infra])).toEqual([])
    })
  }

  test('every id of the contract is there, each once', () => {
    const ids = knownSystems.flatMap(({ pieces }) => pieces.map((piece) => piece.id))
    expect(ids).toHaveLength(new Set(ids).size)
    expect(contractIds.filter((id) => !ids.includes(id))).toEqual([])
    expect(contractIds.filter((id) => !recognised.some(([known]) => known === id))).toEqual([])
  })
})
