import { find, helmRelease } from '#components/lookup.ts'
import { runsRancherServer } from '#components/rancher-server.ts'
import type { Subject } from '#components/subject.ts'
import type { Toleration } from '#model/api/pod.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import { isRecord, labelOf, textAt, valueAt } from '#model/raw-object.ts'

export const fleetNamespace = 'cattle-fleet-system'
export const fleetRelease = { name: 'fleet', namespace: fleetNamespace } as const

/** Fleet's own chart puts this on every Pod it makes. */
export const osToleration: Toleration = { key: 'cattle.io/os', operator: 'Equal', value: 'linux', effect: 'NoSchedule' }
export const cloudToleration: Toleration = {
  key: 'node.cloudprovider.kubernetes.io/uninitialized',
  operator: 'Equal',
  value: 'true',
  effect: 'NoSchedule',
}

/** Who installed Fleet: Rancher sets its values itself, so the place to edit is another. */
export type InstallMode = 'Rancher' | 'Standalone' | 'Unknown'

/** Standalone or by Rancher, from several signs; none of them is needed, each is enough. */
export function installMode(subject: Subject): InstallMode {
  const { cluster } = subject
  const local = find(cluster, 'fleet.cattle.io/v1alpha1', 'Cluster', 'fleet-local', 'local')
  const agentNamespace = bootstrapAgentNamespace(cluster)
  const chartVersion = fleetChartVersion(subject)
  if (
    labelOf(local, 'management.cattle.io/cluster-name') !== undefined ||
    agentNamespace === 'cattle-fleet-local-system' ||
    chartVersion?.includes('+up') === true ||
    runsRancherServer(cluster)
  ) {
    return 'Rancher'
  }
  return local === undefined && agentNamespace === undefined && chartVersion === undefined ? 'Unknown' : 'Standalone'
}

/** `bootstrap.agentNamespace` of Fleet's ConfigMap: empty by default; undefined where it was not read. */
function bootstrapAgentNamespace(cluster: ClusterState): string | undefined {
  const value = valueAt(fleetConfig(cluster), 'bootstrap', 'agentNamespace')
  return typeof value === 'string' ? value : undefined
}

/** Fleet's configuration, JSON in a ConfigMap. */
export function fleetConfig(cluster: ClusterState): Readonly<Record<string, unknown>> | undefined {
  const text = textAt(find(cluster, 'v1', 'ConfigMap', fleetNamespace, 'fleet-controller'), 'data', 'config')
  if (text === undefined) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return isRecord(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** The chart version of release `fleet`, from the workload's origin, the release record or Rancher's App. */
export function fleetChartVersion({ cluster, origin }: Subject): string | undefined {
  const fromOrigin = origin?.chart === 'fleet' ? origin.chartVersion : undefined
  return (
    fromOrigin ??
    helmRelease(cluster, fleetRelease.namespace, fleetRelease.name)?.chart?.version ??
    textAt(
      find(cluster, 'catalog.cattle.io/v1', 'App', fleetNamespace, 'fleet'),
      'spec',
      'chart',
      'metadata',
      'version',
    )
  )
}
