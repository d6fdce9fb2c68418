import { describe, expect, test } from '@jest/globals'
import type { Placement } from '#components/component.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { anObject } from '#test/builders/owned.ts'
import { answered, questionOf, recordOf, type Told } from './asked.ts'
import { type ChartRow, deployment, job, tolerating } from './charts.ts'

const withBlock = `      {{- with .Values.tolerations }}
      tolerations: {{ toYaml . | nindent 8 }}
      {{- end }}`
const plain: ChartRow = {
  rule: '',
  files: { 'templates/web.yaml': deployment(withBlock) },
  values: { tolerations: [] },
  path: 'tolerations',
  reach: 'Proven',
}
const hook: ChartRow = {
  rule: '',
  files: {
    'templates/migrate.yaml': `{{- if .Values.migrate.enabled }}\n${job('')}{{- end }}`,
    'templates/web.yaml': `{{- if .Values.migrate.enabled }}\n${deployment(withBlock)}{{- end }}`,
  },
  values: { migrate: { enabled: true } },
  workload: 'Job r-migrate',
  path: null,
  reach: 'NotReached',
}
const all = (places: readonly Placement[]) =>
  places.flatMap(({ evidence, warnings, afterwards, reach, apply }) => [
    evidence,
    ...warnings,
    ...afterwards,
    ...apply,
    reach.kind === 'Unknown' ? reach.because : '',
  ])
const kinds = (places: readonly Placement[]) => places.map(({ target }) => target.kind)
const changed = (object: ApiObject) => ({
  ...object,
  spec: { template: { spec: { containers: [{ name: 'c', image: 'i' }], tolerations: [tolerating('patched')] } } },
})

/** A row, what is told besides, and words that have to be said. */
const said: readonly [rule: string, row: ChartRow, told: Told, words: readonly string[]][] = [
  [
    'the command upgrades the release to the same chart',
    plain,
    {},
    ['helm upgrade r REPO/c -n ns --version 1.0.0 --reset-then-reuse-values -f values.yaml'],
  ],
  [
    'a release that is pending refuses upgrades',
    plain,
    { status: 'pending-install' },
    ['Release r is pending-install: helm refuses another upgrade'],
  ],
  [
    'a workload that somebody patched differs from its manifest',
    plain,
    { live: changed },
    ['Deployment r-web was changed since helm made it'],
  ],
  [
    'a stuck hook Job is freed, and its next run waits again',
    hook,
    {},
    ['The next run of hook Job r-migrate waits again.'],
  ],
  [
    'a hook that is left out leaves its Job',
    hook,
    {},
    ['Helm forgets the hook and leaves its Job: delete it by hand. kubectl -n ns delete job r-migrate'],
  ],
  ['the template to mend is named', hook, {}, ['templates/migrate.yaml would have to pass a value on']],
  [
    'without the record the key is unknown',
    plain,
    { record: null },
    ['Which values key feeds the tolerations is not known'],
  ],
  [
    'a template that was cut out is told',
    { ...plain, files: { 'templates/web.yaml': '' } },
    {},
    ['its template is not in the release record', 'nothing shows that it gets there'],
  ],
  [
    'a template that is cut off is told',
    { ...plain, files: { 'templates/web.yaml': '{{ if .Values.a' } },
    {},
    ['an action is not closed'],
  ],
  [
    'a block without end is told',
    { ...plain, files: { 'templates/web.yaml': '{{ if .Values.a }}x' } },
    {},
    ['a block is not ended'],
  ],
  [
    'an end without block is told',
    { ...plain, files: { 'templates/web.yaml': 'x{{ end }}' } },
    {},
    ['end without a block'],
  ],
  [
    'templates that include themselves are told',
    { ...plain, files: { 'templates/web.yaml': '{{ include "a" . }}{{ define "a" }}{{ include "a" . }}{{ end }}' } },
    {},
    ['include each other more than 60 deep'],
  ],
  [
    'templates that never end are told',
    { ...plain, files: { 'templates/web.yaml': '{{ range until 9999 }}{{ range until 9999 }}x{{ end }}{{ end }}' } },
    {},
    ['it takes too many steps'],
  ],
  [
    'a function that is not known is named where the answer hangs on it',
    { ...plain, files: { 'templates/web.yaml': deployment('      {{- derivedPodSpec .Values | nindent 6 }}') } },
    {},
    ['c/templates/web.yaml: function derivedPodSpec'],
  ],
  [
    'a template that comes to something else than the manifest holds is not believed',
    { ...plain, renders: ['other'] },
    {},
    ['it comes to other tolerations than the manifest holds'],
  ],
  [
    'texts that double are told',
    {
      ...plain,
      files: { 'templates/web.yaml': '{{ $x := "ab" }}{{ range until 60 }}{{ $x = print $x $x }}{{ end }}' },
    },
    {},
    ['it makes a text of more than 4 MiB'],
  ],
  [
    'lists that double are told',
    {
      ...plain,
      files: { 'templates/web.yaml': '{{ $x := list 1 }}{{ range until 60 }}{{ $x = concat $x $x }}{{ end }}' },
    },
    {},
    ['it makes a list of more than 20000 entries'],
  ],
  [
    'maps in maps that double are told',
    {
      ...plain,
      files: {
        'templates/web.yaml':
          '{{ $x := dict }}{{ range until 60 }}{{ $x = dict "a" $x "b" $x }}{{ end }}{{ toYaml $x }}',
      },
    },
    {},
    ['a value of its making is too large'],
  ],
  [
    'a map in itself is told',
    { ...plain, files: { 'templates/web.yaml': '{{ $x := dict }}{{ $_ := set $x "a" $x }}{{ toYaml $x }}' } },
    {},
    ['grows without end'],
  ],
]

