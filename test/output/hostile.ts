import fc from 'fast-check'
import type { ExplainReport } from '#report/explain-report.ts'
import type { SuggestReport } from '#report/suggest-report.ts'

/** Gives each string of a report; the label says which one it is. */
export type Words = (label: string) => string

/** Every field that a report may hold, with strings as a cluster might. */
export function anExplainReport(say: Words): ExplainReport {
  return {
    apiVersion: 'taintdoctor.dev/v1alpha1',
    kind: 'ExplainReport',
    clusters: [
      {
        ...head(say),
        diagnoses: [
          {
            pods: ['first', 'second'].map((label) => ({
              namespace: say('namespace'),
              name: say(label),
              uid: say('uid'),
              createdAt: '2026-11-23T10:00:00Z',
            })),
            state: 'Unschedulable',
            answer: say('answer'),
            message: say('message'),
            schedulerMessage: say('schedulerMessage'),
            owners: [
              { apiVersion: 'apps/v1', kind: say('kind'), namespace: say('namespace'), name: say('owner'), uid: null },
            ],
            ownersEnd: say('ownersEnd'),
            origin: {
              kind: 'HelmRelease',
              namespace: say('namespace'),
              name: say('release'),
              chart: say('chart'),
              chartVersion: say('chartVersion'),
              status: say('status'),
              hookEvents: [say('event')],
            },
            component: say('component'),
            podBlockers: [{ plugin: 'VolumeBinding', reasons: [say('reason')], resolvable: true }],
            nodes: {
              total: 3,
              feasible: [say('feasible')],
              blocked: [
                {
                  nodes: [say('node'), say('node2')],
                  mark: 'cordoned',
                  blockers: [
                    {
                      plugin: 'TaintToleration',
                      reasons: [say('reason')],
                      resolvable: false,
                      details: [say('detail')],
                      taints: [
                        {
                          key: say('key'),
                          value: say('value'),
                          effect: say('effect'),
                          class: 'Policy',
                          meaning: say('meaning'),
                          instead: say('instead'),
                        },
                      ],
                    },
                  ],
                  unknown: [{ plugin: say('plugin'), because: [say('because')] }],
                },
              ],
              undetermined: [
                { nodes: [say('node3')], unknown: [{ plugin: say('plugin'), because: [say('because')] }] },
              ],
            },
            causes: [{ code: 'QuotaExceeded', summary: say('summary') }],
            waitsFor: [
              {
                kind: say('kind'),
                namespace: say('namespace'),
                name: say('claim'),
                about: say('about'),
                why: say('why'),
                waitsFor: [{ kind: 'Pod', name: say('helper'), role: say('role'), why: say('why') }],
              },
            ],
            holdsUp: [{ kind: 'HelmRelease', name: say('release'), why: say('held') }],
            remedies: [],
            notes: [say('note')],
          },
        ],
      },
    ],
  }
}

export function aSuggestReport(say: Words): SuggestReport {
  const stillBlocked = [
    { nodes: [say('node')], blockers: [{ plugin: 'X', reasons: [say('reason')], resolvable: true }] },
  ]
  const body = {
    target: {
      kind: 'HelmValues',
      release: say('release'),
      namespace: say('namespace'),
      path: say('path'),
      file: say('file'),
    },
    tolerations: [{ key: say('key'), operator: 'Exists', effect: 'NoSchedule' }],
    content: `${say('content')}\n`,
    apply: [say('apply')],
    opens: { nodes: [say('opens')], podsThatFit: 1, podsWanted: 2 },
    stillBlocked,
    reach: 'Documented',
    evidence: say('evidence'),
    warnings: [say('warning')],
    afterwards: [say('afterwards')],
  } as const
  return {
    apiVersion: 'taintdoctor.dev/v1alpha1',
    kind: 'SuggestReport',
    clusters: [
      {
        ...head(say),
        suggestions: [
          {
            ...body,
            component: say('component'),
            workloads: [{ kind: say('kind'), namespace: say('namespace'), name: say('workload'), pods: 2 }],
            alternatives: [{ ...body, requires: say('requires'), lasts: say('lasts') }],
            why: say('why'),
          },
        ],
      },
    ],
  }
}

function head(say: Words) {
  return {
    name: say('cluster'),
    server: say('server'),
    version: say('version'),
    judgedAs: 'v1.36',
    nodeCount: 3,
    incomplete: [
      { resource: say('resource'), reason: 'Forbidden', message: say('said'), consequence: say('consequence') },
    ],
    notes: [say('headNote')],
  }
}

/** Words that try to be markup somewhere: Markdown, HTML, mentions, links, and what turns a terminal around. */
export const nastyWords: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</style><svg onload=alert(1)>',
  '"><b>',
  "' onclick='x",
  '&lt;b&gt;',
  '&#60;',
  '[link](javascript:alert(1))',
  '![image](https://example.com/x.png)',
  'https://example.com/?q=1',
  'www.example.com',
  'someone@example.com',
  '@someone',
  '#12',
  'group/project#12',
  '!12',
  '~label',
  '$12',
  ':tada:',
  '**bold**',
  '__bold__',
  '_it_',
  '~~gone~~',
  '`code`',
  '``',
  '```',
  '| cell |',
  'a|b',
  '\\',
  '\\|',
  '[^1]',
  '[ ]',
  '# head',
  '- item',
  '1. item',
  '> quote',
  '<!--',
  '-->',
  ']]>',
  '\u202egnp.exe',
  '\u200b',
  '\u001b[31mred',
  'line\nbreak',
  'tab\there',
  '---',
  '===',
  '{{ x }}',
  '$(id)',
  '*',
]

/** Strings made of nasty words, plain words and single characters; never blank. */
export const nasty: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...nastyWords),
      fc.constantFrom('plain', 'node-1', 'k=v:NoSchedule', ' '),
      fc.string({ maxLength: 6, unit: 'grapheme' }),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => `x${parts.join('')}y`)
