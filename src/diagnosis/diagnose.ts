import type { ClusterState } from '#model/cluster-state.ts'
import type { ServerVersion } from '#model/server-version.ts'
import type { ClusterHead, Diagnosis, ExplainedCluster } from '#report/explain-report.ts'
import type { Rules } from '#scheduler/framework/rules.ts'
import { newestKnownMinor, oldestKnownMinor, rulesFor } from '#scheduler/profile.ts'
import { askedObjects } from './asked/asked.ts'
import { diagnosePods } from './diagnose-pods.ts'
import { elsewhereOf } from './elsewhere.ts'
import { incompleteOf } from './incomplete.ts'
import { inquiryOf } from './inquiry.ts'
import { notCreated } from './not-created/not-created.ts'
import { podClasses } from './pod-class.ts'
import { podsInScope, type Scope } from './scope.ts'
import { chainsOf } from './waits/chains.ts'

export interface DiagnoseOptions {
  /** Judge as this server would, whatever the cluster says of itself. */
  readonly version?: ServerVersion
}

/** Why the Pods in scope wait: one diagnosis for all that the scheduler cannot tell apart. */
export function diagnose(state: ClusterState, scope: Scope, options: DiagnoseOptions = {}): ExplainedCluster {
  const version = options.version ?? state.version
  const rules = rulesFor(version)
  const inquiry = inquiryOf(state, rules)
  const pods = podsInScope(state, scope)
  const ofPods = podClasses(pods, state.lists.pods.items).map((alike) => diagnosePods(alike, inquiry))
  const diagnoses: readonly Diagnosis[] = [...ofPods, ...notCreated(scope, inquiry)]
  const chains = chainsOf(diagnoses)
  const asked = askedObjects(scope, diagnoses, inquiry)
  const elsewhere = diagnoses.length === 0 ? elsewhereOf(state, scope) : undefined
  return {
    ...headOf(state, version, rules),
    ...(scope.namespace === undefined ? {} : { namespace: scope.namespace }),
    diagnoses,
    ...(chains.length === 0 ? {} : { chains }),
    ...(asked.length === 0 ? {} : { asked }),
    ...(elsewhere === undefined ? {} : { elsewhere }),
  }
}

/** What is said of a cluster before the answer. */
export function headOf(state: ClusterState, version: ServerVersion | null, rules: Rules): ClusterHead {
  const { nodes } = state.lists
  return {
    name: state.name,
    server: state.server,
    version: version?.text ?? null,
    judgedAs: `v1.${rules.minor}`,
    nodeCount: nodes.missing === undefined ? nodes.items.length : null,
    incomplete: incompleteOf(state),
    notes: state.missing.some(({ resource }) => resource === 'cluster') ? [] : versionNotes(version),
  }
}

function versionNotes(version: ServerVersion | null): readonly string[] {
  if (version === null) return [`the server's version is not known: judged as v1.${newestKnownMinor}`]
  if (version.major > 1 || version.minor > newestKnownMinor) {
    return [`${version.text} is newer than what is known: judged as v1.${newestKnownMinor}`]
  }
  if (version.minor < oldestKnownMinor) {
    return [`${version.text} is older than what is known: judged as v1.${oldestKnownMinor}`]
  }
  return []
}