describe('what is said of a chart’s workload', () => {
  test.each(said)('%s', (_, row, told, words) => {
    const places = all(answered(row, told))
    for (const word of words) expect(places.join('\n')).toContain(word)
  })

  test('a values list that holds the toleration already is not set again', () => {
    const places = answered({ ...hook, user: { tolerations: [tolerating('new')] } })
    expect(places[0]).toMatchObject({ isSet: true, reach: { kind: 'NotReached' } })
    expect(all(places).join('\n')).toContain('setting them again changes nothing')
  })

  test('where values and manifest hold it and the workload lacks it, the Pod comes first', () => {
    const bare = (object: ApiObject) => ({ ...object, spec: { template: { spec: { containers: [] } } } })
    const row = { ...plain, user: { tolerations: [tolerating('new')] }, renders: ['new'] }
    expect(kinds(answered(row, { live: bare }))).toEqual(['PodPatch', 'HelmValues'])
  })

  test('where the workload tolerates it already, only the Pod was made before', () => {
    const row = { ...plain, user: { tolerations: [tolerating('new')] }, renders: ['new'] }
    expect(kinds(answered(row))).toEqual(['PodPatch'])
  })

  test('what no release made is not answered', () => {
    const strip = (object: ApiObject) => ({ ...object, metadata: { name: 'other', namespace: 'ns', uid: 'root' } })
    expect(answered(plain, { live: strip })).toEqual([])
  })

  test('for what is not reached the ways out are the Pod, the switch and the template', () => {
    expect(kinds(answered(hook))).toEqual(['HelmValues', 'PodPatch', 'HelmValues', 'None'])
    const [, , off] = answered(hook)
    expect(off).toMatchObject({ takesTolerations: false, sets: [{ path: 'migrate.enabled', value: false }] })
  })

  test('a key with dots in it stands in brackets', () => {
    const files = {
      'templates/web.yaml': deployment(
        '      tolerations: {{ toYaml (index .Values "my.key").tolerations | nindent 8 }}',
      ),
    }
    const [natural] = answered({ ...plain, files, values: { 'my.key': { tolerations: [] } } })
    expect(natural?.target.path).toBe('[my.key].tolerations')
  })
})

const flux = anObject('helm.toolkit.fluxcd.io/v2 HelmRelease', 'app').in('ns')
const helmChart = anObject('helm.cattle.io/v1 HelmChart', 'r').in('ns')
const bundle = anObject('fleet.cattle.io/v1alpha1 Bundle', 'b').in('fleet-default')
const annotations = { 'fleet.cattle.io/bundle-id': 'b', 'fleet.cattle.io/agent-namespace': 'cattle-fleet-system' }
const byFleet = recordOf(plain, {
  chart: { metadata: { name: 'c', version: '1.0.0', annotations } },
})
const application = (helm: object) =>
  anObject('argoproj.io/v1alpha1 Application', 'app')
    .in('argocd')
    .having({ spec: { source: { chart: 'c', helm } } })
