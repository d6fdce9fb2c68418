import { describe, expect, test } from '@jest/globals'
import { aNode, aPod } from '#test/builders/objects.ts'
import { diagnosed } from '#test/diagnosis/diagnosed.ts'

const adviceOf = (objects: readonly object[]) => {
  const cause = diagnosed(objects).causes.find(({ code }) => code === 'UntoleratedTaint')
  return [...((cause?.nearMisses as string[] | undefined) ?? []), ...((cause?.mend as string[] | undefined) ?? [])]
}

const rows = [
  {
    title: 'a value that differs is a near miss',
    objects: [aNode('n1').tainted('gpu=true:NoSchedule'), aPod().tolerating('gpu=present:NoSchedule')],
    says: "the taint's value is true, not present",
  },
  {
    title: 'not where the toleration is right for another node',
    objects: [
      aNode('n1').tainted('team=ml:NoSchedule'),
      aNode('n2').tainted('team=db:NoSchedule').offering({ pods: '0' }),
      aPod().tolerating('team=db:NoSchedule'),
    ],
    says: undefined,
  },
  {
    title: 'an effect that is lacking counts all the same',
    objects: [aNode('n1').tainted('a=b:NoSchedule', 'a=b:NoExecute'), aPod().tolerating('a=b:NoSchedule')],
    says: "the taint's effect is NoExecute",
  },
  {
    title: 'a broken node is to be mended, not tolerated',
    objects: [aNode('n1').tainted('node.kubernetes.io/not-ready:NoSchedule'), aPod()],
    says: 'Find out why its kubelet is not Ready (n1)',
  },
  {
    title: 'a startup taint is for its owner to remove',
    objects: [aNode('n1').tainted('ebs.csi.aws.com/agent-not-ready:NoExecute'), aPod()],
    says: 'Mend the CSI driver there (n1)',
  },
]

describe('what is said of taints beside their names', () => {
  for (const { title, objects, says } of rows) {
    test(title, () => {
      if (says === undefined) expect(adviceOf(objects)).toEqual([])
      else expect(adviceOf(objects).join('\n')).toContain(says)
    })
  }
})
