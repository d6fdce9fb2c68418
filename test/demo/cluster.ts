import { fleetInstall } from './fleet-install.ts'
import { fleetStandalone } from './fleet-standalone.ts'
import { fleetdmUpgrade } from './fleetdm.ts'
import { waitingVolume } from './microk8s.ts'
import { agoFrom, type DemoObject, namespace, node } from './objects.ts'
import { rancherFirstNode } from './rancher.ts'
import { refusal } from './workloads.ts'

/** One cluster of the demo, served under a context of that name. */
export interface DemoCluster {
  readonly context: string
  readonly version: string
  /** What there is to see in it, as one line. */
  readonly shows: string
  readonly objects: readonly DemoObject[]
}

const tainted = 'node(s) had untolerated taint(s)'

/**
 * The five cases this tool was made for, in three small clusters: two versions of Fleet cannot be in one, and the first
 * node of a K3s cluster is the only one. Times are relative to `now`.
 */
export function demoClusters(now: Date): DemoCluster[] {
  return [platform(now), edge(now), lab(now)]
}

function platform(now: Date): DemoCluster {
  const ago = agoFrom(now)
  const version = 'v1.36.2'
  const old = ago(50_000)
  const apps = { labels: { pool: 'apps' } }
  const nodes = [
    node('cp-1', old, ['node-role.kubernetes.io/control-plane:NoSchedule'], version, {
      labels: { 'node-role.kubernetes.io/control-plane': '' },
    }),
    ...['infra-1', 'infra-2'].map((name) => node(name, old, ['dedicated=infra:NoSchedule'], version)),
    ...['apps-1', 'apps-2'].map((name) => node(name, old, ['dedicated=apps:NoSchedule'], version, apps)),
  ]
  const refused = refusal({ [tainted]: nodes.length })
  return {
    context: 'platform',
    version,
    shows: 'Fleet 0.11.3, whose cleanup Jobs ignore the tolerations of its values, and FleetDM, whose labels overlap',
    objects: [namespace('default', old), ...nodes, ...fleetInstall(ago, refused), ...fleetdmUpgrade(ago, refused)],
  }
}

function edge(now: Date): DemoCluster {
  const version = 'v1.36.2+k3s1'
  return {
    context: 'edge',
    version,
    shows: "Rancher's first node of a K3s cluster, tainted: the agent that Rancher waits for gets no node",
    objects: rancherFirstNode(agoFrom(now), version, refusal({ [tainted]: 1 })),
  }
}

function lab(now: Date): DemoCluster {
  const ago = agoFrom(now)
  const version = 'v1.36.2'
  const nodes = ['mk-1', 'mk-2'].map((name) => node(name, ago(40_000), ['dedicated=db:NoSchedule'], version))
  const refused = refusal({ [tainted]: nodes.length })
  return {
    context: 'lab',
    version,
    shows: 'Fleet 0.12.3 with its local agent and a git job, and on MicroK8s a volume that waits for a helper Pod',
    objects: [...nodes, ...fleetStandalone(ago, refused), ...waitingVolume(ago, refused)],
  }
}
