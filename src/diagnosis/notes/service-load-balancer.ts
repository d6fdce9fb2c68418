import type { Inquiry } from '#diagnosis/inquiry.ts'
import type { Pod } from '#model/api/pod.ts'
import type { Fact } from '#scheduler/framework/fact.ts'

/**
 * Two Services of type LoadBalancer for which K3s' ServiceLB wants the same port of the nodes: each has a DaemonSet
 * whose Pods take it as a host port, so only one of them gets it.
 * @see k3s-io/k3s pkg/cloudprovider/servicelb.go
 */
export function serviceLoadBalancerNotes(pod: Pod, facts: readonly Fact[], { podCalled }: Inquiry): readonly string[] {
  const own = serviceOf(pod)
  if (own === undefined) return []
  const clashes = facts.flatMap((fact) => {
    if (fact.kind !== 'HostPort') return []
    return fact.heldBy.flatMap((name) => {
      const holder = podCalled(name)
      const other = holder === undefined ? undefined : serviceOf(holder)
      return other === undefined || other === own ? [] : [`${other} has port ${fact.port}/${fact.protocol}`]
    })
  })
  return clashes.length === 0
    ? []
    : [
        `Service ${own} is of type LoadBalancer, and so is the one that holds its port: ${[...new Set(clashes)].join(', ')}. ServiceLB gives a port of the nodes to one Service only: use another port, or type ClusterIP behind an Ingress`,
      ]
}

function serviceOf({ metadata }: Pod): string | undefined {
  const name = metadata.labels?.['svccontroller.k3s.cattle.io/svcname']
  const namespace = metadata.labels?.['svccontroller.k3s.cattle.io/svcnamespace']
  return name === undefined ? undefined : `${namespace ?? '?'}/${name}`
}
