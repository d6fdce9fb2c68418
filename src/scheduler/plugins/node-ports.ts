import type { Pod } from '#model/api/pod.ts'
import type { NodeView } from '#scheduler/framework/cluster-view.ts'
import { fits, type Outcome, refused, unknownWithout } from '#scheduler/framework/outcome.ts'
import { type Plugin, skip } from '#scheduler/framework/plugin.ts'
import { isRestartable } from '#scheduler/framework/pod-requests.ts'
import type { Rules } from '#scheduler/framework/rules.ts'

interface HostPort {
  readonly ip: string
  readonly protocol: string
  readonly port: number
}

interface UsedPort extends HostPort {
  readonly pod: Pod
}

const anyAddress = '0.0.0.0'

/**
 * Refuses a node where a host port that the Pod wants is taken. `0.0.0.0` is every address, `::` is only itself.
 * @see nodeports/node_ports.go PreFilter, Filter; kube-scheduler/framework/types.go HostPortInfo (kubernetes v1.36.2)
 */
export const nodePorts: Plugin = {
  name: 'NodePorts',
  prepare(pod, cluster, rules) {
    const wanted = hostPorts(pod, rules)
    if (wanted.length === 0) return skip
    const missing = cluster.missing('pods')
    const filter = (node: NodeView): Outcome => {
      const used = usedPorts(node, rules)
      for (const want of wanted) {
        const holders = (used.get(want.port) ?? []).filter((one) => conflicts(want, one)).map((one) => one.pod)
        if (holders.length === 0) continue
        const heldBy = holders.slice(0, 3).map((one) => `${one.metadata.namespace ?? ''}/${one.metadata.name ?? ''}`)
        return refused({
          text: "node(s) didn't have free ports for the requested pod ports",
          fact: { kind: 'HostPort', ...want, heldBy },
        })
      }
      return missing === undefined ? fits : unknownWithout(missing)
    }
    return { kind: 'filter', filter }
  },
}

function hostPorts(pod: Pod, rules: Rules): HostPort[] {
  const sidecars = rules.sidecarPorts ? (pod.spec.initContainers ?? []).filter(isRestartable) : []
  return [...sidecars, ...(pod.spec.containers ?? [])].flatMap(({ ports = [] }) =>
    ports
      .filter(({ hostPort = 0 }) => hostPort > 0)
      .map(({ hostPort = 0, hostIP, protocol }) => ({
        ip: hostIP === undefined || hostIP === '' ? anyAddress : hostIP,
        protocol: protocol === undefined || protocol === '' ? 'TCP' : protocol,
        port: hostPort,
      })),
  )
}

const usedOn = new WeakMap<NodeView, { rules: Rules; used: ReadonlyMap<number, readonly UsedPort[]> }>()

function usedPorts(node: NodeView, rules: Rules): ReadonlyMap<number, readonly UsedPort[]> {
  const known = usedOn.get(node)
  if (known?.rules === rules) return known.used
  const used = new Map<number, UsedPort[]>()
  for (const pod of node.pods) {
    for (const port of hostPorts(pod, rules)) {
      const held = used.get(port.port)
      if (held === undefined) used.set(port.port, [{ ...port, pod }])
      else held.push({ ...port, pod })
    }
  }
  usedOn.set(node, { rules, used })
  return used
}

function conflicts(want: HostPort, used: HostPort): boolean {
  if (want.protocol !== used.protocol) return false
  return want.ip === anyAddress || used.ip === anyAddress || want.ip === used.ip
}
