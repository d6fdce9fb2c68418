import { aCluster } from '#test/builders/cluster.ts'
import { aNode, aPod } from '#test/builders/objects.ts'

const words = ['web', 'api', 'worker', 'ingest', 'billing', 'search', 'mail', 'report', 'auth', 'cache']

/** A cluster with so many nodes in pools, so many running Pods, and so many kinds of Pods that wait. */
export function aLargeCluster(nodes: number, running: number, waiting: number) {
  const pools = Array.from({ length: Math.min(14, nodes) }, (_, pool) => pool)
  const objects: object[] = []
  for (let n = 0; n < nodes; n++) {
    const pool = n % pools.length
    const node = aNode(`pool-${pool}-node-${String(n).padStart(4, '0')}.eu-central-1.compute.internal`)
      .inZone(`zone-${n % 3}`)
      .labelled({ pool: `pool-${pool}` })
    const tainted = pool === 0 ? node : node.tainted(`dedicated=pool-${pool}:NoSchedule`)
    objects.push(
      n % 50 === 7 ? tainted.cordoned() : pool > 11 ? tainted.tainted('nvidia.com/gpu=present:NoSchedule') : tainted,
    )
  }
  for (let p = 0; p < running; p++) {
    const owner = {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      name: `agent-${p % 40}`,
      uid: `ds-${p % 40}`,
      controller: true,
    }
    objects.push(
      aPod(`agent-${p}`)
        .in(`team-${p % 20}`)
        .on(
          `pool-${(p % nodes) % pools.length}-node-${String(p % nodes).padStart(4, '0')}.eu-central-1.compute.internal`,
        )
        .requesting({ cpu: '900m', memory: '3Gi' })
        .tolerating(`dedicated=pool-${p % 14}:NoSchedule`)
        .ownedBy(owner),
    )
  }
  for (let p = 0; p < waiting; p++) {
    const name = `${words[p % words.length]}-${words[(p * 7 + 3) % words.length]}-${p}`
    const pod = aPod(`${name}-6f9c7d-x2x7k`)
      .in(`team-${p % 20}`)
      .requesting({ cpu: `${(p % 9) + 1}`, memory: `${(p % 13) + 2}Gi` })
      .ownedBy({ apiVersion: 'apps/v1', kind: 'StatefulSet', name, uid: `ss-${p}`, controller: true })
    const chosen = p % 3 === 0 ? pod.selecting({ pool: `pool-${p % 14}` }) : pod
    objects.push(p % 4 === 0 ? chosen.tolerating(`dedicated=pool-${p % 14}:NoSchedule`) : chosen)
  }
  return aCluster(objects, { serverVersion: 'v1.36.2', name: 'large' })
}
