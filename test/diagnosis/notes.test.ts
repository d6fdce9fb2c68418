import { describe, expect, test } from '@jest/globals'
import { aNode, aPod } from '#test/builders/objects.ts'
import { anObject, by } from '#test/builders/owned.ts'
import { diagnosed } from '#test/diagnosis/diagnosed.ts'

const inZone = (name: string, zone: string) => aNode(name).labelled({ zone, 'kubernetes.io/hostname': name })
const volume = anObject('v1 PersistentVolume', 'pv')
  .clusterWide()
  .having({
    spec: {
      claimRef: { namespace: 'default', name: 'data', uid: 'c' },
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['b'] }] }] },
      },
    },
    status: { phase: 'Bound' },
  })
const claim = (spec: object, phase = 'Pending') =>
  anObject('v1 PersistentVolumeClaim', 'data').withUid('c').having({ spec, status: { phase } })
const bound = claim({ volumeName: 'pv', storageClassName: 'sc' }, 'Bound').annotated({
  'pv.kubernetes.io/bind-completed': 'yes',
})
const aClass = (name: string, annotations: Record<string, string> = {}) =>
  anObject('storage.k8s.io/v1 StorageClass', name)
    .clusterWide()
    .annotated(annotations)
    .having({ provisioner: 'x.example.com' })
const aVolume = (name: string, storage: string, phase: string) =>
  anObject('v1 PersistentVolume', name)
    .clusterWide()
    .having({
      spec: { storageClassName: 'sc', capacity: { storage }, accessModes: ['ReadWriteOnce'] },
      status: { phase },
    })
const standard = { 'storageclass.kubernetes.io/is-default-class': 'true' }

/** A Deployment or a DaemonSet with an old and a new Pod. */
function rollout(kind: 'Deployment' | 'DaemonSet', spec: object, pod = aPod(), old = aPod('old')) {
  const workload = anObject(`apps/v1 ${kind}`, 'web').withUid('w').having({ spec })
  if (kind === 'DaemonSet') return [workload, pod.ownedBy(by(workload)), old.ownedBy(by(workload)).on('n1')]
  const sets = ['new', 'old'].map((name) =>
    anObject('apps/v1 ReplicaSet', `web-${name}`).withUid(name).ownedBy(by(workload)),
  )
  const [fresh, stale] = sets as [(typeof sets)[0], (typeof sets)[0]]
  return [
    workload,
    ...sets,
    pod.ownedBy(by(fresh)).labelled({ 'pod-template-hash': 'new' }),
    old.ownedBy(by(stale)).labelled({ 'pod-template-hash': 'old' }).on('n1'),
  ]
}
const port = { containers: [{ name: 'a', ports: [{ containerPort: 80, hostPort: 80 }] }] }
const ofService = (name: string) => ({
  'svccontroller.k3s.cattle.io/svcname': name,
  'svccontroller.k3s.cattle.io/svcnamespace': 'shop',
})
const big = (name = 'p') => aPod(name).requesting({ cpu: '3' })
const event = (reason: string, message: string, at: string) =>
  anObject('v1 Event', `${reason}-${at}`).having({
    reason,
    message,
    lastTimestamp: at,
    involvedObject: { kind: 'Pod', namespace: 'default', name: 'p' },
  })

