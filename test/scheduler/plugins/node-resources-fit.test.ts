import { describe, expect, test } from '@jest/globals'
import type { Container, PodSpec } from '#model/api/pod.ts'
import { nodeResourcesFit } from '#scheduler/plugins/node-resources-fit.ts'
import { aNode, aPod, type PodBuilder } from '#test/builders/objects.ts'
import { type Situation, verdictsOf } from '#test/scheduler/verdicts.ts'

const n = aNode('n')
const c = (cpu: string, restartPolicy?: string): Container => ({
  name: `c-${cpu}-${restartPolicy ?? ''}`,
  resources: { requests: { cpu } },
  ...(restartPolicy === undefined ? {} : { restartPolicy }),
})
const cpu = (amount: string): PodBuilder => aPod().requesting({ cpu: amount })
const running = (requests: Record<string, string>): PodBuilder => aPod('e').requesting(requests).on('n')
const spec = (over: PodSpec): PodBuilder => aPod().withSpec(over)

const rows: readonly (readonly [string, Situation, string])[] = [
  [
    'too many Pods: also one without requests',
    { pod: aPod(), nodes: [n.offering({ pods: '1' })], others: [running({})] },
    'Too many pods',
  ],
  [
    'no places at all can still be helped by preemption',
    { pod: aPod(), nodes: [n.offering({ pods: '0' })] },
    'Too many pods',
  ],
  ['a request above allocatable is final', { pod: cpu('5'), nodes: [n] }, 'Insufficient cpu (final)'],
  ['up to 1.33 it is not', { pod: cpu('5'), nodes: [n], server: 'v1.33.1' }, 'Insufficient cpu'],
  ['what runs takes its share', { pod: cpu('1001m'), nodes: [n], others: [running({ cpu: '3' })] }, 'Insufficient cpu'],
  [
    'all shortages are said at once',
    { pod: aPod().requesting({ cpu: '2', memory: '9Gi' }), nodes: [n], others: [running({ cpu: '3', memory: '1Gi' })] },
    'Insufficient cpu, Insufficient memory (final)',
  ],
  [
    'an overcommitted node takes a Pod that asks for nothing',
    { pod: aPod(), nodes: [n], others: [running({ cpu: '9' })] },
    'fits',
  ],
  [
    'and one that asks for something else',
    { pod: aPod().requesting({ memory: '1Gi' }), nodes: [n], others: [running({ cpu: '9' })] },
    'fits',
  ],
  [
    'an init container’s peak counts',
    { pod: spec({ containers: [c('1'), c('1')], initContainers: [c('5')] }), nodes: [n] },
    'Insufficient cpu (final)',
  ],
  [
    'a sidecar after the peak does not raise it',
    { pod: spec({ containers: [c('1')], initContainers: [c('4'), c('1', 'Always')] }), nodes: [n] },
    'fits',
  ],
  [
    'a sidecar before it does',
    { pod: spec({ containers: [c('1')], initContainers: [c('1', 'Always'), c('4')] }), nodes: [n] },
    'Insufficient cpu (final)',
  ],
  [
    'overhead is added',
    { pod: spec({ containers: [c('3900m')], overhead: { cpu: '200m' } }), nodes: [n] },
    'Insufficient cpu (final)',
  ],
  [
    'Pod-level requests replace what the containers add up to',
    { pod: spec({ containers: [c('6')], resources: { requests: { cpu: '1' } } }), nodes: [n] },
    'fits',
  ],
  [
    'up to 1.33 they are ignored',
    { pod: spec({ containers: [c('6')], resources: { requests: { cpu: '1' } } }), nodes: [n], server: 'v1.33.1' },
    'Insufficient cpu',
  ],
  [
    'an extended resource that the node does not offer',
    { pod: aPod().requesting({ 'example.com/fpga': '1' }), nodes: [n] },
    'Insufficient example.com/fpga (final)',
  ],
  ['none of it wanted, none of it missed', { pod: aPod().requesting({ 'example.com/fpga': '0' }), nodes: [n] }, 'fits'],
  [
    'huge pages are counted',
    {
      pod: aPod().requesting({ 'hugepages-2Mi': '32Mi' }),
      nodes: [n.offering({ 'hugepages-2Mi': '64Mi' })],
      others: [running({ 'hugepages-2Mi': '40Mi' })],
    },
    'Insufficient hugepages-2Mi',
  ],
  [
    '8G is less than 8Gi',
    { pod: aPod().requesting({ memory: '8Gi' }), nodes: [n.offering({ memory: '8G' })] },
    'Insufficient memory (final)',
  ],
  [
    'exactly full fits',
    { pod: aPod().requesting({ memory: '1Gi' }), nodes: [n], others: [running({ memory: '7Gi' })] },
    'fits',
  ],
  [
    'fractions add up before they are rounded',
    { pod: spec({ containers: [c('500u'), c('500u')] }), nodes: [n], others: [running({ cpu: '3999m' })] },
    'fits',
  ],
  [
    'a rest is rounded up once a Pod',
    { pod: spec({ containers: [c('600u'), c('600u')] }), nodes: [n], others: [running({ cpu: '3999m' })] },
    'Insufficient cpu',
  ],
  [
    'a Pod that was resized takes what it was given',
    {
      pod: cpu('1001m'),
      nodes: [n],
      others: [
        running({ cpu: '1' }).withStatus({
          phase: 'Running',
          containerStatuses: [
            { name: 'main', resources: { requests: { cpu: '3' } }, allocatedResources: { cpu: '1' } },
          ],
        }),
      ],
    },
    'Insufficient cpu',
  ],
  [
    'what a resize asked for in vain does not count',
    {
      pod: cpu('3'),
      nodes: [n],
      others: [
        running({ cpu: '10' }).withStatus({
          phase: 'Running',
          conditions: [{ type: 'PodResizePending', status: 'True', reason: 'Infeasible' }],
          containerStatuses: [
            { name: 'main', resources: { requests: { cpu: '1' } }, allocatedResources: { cpu: '1' } },
          ],
        }),
      ],
    },
    'fits',
  ],
]

describe('NodeResourcesFit', () => {
  for (const [rule, situation, expected] of rows)
    test(rule, () => expect(verdictsOf(nodeResourcesFit, situation)).toEqual({ n: expected }))
})