const marked =
  (labels: Record<string, string>, more: Record<string, string> = {}) =>
  (object: ApiObject) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels,
      annotations: { ...(object.metadata.annotations as Record<string, string>), ...more },
    },
  })
const ofFlux = marked({ 'helm.toolkit.fluxcd.io/name': 'app', 'helm.toolkit.fluxcd.io/namespace': 'ns' })
const ofArgo = marked({}, { 'argocd.argoproj.io/tracking-id': 'app:apps/Deployment:ns/r-web' })

const managers: readonly [rule: string, told: Told, target: object][] = [
  [
    'a Flux HelmRelease holds the values of its release',
    { live: ofFlux, beside: [flux] },
    {
      kind: 'CustomResource',
      resource: 'HelmRelease.helm.toolkit.fluxcd.io',
      path: 'spec.values.tolerations',
      namespace: 'ns',
      name: 'app',
    },
  ],
  [
    'an Argo CD Application holds them as an object',
    { live: ofArgo, beside: [application({ valuesObject: {} })] },
    {
      kind: 'CustomResource',
      resource: 'Application.argoproj.io',
      path: 'spec.source.helm.valuesObject.tolerations',
      name: 'app',
    },
  ],
  [
    'or as a text',
    { live: ofArgo, beside: [application({ values: 'a: 1' })] },
    { path: 'spec.source.helm.values tolerations' },
  ],
  [
    'a HelmChart of K3s holds them as a text',
    { beside: [helmChart] },
    { kind: 'CustomResource', resource: 'HelmChart.helm.cattle.io', path: 'spec.valuesContent tolerations', name: 'r' },
  ],
  [
    'a HelmChartConfig comes after its HelmChart',
    { beside: [helmChart, anObject('helm.cattle.io/v1 HelmChartConfig', 'r').in('ns')] },
    { resource: 'HelmChartConfig.helm.cattle.io', path: 'spec.valuesContent tolerations' },
  ],
  [
    'a Fleet Bundle holds them',
    { record: byFleet, beside: [bundle] },
    { resource: 'Bundle.fleet.cattle.io', path: 'spec.helm.values.tolerations', namespace: 'fleet-default' },
  ],
  [
    'behind a GitRepo it is the fleet.yaml',
    {
      record: byFleet,
      beside: [
        bundle.labelled({ 'fleet.cattle.io/repo-name': 'repo' }),
        anObject('fleet.cattle.io/v1alpha1 GitRepo', 'repo').in('fleet-default'),
      ],
    },
    { kind: 'HelmValues', file: 'fleet.yaml', path: 'helm.values.tolerations', release: 'r' },
  ],
  [
    'a HelmOp holds them',
    {
      record: byFleet,
      beside: [
        bundle.labelled({ 'fleet.cattle.io/fleet-helm-name': 'op' }),
        anObject('fleet.cattle.io/v1alpha1 HelmOp', 'op').in('fleet-default'),
      ],
    },
    { resource: 'HelmOp.fleet.cattle.io', path: 'spec.helm.values.tolerations', name: 'op' },
  ],
]

describe('where something else installs the release, the values stand there', () => {
  test.each(managers)('%s', (_, told, target) => {
    const places = answered(plain, told)
    expect(places[0]?.target).toMatchObject(target)
    const last = places.at(-1)
    expect(last?.target).toMatchObject({ kind: 'HelmValues', path: 'tolerations', file: 'values.yaml' })
    expect(last?.lasts).toMatch(/^until .+ is applied again$/)
    expect(all(places).join('\n')).toContain('undoes what is changed besides it')
  })

  test('the question that is asked is not changed by answering it', () => {
    const question = questionOf(plain)
    const before = JSON.stringify(question.root)
    answered(plain)
    expect(JSON.stringify(question.root)).toBe(before)
  })
})
