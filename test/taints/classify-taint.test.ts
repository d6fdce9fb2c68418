import { describe, expect, test } from '@jest/globals'
import type { TaintClass as ReportedClass } from '#report/taint-class.ts'
import { classifyTaint, mayTolerate, mayTolerateTaint } from '#taints/classify-taint.ts'
import type { TaintClass } from '#taints/taint-class.ts'
import { taint } from '../builders/objects.ts'

const classes: readonly [text: string, taintClass: TaintClass, tolerable: boolean][] = [
  ['node.kubernetes.io/not-ready:NoExecute', 'NodeCondition', false],
  ['node.kubernetes.io/unreachable:NoSchedule', 'NodeCondition', false],
  ['node.kubernetes.io/disk-pressure:NoSchedule', 'NodeCondition', false],
  ['node.kubernetes.io/out-of-service=nodeshutdown:NoExecute', 'NodeCondition', false],
  ['node.kubernetes.io/unschedulable:NoSchedule', 'Lifecycle', false],
  ['node.cloudprovider.kubernetes.io/uninitialized=true:NoSchedule', 'Lifecycle', false],
  ['ebs.csi.aws.com/agent-not-ready:NoExecute', 'Lifecycle', false],
  ['node.cilium.io/agent-not-ready=true:NoExecute', 'Lifecycle', false],
  ['readiness.k8s.io/storage:NoSchedule', 'Lifecycle', false],
  ['acme.example/not-ready:NoSchedule', 'Lifecycle', false],
  ['acme.example/draining:NoSchedule', 'Lifecycle', false],
  ['ToBeDeletedByClusterAutoscaler=1684234000:NoSchedule', 'Autoscaler', false],
  ['startup-taint.cluster-autoscaler.kubernetes.io/x:NoSchedule', 'Autoscaler', false],
  ['karpenter.sh/disrupted:NoSchedule', 'Autoscaler', false],
  ['offline.vxflexos.storage.dell.com:NoSchedule', 'Lifecycle', false],
  ['aci-containers-host/unavailable:NoSchedule', 'Lifecycle', false],
  ['ix-svc-start:NoExecute', 'Lifecycle', false],
  ['node-role.kubernetes.io/control-plane:NoSchedule', 'ControlPlane', true],
  ['node-role.kubernetes.io/master:NoSchedule', 'ControlPlane', true],
  ['node-role.kubernetes.io/controlplane=true:NoSchedule', 'ControlPlane', true],
  ['node-role.kubernetes.io/etcd:NoExecute', 'ControlPlane', true],
  ['nvidia.com/gpu=present:NoSchedule', 'Hardware', true],
  ['devic.es/dri-render:NoSchedule', 'Hardware', true],
  ['sku=gpu:NoSchedule', 'Hardware', true],
  ['CriticalAddonsOnly=true:NoSchedule', 'Platform', true],
  ['kubernetes.azure.com/scalesetpriority=spot:NoSchedule', 'Platform', true],
  ['eks.amazonaws.com/compute-type=fargate:NoSchedule', 'Platform', false],
  ['node-role.kubernetes.io/infra:NoSchedule', 'Platform', true],
  ['node-role.kubernetes.io/sre:NoExecute', 'Policy', true],
  ['dedicated=infra:NoSchedule', 'Policy', true],
  ['sku=windows:NoSchedule', 'Policy', true],
  ['maintenance=os-2026:NoSchedule', 'Policy', true],
  ['node.example.com/maintenance-mode:NoExecute', 'Lifecycle', false],
  ['nidhogg.uswitch.com/kube-system.node-cache:NoSchedule', 'Lifecycle', false],
  ['oci.oraclecloud.com/oke-is-preemptible=present:NoSchedule', 'Platform', true],
  ['constructor:NoSchedule', 'Policy', true],
  [':NoSchedule', 'Policy', true],
]

describe('classifyTaint', () => {
  for (const [text, taintClass, tolerable] of classes) {
    test(`${text} is ${taintClass}${tolerable ? '' : ', and not to be tolerated'}`, () => {
      const facts = classifyTaint(taint(text))
      expect({ class: facts.class, tolerable: facts.tolerable }).toEqual({ class: taintClass, tolerable })
      expect(facts.meaning).not.toBe('')
      expect(mayTolerateTaint(taint(text))).toBe(tolerable)
    })
  }

  test('what is not to be tolerated of the node and its life says what to do instead', () => {
    for (const [text, taintClass, tolerable] of classes) {
      if (tolerable || taintClass === 'Platform') continue
      expect(classifyTaint(taint(text)).instead ?? '').not.toBe('')
    }
  })

  test('three classes are never tolerated', () => {
    const all: TaintClass[] = [
      'Policy',
      'ControlPlane',
      'NodeCondition',
      'Lifecycle',
      'Autoscaler',
      'Hardware',
      'Platform',
    ]
    expect(all.filter((one) => !mayTolerate(one))).toEqual(['NodeCondition', 'Lifecycle', 'Autoscaler'])
  })

  test('the classes are those of the report', () => {
    const there: ReportedClass = classifyTaint(taint('a:NoSchedule')).class
    const back: TaintClass = there
    expect(back).toBe('Policy')
  })
})
