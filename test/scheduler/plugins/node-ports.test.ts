import { describe, expect, test } from '@jest/globals'
import type { ContainerPort } from '#model/api/pod.ts'
import { nodePorts } from '#scheduler/plugins/node-ports.ts'
import { aNode, aPod, type PodBuilder } from '#test/builders/objects.ts'
import { verdictsOf } from '#test/scheduler/verdicts.ts'

const no = "node(s) didn't have free ports for the requested pod ports"
const port = (hostPort: number, hostIP = '', protocol = ''): ContainerPort => ({
  containerPort: 80,
  hostPort,
  hostIP,
  protocol,
})
const wanting = (...ports: ContainerPort[]): PodBuilder => aPod().withContainers({ name: 'main', ports })
const asInit = (restartPolicy: string, ...ports: ContainerPort[]): PodBuilder =>
  aPod().withInitContainers({ name: 'init', restartPolicy, ports })

const rows: readonly (readonly [string, PodBuilder, PodBuilder, string])[] = [
  ['a port in use is taken', wanting(port(80)), wanting(port(80)), no],
  ['UDP does not take TCP', wanting(port(80)), wanting(port(80, '', 'UDP')), 'fits'],
  ['different addresses share a port', wanting(port(80, '10.0.0.1')), wanting(port(80, '127.0.0.1')), 'fits'],
  ['no address means every address', wanting(port(80)), wanting(port(80, '10.0.0.1')), no],
  ['0.0.0.0 in use is every address', wanting(port(80, '10.0.0.1')), wanting(port(80, '0.0.0.0')), no],
  [':: is no wildcard', wanting(port(80, 'fd00::1')), wanting(port(80, '::')), 'fits'],
  ['0.0.0.0 wanted meets :: in use', wanting(port(80, '0.0.0.0')), wanting(port(80, '::')), no],
  ['ordinary init containers want no port', asInit('', port(80)), wanting(port(80)), 'fits'],
  ['sidecars do', asInit('Always', port(80)), wanting(port(80)), no],
  ['ordinary init containers hold none', wanting(port(80)), asInit('', port(80)), 'fits'],
]

describe('NodePorts', () => {
  for (const [rule, pod, running, expected] of rows) {
    test(rule, () =>
      expect(verdictsOf(nodePorts, { pod, nodes: [aNode('n')], others: [named(running).on('n')] })).toEqual({
        n: expected,
      }),
    )
  }
  test('a terminating Pod still holds its port', () => {
    const others = [
      named(wanting(port(80)))
        .on('n')
        .terminating(),
    ]
    expect(verdictsOf(nodePorts, { pod: wanting(port(80)), nodes: [aNode('n')], others })).toEqual({ n: no })
  })
  test('a finished Pod holds none', () => {
    const others = [
      named(wanting(port(80)))
        .on('n')
        .inPhase('Succeeded'),
    ]
    expect(verdictsOf(nodePorts, { pod: wanting(port(80)), nodes: [aNode('n')], others })).toEqual({ n: 'fits' })
  })
  test('ports of sidecars count since 1.33.6', () => {
    const situation = {
      pod: asInit('Always', port(80)),
      nodes: [aNode('n')],
      others: [named(wanting(port(80))).on('n')],
    }
    expect(verdictsOf(nodePorts, { ...situation, server: 'v1.33.5' })).toEqual({ n: 'fits' })
    expect(verdictsOf(nodePorts, { ...situation, server: 'v1.33.6' })).toEqual({ n: no })
  })
})

function named(pod: PodBuilder): PodBuilder {
  return aPod('running').withSpec(pod.spec)
}
