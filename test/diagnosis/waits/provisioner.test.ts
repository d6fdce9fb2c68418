import { describe, expect, test } from '@jest/globals'
import type { Wait } from '#report/explain-parts.ts'
import { aNode, aPod } from '#test/builders/objects.ts'
import { anObject, by } from '#test/builders/owned.ts'
import { diagnosed, explained } from '#test/diagnosis/diagnosed.ts'

const node = aNode('n2').tainted('a=b:NoSchedule').labelled({ role: 'db' })
const consumer = aPod().claiming('data').selecting({ role: 'db' }).tolerating('a=b:NoSchedule')
const aClass = (provisioner: string, volumeBindingMode = 'WaitForFirstConsumer') =>
  anObject('storage.k8s.io/v1 StorageClass', 'sc').clusterWide().having({ provisioner, volumeBindingMode })
const claim = anObject('v1 PersistentVolumeClaim', 'data')
  .withUid('u-1')
  .having({ spec: { storageClassName: 'sc' }, status: { phase: 'Pending' } })
const chosen = claim.annotated({ 'volume.kubernetes.io/selected-node': 'n2' })
const controller = anObject('apps/v1 ReplicaSet', 'ebs-csi-controller-1').in('kube-system')

const rows = [
  {
    title: 'a claim that waits for its first Pod is not waited for',
    objects: [node, aClass('microk8s.io/hostpath'), claim],
    chain: [],
  },
  {
    title: 'a helper Pod is known by the claim’s uid in its name',
    objects: [
      node,
      aClass('rancher.io/local-path'),
      chosen,
      aPod('helper-pod-create-pvc-u-1').in('lp'),
      aPod('helper-pod-create-pvc-u-2').in('lp'),
    ],
    chain: ['PersistentVolumeClaim data', 'Pod helper-pod-create-pvc-u-1: Pending: taint a=b:NoSchedule on n2'],
  },
  {
    title: 'a helper Pod of MicroK8s is known by the node it is for',
    objects: [
      node,
      aClass('microk8s.io/hostpath'),
      chosen,
      aPod('hostpath-provisioner-n2-abcde').in('kube-system').selecting({ 'kubernetes.io/hostname': 'n2' }),
    ],
    chain: ['PersistentVolumeClaim data', 'Pod hostpath-provisioner-n2-abcde: Pending: taint a=b:NoSchedule on n2'],
  },
  {
    title: 'without a helper Pod the provisioner’s own Pods are looked at',
    objects: [
      node,
      aClass('ebs.csi.aws.com', 'Immediate'),
      claim,
      controller,
      aPod('ebs-csi-controller-1-x').in('kube-system').ownedBy(by(controller)),
    ],
    chain: ['PersistentVolumeClaim data', 'Pod ebs-csi-controller-1-x: Pending: taint a=b:NoSchedule on n2'],
  },
  {
    title: 'a provisioner that no Pod is known of is named as such',
    objects: [node, aClass('storage.example.com', 'Immediate'), claim],
    chain: [
      'PersistentVolumeClaim data',
      'Provisioner storage.example.com: none of its Pods is known by name here: see that it runs',
    ],
  },
  {
    title: 'a class without a provisioner waits for somebody to make a volume',
    objects: [node, aClass('kubernetes.io/no-provisioner', 'Immediate'), claim],
    chain: [
      'PersistentVolumeClaim data: not bound: its class provisions nothing, so somebody has to make a PersistentVolume for it',
    ],
  },
]

const lines = (waits: readonly Wait[]): readonly string[] =>
  waits.flatMap(({ kind, name, why, waitsFor = [] }) =>
    waitsFor.length === 0 ? [`${kind} ${name}: ${why}`] : [`${kind} ${name}`, ...lines(waitsFor)],
  )

describe('the Pod behind the Pod that waits for its volume', () => {
  for (const { title, objects, chain } of rows) {
    test(title, () => {
      expect(lines(diagnosed([...objects, consumer]).waitsFor ?? [])).toEqual(chain)
    })
  }

  test('many that wait for one helper Pod are one chain: the cause first, its effects after it', () => {
    const helper = aPod('helper-pod-create-pvc-u-1').in('lp')
    const { chains } = explained([node, aClass('rancher.io/local-path'), chosen, helper, consumer])
    expect(chains?.map(({ cause, effects }) => [cause.name, effects.map(({ name }) => name)])).toEqual([
      ['helper-pod-create-pvc-u-1', ['data', 'p']],
    ])
  })
})