const rows: readonly { title: string; objects: readonly object[]; says?: RegExp; not?: RegExp }[] = [
  {
    title: 'a volume that no node can reach: where it is, and where the nodes are',
    objects: [inZone('n1', 'a'), inZone('n2', 'c'), aClass('sc'), volume, bound, aPod().claiming('data')],
    says: /zone In b, and no node is there \(there: a, c\): bring such a node/,
  },
  {
    title: 'a volume that a full node can reach: which node that is',
    objects: [inZone('n1', 'a'), inZone('n2', 'b').cordoned(), aClass('sc'), volume, bound, aPod().claiming('data')],
    says: /zone In b: n2/,
  },
  {
    title: 'a claim without a class, and no default',
    objects: [aNode('n1'), aClass('gp3'), claim({}), aPod().claiming('data')],
    says: /there is StorageClass gp3, and none is the default; a claim that names none gets the default one/,
  },
  {
    title: 'a claim of a class that is not there: the default is named, and that the claim has to be made again',
    objects: [aNode('n1'), aClass('gp3', standard), claim({ storageClassName: 'gp2' }), aPod().claiming('data')],
    says: /StorageClass gp3 is the default; the class of a claim cannot be changed/,
  },
  {
    title: 'volumes that are nearly right: one left over by another claim, one too small',
    objects: [
      aNode('n1'),
      aClass('sc').having({ provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: 'WaitForFirstConsumer' }),
      claim({ storageClassName: 'sc', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } }),
      aVolume('left', '9Gi', 'Released'),
      aVolume('small', '1Gi', 'Available'),
      aPod().claiming('data'),
    ],
    says: /PersistentVolume left of the same class is Released.*\nPersistentVolume small \(1Gi\) is free, and smaller than the 5Gi/,
  },
  {
    title: 'a claim whose volume is to be made for a node that is gone',
    objects: [
      aNode('n1'),
      aClass('sc'),
      claim({ storageClassName: 'sc' }).annotated({ 'volume.kubernetes.io/selected-node': 'gone' }),
      aPod().claiming('data'),
    ],
    says: /node gone, which does not exist any more.*annotate pvc data volume\.kubernetes\.io\/selected-node-/,
  },
  {
    title: 'a Deployment whose old Pod holds the host port',
    objects: [aNode('n1'), ...rollout('Deployment', {}, aPod().withSpec(port), aPod('old').withSpec(port))],
    says: /of the same Deployment web.*maxSurge: 0, or strategy Recreate, lets/,
  },
  {
    title: 'a Deployment whose old Pod holds the room',
    objects: [aNode('n1').offering({ cpu: '4' }), ...rollout('Deployment', {}, big(), big('old'))],
    says: /node n1 has room for it once old, an older Pod of the same Deployment web, is gone.*maxSurge: 0/,
  },
  {
    title: 'a Deployment whose old Pod would not free enough',
    objects: [aNode('n1').offering({ cpu: '2' }), ...rollout('Deployment', {}, big(), aPod('old'))],
    not: /maxSurge/,
  },
  {
    title: 'a Deployment that has maxSurge 0 already',
    objects: [
      aNode('n1'),
      ...rollout(
        'Deployment',
        { strategy: { rollingUpdate: { maxSurge: 0 } } },
        aPod().withSpec(port),
        aPod('old').withSpec(port),
      ),
    ],
    not: /maxSurge/,
  },
  {
    title: 'a DaemonSet that surges onto a host port of its own',
    objects: [
      aNode('n1'),
      ...rollout(
        'DaemonSet',
        { updateStrategy: { rollingUpdate: { maxSurge: 1 } } },
        aPod().withSpec(port),
        aPod('old').withSpec(port),
      ),
    ],
    says: /of the same DaemonSet web.*maxSurge: 0 with maxUnavailable: 1/,
  },
  {
    title: 'a DaemonSet that does not surge',
    objects: [aNode('n1'), ...rollout('DaemonSet', {}, aPod().withSpec(port), aPod('old').withSpec(port))],
    not: /maxSurge/,
  },
  {
    title: 'a node selector that the template does not have was added by admission',
    objects: [
      aNode('n1'),
      anObject('apps/v1 ReplicaSet', 'web').having({ spec: { template: { spec: { containers: [] } } } }),
      aPod()
        .selecting({ region: 'primary' })
        .ownedBy(by(anObject('apps/v1 ReplicaSet', 'web'))),
    ],
    says: /region=primary is not in the template of ReplicaSet web: admission added it/,
  },
  {
    title: 'a node selector of the template is nobody else’s',
    objects: [
      aNode('n1'),
      anObject('apps/v1 ReplicaSet', 'web').having({
        spec: { template: { spec: { containers: [], nodeSelector: { region: 'primary' } } } },
      }),
      aPod()
        .selecting({ region: 'primary' })
        .ownedBy(by(anObject('apps/v1 ReplicaSet', 'web'))),
    ],
    not: /admission/,
  },
  {
    title: 'preemption that waits for a Pod to end',
    objects: [
      aNode('n1').offering({ cpu: '4' }).tainted('a:NoSchedule'),
      aPod().withSpec({ priority: 10 }).withStatus({ nominatedNodeName: 'n1' }),
      aPod('low').on('n1').terminating(),
    ],
    says: /preemption has chosen node n1 for it, where default\/low has to end first/,
  },
  {
    title: 'two Services of type LoadBalancer on one port of K3s',
    objects: [
      aNode('n1'),
      aPod().withSpec(port).labelled(ofService('nodeapp')),
      aPod('svclb').withSpec(port).labelled(ofService('traefik')).on('n1'),
    ],
    says: /Service shop\/nodeapp is of type LoadBalancer.*shop\/traefik has port 80\/TCP/,
  },
  {
    title: 'two Pods of one such Service',
    objects: [
      aNode('n1'),
      aPod().withSpec(port).labelled(ofService('nodeapp')),
      aPod('svclb').withSpec(port).labelled(ofService('nodeapp')).on('n1'),
    ],
    not: /LoadBalancer/,
  },
  {
    title: 'what an autoscaler said last',
    objects: [
      aNode('n1').tainted('a:NoSchedule'),
      aPod(),
      event('TriggeredScaleUp', 'pod triggered scale-up: [g 1->2]', '2026-08-01T10:00:00Z'),
      event('NotTriggerScaleUp', 'pod did not trigger scale-up: 1 max node group size reached', '2026-08-01T11:00:00Z'),
    ],
    says: /Cluster Autoscaler adds no node for it: pod did not trigger scale-up: 1 max node group size reached$/m,
  },
]

describe('what is worth knowing beside the causes', () => {
  for (const { title, objects, says, not } of rows) {
    test(title, () => {
      const notes = diagnosed(objects).notes.join('\n')
      if (says !== undefined) expect(notes).toMatch(says)
      if (not !== undefined) expect(notes).not.toMatch(not)
    })
  }
})

describe('nodes that are cordoned', () => {
  const mends = (...objects: readonly object[]) => diagnosed(objects).causes.flatMap(({ mend }) => mend ?? [])

  test('are to be uncordoned where nothing else keeps the Pod off', () => {
    expect(mends(aNode('n1').cordoned(), aNode('n2').tainted('a:NoSchedule'), aPod())).toContain(
      'Uncordon n1 when the maintenance there is over: nothing else keeps the Pod off.',
    )
  })

  test('are passed over where something else does too', () => {
    expect(mends(aNode('n1').cordoned(), aPod().selecting({ a: 'b' })).join()).not.toContain('Uncordon n1')
  })

  test('an autoscaler’s taint tells since when', () => {
    expect(mends(aNode('n1').tainted('ToBeDeletedByClusterAutoscaler=1636478510:NoSchedule'), aPod()).join()).toContain(
      '(since 2021-11-09 17:21 UTC)',
    )
  })
})
