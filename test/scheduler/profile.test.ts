import { describe, expect, test } from '@jest/globals'
import { parseServerVersion } from '#model/server-version.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { profileOf } from '#scheduler/registry.ts'

const rulesOf = (text: string): Rules => rulesFor(parseServerVersion(text) ?? null)
const names = (text: string): string =>
  profileOf(rulesOf(text))
    .map(({ name }) => name)
    .join(' ')

const first = 'NodeUnschedulable NodeName TaintToleration NodeAffinity NodePorts NodeResourcesFit VolumeRestrictions'
const last = 'VolumeBinding VolumeZone PodTopologySpread InterPodAffinity'

/** The filter plugins of a release, in their order. */
const profiles: readonly (readonly [server: string, plugins: string])[] = [
  ['v1.28.15', `${first} EBSLimits GCEPDLimits NodeVolumeLimits AzureDiskLimits ${last}`],
  ['v1.30.14', `${first} EBSLimits GCEPDLimits NodeVolumeLimits AzureDiskLimits ${last}`],
  ['v1.31.0', `${first} NodeVolumeLimits ${last}`],
  ['v1.33.13', `${first} NodeVolumeLimits ${last}`],
  ['v1.34.0', `${first} NodeVolumeLimits ${last} DynamicResources`],
  ['v1.35.8', `${first} NodeVolumeLimits ${last} DynamicResources`],
  ['v1.36.2', `${first} NodeVolumeLimits ${last} DynamicResources NodeDeclaredFeatures`],
]

/** Switches, and the releases between which they turn. */
const switches: readonly (readonly [rule: string, name: keyof Rules, before: string, since: string])[] = [
  ['sidecars count as running containers since 1.29', 'sidecars', 'v1.28.15', 'v1.29.0'],
  ['a beta zone label is held against the stable one since 1.29', 'betaZoneMatchesStable', 'v1.28.15', 'v1.29.0'],
  ['nodes that are left out stand in the message since 1.32', 'leftOutNodesAreNamed', 'v1.31.14', 'v1.32.0'],
  ['attachments without a Pod count since 1.32', 'attachmentsCount', 'v1.31.14', 'v1.32.0'],
  ['container resizes count since 1.33', 'containerResize', 'v1.32.13', 'v1.33.0'],
  ['host ports of sidecars count since 1.33.6', 'sidecarPorts', 'v1.33.5', 'v1.33.6'],
  ['a request above allocatable is final since 1.34', 'tooSmallIsUnresolvable', 'v1.33.13', 'v1.34.0'],
  ['Pod-level resources count since 1.34', 'podLevelResources', 'v1.33.13', 'v1.34.0'],
  [
    'a namespaceSelector that only excludes looks everywhere since 1.34',
    'negativeNamespaceSelectorMatchesAll',
    'v1.33.13',
    'v1.34.0',
  ],
  ['Pod-level resizes count since 1.36', 'podLevelResize', 'v1.35.8', 'v1.36.0'],
  ['extended resources of a DeviceClass are known since 1.36', 'dynamicResourcesExtras', 'v1.35.8', 'v1.36.0'],
]

/** Switches that turn off. */
const ended: readonly (readonly [rule: string, name: keyof Rules, last: string, after: string])[] = [
  ['the taint is named up to 1.34.1', 'taintIsNamed', 'v1.34.1', 'v1.34.2'],
  ['ReadWriteOncePod has other words up to 1.33', 'oldReadWriteOncePodText', 'v1.33.13', 'v1.34.0'],
  ['a volume out of reach has other words up to 1.32', 'oldVolumeAffinityText', 'v1.32.13', 'v1.33.0'],
  ['a missing claim breaks the volume limits up to 1.29', 'missingClaimBreaksLimits', 'v1.29.15', 'v1.30.0'],
  ['local volumes narrow the nodes up to 1.29.10', 'localVolumesNarrow', 'v1.29.10', 'v1.29.11'],
  ['local volumes narrow the nodes up to 1.30.6', 'localVolumesNarrow', 'v1.30.6', 'v1.30.7'],
  ['local volumes narrow the nodes up to 1.31.2', 'localVolumesNarrow', 'v1.31.2', 'v1.31.3'],
]

describe('the default profile by release', () => {
  for (const [server, plugins] of profiles)
    test(`${server} runs its plugins in its order`, () => expect(names(server)).toBe(plugins))
})

describe('rules by release', () => {
  for (const [rule, name, before, since] of switches) {
    test(rule, () => expect([rulesOf(before)[name], rulesOf(since)[name]]).toEqual([false, true]))
  }
  for (const [rule, name, last, after] of ended) {
    test(rule, () => expect([rulesOf(last)[name], rulesOf(after)[name]]).toEqual([true, false]))
  }
  test('a version that is not known is judged as the newest', () => expect(rulesFor(null)).toBe(rulesOf('v1.36.2')))
  test('a newer one is judged as the newest, an older one as the oldest', () => {
    expect([rulesOf('v1.40.0').minor, rulesOf('v1.20.0').minor]).toEqual([36, 28])
  })
  test('a vendor’s ending does not matter', () => expect(rulesOf('v1.34.1+k3s1').taintIsNamed).toBe(true))
})
