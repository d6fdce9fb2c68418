import { describe, expect, test } from '@jest/globals'
import { parseServerVersion } from '#model/server-version.ts'
import type { NodeVerdict, PluginBlocker, PodVerdict } from '#scheduler/evaluate.ts'
import type { PluginName } from '#scheduler/framework/plugin.ts'
import { messageOf } from '#scheduler/message.ts'
import { rulesFor } from '#scheduler/profile.ts'

const fact = { kind: 'Cordoned' } as const
const because = [{ kind: 'NotComputed', what: 'something' }] as const

function by(plugin: PluginName, ...reasons: string[]): PluginBlocker {
  return { plugin, resolvable: false, reasons: reasons.map((text) => ({ text, fact })) }
}

function node(...blockers: PluginBlocker[]): NodeVerdict {
  return { node: { name: 'n' } as NodeVerdict['node'], blockers, unknown: [] }
}

function unsure(plugin: PluginName, ...blockers: PluginBlocker[]): NodeVerdict {
  return { ...node(...blockers), unknown: [{ plugin, because }] }
}

const taint = by('TaintToleration', 'node(s) had untolerated taint(s)')
const small = by('NodeResourcesFit', 'Insufficient cpu', 'Insufficient memory')
const leftOut: PluginBlocker = {
  ...by('NodeAffinity', "node(s) didn't satisfy plugin(s) [NodeAffinity]"),
  leftOut: true,
}
const lost = by('VolumeBinding', 'persistentvolumeclaim "x" not found')
const verdict = (nodes: readonly NodeVerdict[], rest: Partial<PodVerdict> = {}): PodVerdict => ({
  podBlockers: [],
  podUnknown: [],
  nodes,
  ...rest,
})

interface Row {
  readonly rule: string
  readonly given: PodVerdict
  readonly server?: string
  readonly message: string | null
}

const rows: readonly Row[] = [
  {
    rule: 'without nodes there is a sentence of its own',
    given: verdict([]),
    message: 'no nodes available to schedule pods',
  },
  {
    rule: 'without nodes no reason counts',
    given: verdict([], { podBlockers: [lost] }),
    message: 'no nodes available to schedule pods',
  },
  {
    rule: 'nodes with the same reason are counted together',
    given: verdict([node(taint), node(taint)]),
    message: '0/2 nodes are available: 2 node(s) had untolerated taint(s).',
  },
  {
    rule: 'a node with two reasons counts twice',
    given: verdict([node(small)]),
    message: '0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.',
  },
  {
    rule: 'only the first plugin of a node is reported',
    given: verdict([node(taint, small)]),
    message: '0/1 nodes are available: 1 node(s) had untolerated taint(s).',
  },
  {
    rule: 'entries are sorted as text, so that ten comes before two, and capitals before small letters',
    given: verdict([...Array.from({ length: 10 }, () => node(taint)), ...Array.from({ length: 2 }, () => node(small))]),
    message:
      '0/12 nodes are available: 10 node(s) had untolerated taint(s), 2 Insufficient cpu, 2 Insufficient memory.',
  },
  {
    rule: 'text is sorted by bytes: beyond the basic plane comes last',
    given: verdict([
      node(by('TaintToleration', 'taint {\u{1f600}: }')),
      node(by('TaintToleration', 'taint {\uffee: }')),
    ]),
    message: '0/2 nodes are available: 1 taint {\uffee: }, 1 taint {\u{1f600}: }.',
  },
  {
    rule: 'a rejection of the Pod as a whole stands alone, without a count',
    given: verdict([node(taint), node()], { podBlockers: [lost] }),
    message: '0/2 nodes are available: persistentvolumeclaim "x" not found.',
  },
  {
    rule: 'of several rejections as a whole the first is reported',
    given: verdict([node()], { podBlockers: [lost, by('VolumeZone', 'later')] }),
    message: '0/1 nodes are available: persistentvolumeclaim "x" not found.',
  },
  {
    rule: 'nodes that were left out are counted like others',
    given: verdict([node(leftOut), node(taint)]),
    message:
      "0/2 nodes are available: 1 node(s) didn't satisfy plugin(s) [NodeAffinity], 1 node(s) had untolerated taint(s).",
  },
  {
    rule: 'up to 1.31 nodes that were left out are not mentioned',
    server: 'v1.31.14',
    given: verdict([node(leftOut), node(taint)]),
    message: '0/2 nodes are available: 1 node(s) had untolerated taint(s).',
  },
  {
    rule: 'up to 1.31 there may be nothing behind the colon',
    server: 'v1.30.14',
    given: verdict([node(leftOut)]),
    message: '0/1 nodes are available:',
  },
  { rule: 'there is no message where a node is feasible', given: verdict([node(taint), node()]), message: null },
  {
    rule: 'there is none where an earlier plugin of a node is unknown',
    given: verdict([unsure('NodePorts', small)]),
    message: null,
  },
  {
    rule: 'a later plugin that is unknown does not matter',
    given: verdict([unsure('InterPodAffinity', small)]),
    message: '0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.',
  },
  {
    rule: 'there is none where the first reason may not be all',
    given: verdict([node({ ...small, incomplete: because })]),
    message: null,
  },
  {
    rule: 'there is none where the Pod may be rejected as a whole before any node is looked at',
    given: verdict([node(taint)], { podUnknown: [{ plugin: 'VolumeBinding', because }] }),
    message: null,
  },
  {
    rule: 'volume limits never reject a Pod as a whole',
    given: verdict([node(taint)], { podUnknown: [{ plugin: 'NodeVolumeLimits', because }] }),
    message: '0/1 nodes are available: 1 node(s) had untolerated taint(s).',
  },
  {
    rule: 'there is none where an earlier plugin may reject the Pod as a whole with other words',
    given: verdict([node()], { podBlockers: [lost], podUnknown: [{ plugin: 'VolumeRestrictions', because }] }),
    message: null,
  },
]

describe('the sentence of kube-scheduler', () => {
  for (const { rule, given, server, message } of rows) {
    test(rule, () => {
      const version = server === undefined ? null : (parseServerVersion(server) ?? null)
      expect(messageOf(given, rulesFor(version))).toBe(message)
    })
  }
})
