import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ApiObject } from '#model/cluster-state.ts'
import { looseOwners, ownerChain, rootOf } from '#ownership/owner-chain.ts'
import { originOf } from '#ownership/registry.ts'
import { wantedReads } from '#ownership/wanted-reads.ts'
import { aCluster } from '#test/builders/cluster.ts'

const names = fc.constantFrom(
  'a',
  'b',
  'fleet-agent',
  'cattle-cluster-agent',
  'cattle-system',
  '__proto__',
  '',
  'x'.repeat(253),
  'A B/:\n\u001b[31m',
)
const odd = fc.oneof(names, fc.integer(), fc.constant(null), fc.constant([]), fc.constant({}))
const marks = fc.dictionary(
  fc.constantFrom(
    'meta.helm.sh/release-name',
    'meta.helm.sh/release-namespace',
    'helm.sh/hook',
    'objectset.rio.cattle.io/owner-gvk',
    'objectset.rio.cattle.io/owner-name',
    'objectset.rio.cattle.io/id',
    'argocd.argoproj.io/tracking-id',
    'app.kubernetes.io/instance',
    'helm.toolkit.fluxcd.io/name',
    'helm.toolkit.fluxcd.io/namespace',
    'olm.owner.kind',
    'owner',
    '__proto__',
  ),
  odd,
)
const types = fc.constantFrom(
  'v1 Pod',
  'v1 Node',
  'v1 Secret',
  'v1 ConfigMap',
  'batch/v1 Job',
  'apps/v1 Deployment',
  'fleet.cattle.io/v1alpha1 Cluster',
  'fleet.cattle.io/v1alpha1 Bundle',
  'helm.cattle.io/v1 HelmChart',
  'catalog.cattle.io/v1 Operation',
  'argoproj.io/v1alpha1 Application',
  'taintdoctor.dev/v1alpha1 HelmRelease',
  '/ ',
)
const references = fc.record(
  { apiVersion: odd, kind: odd, name: odd, uid: odd, controller: fc.oneof(fc.boolean(), odd) },
  { requiredKeys: [] },
)
const metadata = fc.record(
  {
    name: names,
    namespace: odd,
    uid: odd,
    labels: fc.oneof(marks, odd),
    annotations: fc.oneof(marks, odd),
    ownerReferences: fc.oneof(fc.array(references, { maxLength: 3 }), odd),
  },
  { requiredKeys: ['name'] },
)
const objects = fc.record({ type: types, metadata, spec: odd, status: odd, data: odd }).map(({ type, ...rest }) => {
  const [apiVersion = '', kind = ''] = type.split(' ')
  return { apiVersion, kind, ...rest } as unknown as ApiObject
})

describe('objects of any shape', () => {
  test('end in an answer, never in an exception, and in the same one each time', () => {
    fc.assert(
      fc.property(fc.array(objects, { minLength: 1, maxLength: 6 }), (given) => {
        const answers = [aCluster(given), aCluster(given)].map((cluster) =>
          given.map((object) => {
            const chain = ownerChain(object, cluster)
            looseOwners(object, cluster)
            const origin = originOf({ root: rootOf(object, chain), chain, cluster })
            return JSON.stringify([chain.owners.length, chain.end, origin, wantedReads([object], cluster)])
          }),
        )
        expect(answers[0]).toEqual(answers[1])
      }),
      { numRuns: 400 },
    )
  })
})
