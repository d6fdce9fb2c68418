import { describe, expect, test } from '@jest/globals'
import type { NodeSelectorTerm } from '#model/api/meta.ts'
import type { Labels } from '#model/selector.ts'
import {
  awsVolumeHandle,
  azureDiskHandle,
  gceVolumeHandle,
  type Translated,
} from '#scheduler/framework/volumes/handles.ts'
import { csiNodeAffinity } from '#scheduler/framework/volumes/topology.ts'

const zone = 'topology.kubernetes.io/zone'
const betaZone = 'failure-domain.beta.kubernetes.io/zone'
const region = 'topology.kubernetes.io/region'
const betaRegion = 'failure-domain.beta.kubernetes.io/region'
const key = 'topology.gke.io/zone'

const handles: readonly (readonly [string, Translated, string])[] = [
  ['A bare EBS id is the handle', awsVolumeHandle('vol-1'), 'vol-1'],
  ['A zone before it goes', awsVolumeHandle('aws://us-east-1a/vol-1'), 'vol-1'],
  ['or may be absent', awsVolumeHandle('aws:///vol-1'), 'vol-1'],
  [
    'Another path is no EBS volume',
    awsVolumeHandle('aws://z/a/vol-1'),
    'failed to translate Kubernetes ID to EBS Volume ID Invalid format for AWS volume (aws://z/a/vol-1)',
  ],
  ['A GCE disk without a zone', gceVolumeHandle('d', undefined), 'projects/UNSPECIFIED/zones/UNSPECIFIED/disks/d'],
  ['with one', gceVolumeHandle('d', { [zone]: 'us-a1-b' }), 'projects/UNSPECIFIED/zones/us-a1-b/disks/d'],
  [
    'whose beta label comes first',
    gceVolumeHandle('d', { [zone]: 'us-a1-b', [betaZone]: 'us-a1-c' }),
    'projects/UNSPECIFIED/zones/us-a1-c/disks/d',
  ],
  [
    'Two zones of one region make it regional',
    gceVolumeHandle('d', { [zone]: 'us-a1-b__us-a1-c' }),
    'projects/UNSPECIFIED/regions/us-a1/disks/d',
  ],
  [
    'Zones of two regions make it nothing',
    gceVolumeHandle('d', { [zone]: 'us-a2-b__us-a1-c' }),
    'failed to get region from zones: multiple or no regions gotten from zones, got: map[us-a1:{} us-a2:{}]',
  ],
  [
    'nor do zones without a region',
    gceVolumeHandle('d', { [zone]: 'za__zb' }),
    'failed to get region from zones: zone in unexpected format, expected: {locale}-{region}-{zone}, got: za',
  ],
  ['A managed Azure disk is its URI', azureDiskHandle({ diskURI: '/d', kind: 'managed' }), '/d'],
  [
    'another has none',
    azureDiskHandle({ diskURI: '/d', kind: 'Dedicated' }),
    'kind(Dedicated) is not supported in csi migration',
  ],
]

const asks = (name: string, ...values: string[]): NodeSelectorTerm => ({
  matchExpressions: [{ key: name, operator: 'In', values }],
})
const both = (...terms: NodeSelectorTerm[]): NodeSelectorTerm => ({
  matchExpressions: terms.flatMap(({ matchExpressions = [] }) => matchExpressions),
})

const affinities: readonly (readonly [
  string,
  readonly NodeSelectorTerm[] | undefined,
  Labels,
  readonly NodeSelectorTerm[] | undefined,
])[] = [
  ['Nothing stays nothing', undefined, {}, undefined],
  ["The stable zone becomes the driver's", [asks(zone, 'a')], {}, [asks(key, 'a')]],
  ['So does the beta zone', [asks(betaZone, 'a')], {}, [asks(key, 'a')]],
  ['but not beside a stable one', [asks(betaZone, 'a'), asks(zone, 'b')], {}, [asks(betaZone, 'a'), asks(key, 'b')]],
  [
    'The zones of a label are added to every term',
    [asks('x', '1'), asks('y', '2')],
    { [zone]: 'b__a' },
    [both(asks('x', '1'), asks(key, 'a', 'b')), both(asks('y', '2'), asks(key, 'a', 'b'))],
  ],
  ['or make one', undefined, { [betaZone]: 'a' }, [asks(key, 'a')]],
  ['but not beside a zone in the affinity', [asks(zone, 'a')], { [zone]: 'b' }, [asks(key, 'a')]],
  [
    'A beta region beside a beta zone becomes stable',
    [both(asks(betaZone, 'a'), asks(betaRegion, 'r'))],
    {},
    [both(asks(key, 'a'), asks(region, 'r'))],
  ],
  ['and stays alone without', [asks(betaRegion, 'r')], {}, [asks(betaRegion, 'r')]],
]

describe('Translation of in-tree volumes', () => {
  for (const [title, translated, expected] of handles) {
    test(title, () => expect(translated.error ?? translated.handle).toBe(expected))
  }
  for (const [title, terms, labels, expected] of affinities) {
    test(title, () => {
      const required = terms === undefined ? undefined : { nodeSelectorTerms: terms }
      expect(csiNodeAffinity(required, labels, key)?.nodeSelectorTerms).toEqual(expected)
    })
  }
})
