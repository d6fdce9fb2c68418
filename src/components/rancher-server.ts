import type { ClusterState } from '#model/cluster-state.ts'
import { labelOf, textAt } from '#model/raw-object.ts'
import type { KnownVersion } from './component.ts'
import { mostTrusted } from './known-version.ts'
import { find, helmRelease, imageIn } from './lookup.ts'

export const rancherNamespace = 'cattle-system'

/** Whether the Rancher server runs in this cluster: its Deployment or its Service stands in `cattle-system`. */
export function runsRancherServer(cluster: ClusterState): boolean {
  return (
    find(cluster, 'apps/v1', 'Deployment', rancherNamespace, 'rancher') !== undefined ||
    find(cluster, 'v1', 'Service', rancherNamespace, 'rancher') !== undefined ||
    helmRelease(cluster, rancherNamespace, 'rancher') !== undefined
  )
}

/** The version of the Rancher that manages this cluster, from what can be read in it. */
export function rancherVersion(cluster: ClusterState): KnownVersion | undefined {
  const server = find(cluster, 'apps/v1', 'Deployment', rancherNamespace, 'rancher')
  const agent = find(cluster, 'apps/v1', 'Deployment', rancherNamespace, 'cattle-cluster-agent')
  const serverImage = imageIn(server, 'rancher/rancher')
  const agentImage = imageIn(agent, 'rancher/rancher-agent')
  const setting = find(cluster, 'management.cattle.io/v3', 'Setting', undefined, 'server-version')
  return mostTrusted([
    { written: serverImage?.tag, source: `image ${serverImage?.text}` },
    { written: textAt(setting, 'value'), source: 'setting server-version' },
    { written: labelOf(server, 'chart')?.replace(/^rancher-/, ''), source: 'label chart of Deployment rancher' },
    { written: agentImage?.tag, source: `image ${agentImage?.text}` },
  ])
}

/** `--version 2.11.1` of the installed chart; undefined where its record was not read. */
export function rancherChartVersion(cluster: ClusterState): string | undefined {
  return helmRelease(cluster, rancherNamespace, 'rancher')?.chart?.version
}
