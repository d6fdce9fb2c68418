import { type NeededRead, neededReads, rulesFor } from './needed-reads.ts'

const rbac = 'rbac.authorization.k8s.io'

/** The role that allows all that answers may need: what the docs hold. */
export function wholeRole(): object {
  return clusterRole('kubectl-taintdoctor', neededReads)
}

/** Roles that allow these reads: one for the cluster, one for the namespace. */
export function roleObjects(lacking: readonly NeededRead[], namespace: string | null): readonly object[] {
  const wide = lacking.filter(({ scope }) => scope === 'Cluster' || namespace === null)
  const narrow = lacking.filter((read) => !wide.includes(read))
  return [
    ...(wide.length === 0 ? [] : [clusterRole('kubectl-taintdoctor', wide)]),
    ...(narrow.length === 0 || namespace === null ? [] : [role('kubectl-taintdoctor', namespace, narrow)]),
  ]
}

function clusterRole(name: string, reads: readonly NeededRead[]): object {
  return { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name }, rules: rulesFor(reads) }
}

function role(name: string, namespace: string, reads: readonly NeededRead[]): object {
  return { apiVersion: `${rbac}/v1`, kind: 'Role', metadata: { name, namespace }, rules: rulesFor(reads) }
}
