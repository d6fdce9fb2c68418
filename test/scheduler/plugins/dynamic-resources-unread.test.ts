import { describe, expect, test } from '@jest/globals'
import { dynamicResources } from '#scheduler/plugins/dynamic-resources/index.ts'
import { aClaim, aClass, aDevice, aSlice } from '#test/builders/devices.ts'
import { aNode, aPod, type PodBuilder } from '#test/builders/objects.ts'
import { expectStaysTrue, type Setting, verdictsOf } from '#test/support/plugin-verdicts.ts'

const using = (name: string): PodBuilder =>
  aPod().withSpec({ resourceClaims: [{ name: 'c', resourceClaimName: name }] })
const none = 'cannot allocate all claims (for good)'
const asking = aPod().requesting({ 'example.com/gpu': '1' })
const cluster = [
  aNode('n1'),
  aNode('n2'),
  aNode('own').offering({ 'example.com/gpu': '1' }),
  aClass('gpu', undefined, { extendedResourceName: 'example.com/gpu' }),
  aSlice('n1', [aDevice('d')]),
  aClaim('free'),
  aClaim('held').onlyOn('n1'),
]

interface Row extends Setting {
  readonly title: string
  readonly pod: PodBuilder
  readonly verdicts: Record<string, string>
}

const rows: readonly Row[] = [
  {
    title: 'Without claims nobody knows the one that a Pod names',
    pod: using('unread'),
    denied: { resourceclaims: [] },
    verdicts: { '*': 'unknown without resourceclaims' },
  },
  {
    title: 'With the claims of its namespace only, devices that are there may be held by others',
    pod: using('free'),
    denied: { resourceclaims: ['default'] },
    verdicts: { n1: 'unknown without resourceclaims', n2: none, own: none },
  },
  {
    title: 'Without DeviceClasses nobody knows what a claim wants',
    pod: aPod().withSpec({ resourceClaims: [{ name: 'c', resourceClaimName: 'strange' }] }),
    denied: { deviceclasses: [] },
    verdicts: { '*': 'unknown without deviceclasses' },
  },
  {
    title: 'Without ResourceSlices no node’s devices are known',
    pod: using('free'),
    denied: { resourceslices: [] },
    verdicts: {
      n1: 'unknown without resourceslices',
      n2: 'unknown without resourceslices',
      own: 'unknown without resourceslices',
    },
  },
  {
    title: 'A claim that is allocated needs none of them',
    pod: using('held'),
    denied: { resourceslices: [], deviceclasses: [] },
    verdicts: {
      n1: 'fits',
      n2: 'resourceclaim not available on the node (for good)',
      own: 'resourceclaim not available on the node (for good)',
    },
  },
  {
    title: 'Without DeviceClasses a resource may be provided by one wherever the node does not offer it',
    pod: asking,
    denied: { deviceclasses: [] },
    verdicts: { n1: 'unknown without deviceclasses', n2: 'unknown without deviceclasses', own: 'fits' },
  },
]

describe('DynamicResources with reads missing', () => {
  test.each(rows)('$title', ({ pod, verdicts, ...setting }) => {
    const others = [...cluster, ...(setting.denied?.deviceclasses === undefined ? [] : [strange])]
    const said = verdictsOf(dynamicResources, pod, others, setting)
    expect(said).toEqual(verdicts)
    expectStaysTrue(said, verdictsOf(dynamicResources, pod, others))
  })
})

const strange = aClaim('strange', { name: 'r', exactly: { deviceClassName: 'unread' } })
