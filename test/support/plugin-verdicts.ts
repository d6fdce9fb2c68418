import { expect } from '@jest/globals'
import type { ObjectMeta } from '#model/api/meta.ts'
import type { ClusterState, MissingRead } from '#model/cluster-state.ts'
import type { SchedulerKind } from '#model/kinds.ts'
import { parseServerVersion } from '#model/server-version.ts'
import { viewOf } from '#scheduler/framework/cluster-view.ts'
import type { Outcome } from '#scheduler/framework/outcome.ts'
import type { Plugin, Prepared } from '#scheduler/framework/plugin.ts'
import { rulesFor } from '#scheduler/profile.ts'
import { aCluster } from '#test/builders/cluster.ts'

export interface Setting {
  readonly serverVersion?: string
  /** Kinds whose lists were denied, each with the namespaces that were read all the same. */
  readonly denied?: Partial<Record<SchedulerKind, readonly string[]>>
}

/** What one plugin says of the Pod on every node, by name; under `*` what it says of all at once. */
export function verdictsOf(
  plugin: Plugin,
  pod: object,
  others: readonly object[],
  setting: Setting = {},
): Record<string, string> {
  const outcomes = outcomesOf(plugin, pod, others, setting)
  return Object.fromEntries(Object.entries(outcomes).map(([node, outcome]) => [node, inWords(outcome)]))
}

/** The same as the plugin gives it. */
export function outcomesOf(
  plugin: Plugin,
  pod: object,
  others: readonly object[],
  { serverVersion, denied = {} }: Setting = {},
): Record<string, Outcome | Prepared> {
  const state = without(aCluster([pod, ...others]), denied)
  const { name, namespace } = (pod as { metadata: ObjectMeta }).metadata
  const incoming = state.lists.pods.items.find(
    ({ metadata }) => metadata.name === name && metadata.namespace === namespace,
  )
  if (incoming === undefined) throw new Error('the first object is to be a Pod')
  const version = serverVersion === undefined ? null : (parseServerVersion(serverVersion) ?? null)
  const view = viewOf(state)
  const prepared = plugin.prepare(incoming, view, rulesFor(version))
  if (prepared.kind !== 'filter') return { '*': prepared }
  return Object.fromEntries(view.nodes.map((node) => [node.name, prepared.filter(node)]))
}

/** Holds what was said with some reads missing against what is said with all: only the unknown may differ. */
export function expectStaysTrue(partial: Record<string, string>, full: Record<string, string>): void {
  for (const [node, said] of Object.entries(partial)) {
    const truth = full[node] ?? full['*'] ?? ''
    const passes = truth === 'fits' || truth === 'skip'
    if (said.startsWith('unknown')) continue
    if (said === 'fits' || said === 'skip')
      expect({ node, said, truth: passes ? said : truth }).toEqual({ node, said, truth: said })
    else if (said.endsWith(otherReasons)) expect({ node, said, passes }).toEqual({ node, said, passes: false })
    else expect({ node, said }).toEqual({ node, said: truth })
  }
}

const otherReasons = ', or another reason'

function without(state: ClusterState, denied: NonNullable<Setting['denied']>): ClusterState {
  const lists = { ...state.lists }
  for (const [kind, readNamespaces] of Object.entries(denied)) {
    const missing: MissingRead = { resource: kind, reason: 'Forbidden', message: `${kind} is forbidden` }
    Object.assign(lists, { [kind]: { ...state.lists[kind as SchedulerKind], missing, readNamespaces } })
  }
  return { ...state, lists }
}

function inWords(outcome: Outcome | Prepared): string {
  switch (outcome.kind) {
    case 'refused': {
      const text = outcome.reasons.map((reason) => reason.text).join(' | ')
      const others = outcome.incomplete === undefined ? '' : otherReasons
      return `${text}${outcome.resolvable ? '' : ' (for good)'}${others}`
    }
    case 'failed':
      return `failed: ${outcome.message}`
    case 'unknown':
      return `unknown without ${outcome.because.map((one) => (one.kind === 'MissingRead' ? one.read.resource : one.kind)).join(', ')}`
    default:
      return outcome.kind
  }
}
