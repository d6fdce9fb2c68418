import { describe, expect, test } from '@jest/globals'
import { nodeDeclaredFeatures } from '#scheduler/plugins/node-declared-features.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { outcomesOf, verdictsOf } from '#test/support/plugin-verdicts.ts'

const refused = "node(s) didn't match Pod's required features (for good)"
const userNamespaces = 'UserNamespacesHostNetworkSupport'
const restartAll = 'RestartAllContainersOnContainerExits'
const restarting = { name: 'main', restartPolicyRules: [{ action: 'Restart' }, { action: 'RestartAllContainers' }] }
const nodes = [aNode('old'), aNode('new').declaring('SomethingElse', userNamespaces, restartAll)]

const rows = [
  {
    title: 'The host network together with own users needs a kubelet that can do both',
    pod: aPod().withSpec({ hostNetwork: true, hostUsers: false }),
    verdicts: { old: refused, new: 'fits' },
  },
  {
    title: 'The host network alone needs nothing',
    pod: aPod().withSpec({ hostNetwork: true }),
    verdicts: { '*': 'skip' },
  },
  {
    title: 'Own users alone need nothing',
    pod: aPod().withSpec({ hostUsers: false }),
    verdicts: { '*': 'skip' },
  },
  {
    title: 'A container that restarts all others needs a kubelet that can do that',
    pod: aPod().withContainers(restarting),
    verdicts: { old: refused, new: 'fits' },
  },
  {
    title: 'So does an init container',
    pod: aPod().withInitContainers(restarting),
    verdicts: { old: refused, new: 'fits' },
  },
  {
    title: 'A container that restarts itself needs nothing',
    pod: aPod().withContainers({ name: 'main', restartPolicyRules: [{ action: 'Restart' }] }),
    verdicts: { '*': 'skip' },
  },
  {
    title: 'Before 1.36 nobody looks at declared features',
    pod: aPod().withSpec({ hostNetwork: true, hostUsers: false }),
    serverVersion: 'v1.35.8',
    verdicts: { '*': 'skip' },
  },
]

describe('NodeDeclaredFeatures', () => {
  for (const { title, pod, verdicts, serverVersion } of rows) {
    test(title, () => {
      const setting = serverVersion === undefined ? {} : { serverVersion }
      expect(verdictsOf(nodeDeclaredFeatures, pod, nodes, setting)).toEqual(verdicts)
    })
  }

  test('What the node lacks is named', () => {
    const pod = aPod().withContainers(restarting).withSpec({ hostNetwork: true, hostUsers: false })
    const { n1 } = outcomesOf(nodeDeclaredFeatures, pod, [aNode('n1').declaring(userNamespaces)])
    expect(n1).toMatchObject({ reasons: [{ fact: { kind: 'DeclaredFeatures', missing: [restartAll] } }] })
  })
})
