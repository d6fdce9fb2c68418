/** A chart as a row tells it, and where the tolerations of one workload of it are set. */
export interface ChartRow {
  readonly rule: string
  /** Files of the chart by their path: `templates/web.yaml`, `charts/sub/templates/x.yaml`. */
  readonly files: Readonly<Record<string, string>>
  readonly values?: object
  readonly user?: object
  /** Defaults of subcharts by folder. */
  readonly subValues?: Readonly<Record<string, object>>
  readonly dependencies?: readonly { name: string; alias?: string; condition?: string }[]
  /** Kind and name; `Deployment r-web` where nothing is said. */
  readonly workload?: string
  /** What it tolerates as rendered, by key. */
  readonly renders?: readonly string[]
  /** The template that made it; the first file where nothing is said. */
  readonly from?: string
  /** Whether the record holds the subcharts' templates, as Helm's own never do. */
  readonly whole?: boolean
  /** The path of the natural place; null where it has none. */
  readonly path: string | null
  readonly reach: 'Proven' | 'NotReached' | 'Unknown'
  /** Keys of the list to repeat. */
  readonly repeats?: readonly string[]
  /** Words of evidence, reason and warnings. */
  readonly says?: readonly string[]
  /** Words that are not there. */
  readonly silent?: readonly string[]
  /** Paths of the other places in the values, with what is set there. */
  readonly others?: readonly string[]
}

/** A toleration by its key, as the rows write it. */
export const tolerating = (key: string) => ({ key, operator: 'Exists', effect: 'NoSchedule' })

/** A Deployment around a snippet of its Pod's spec. */
export function deployment(snippet: string, name = '{{ .Release.Name }}-web'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      containers: [{name: c, image: i}]
${snippet}
`
}

/** A Job, which may be a hook, around a snippet of its Pod's spec. */
export function job(snippet: string, annotations = 'helm.sh/hook: post-install'): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-migrate
  annotations: {${annotations}}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: c, image: i}]
${snippet}
`
}

const plain = `      tolerations:
{{ toYaml .Values.tolerations | indent 8 }}`
const withBlock = `      {{- with .Values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}`
const web = (snippet: string) => ({ 'templates/web.yaml': deployment(snippet) })

/** What charts do with tolerations. Each row is a chart that helm renders. */
export const chartRows: readonly ChartRow[] = [
  {
    rule: 'a value that is printed gets there',
    files: web(plain),
    values: { tolerations: [] },
    path: 'tolerations',
    reach: 'Proven',
  },
  {
    rule: 'a value inside with gets there',
    files: web(withBlock),
    values: { tolerations: [] },
    path: 'tolerations',
    reach: 'Proven',
  },
  { rule: 'a value that has no default gets there', files: web(withBlock), path: 'tolerations', reach: 'Proven' },
  {
    rule: 'a value inside if gets there',
    files: web(`      {{- if .Values.tolerations }}
      tolerations: {{ toYaml .Values.tolerations | nindent 8 }}
      {{- end }}`),
    path: 'tolerations',
    reach: 'Proven',
  },
  {
    rule: 'what stands in else is lost once the value is set, and so is repeated',
    files: web(`      {{- if .Values.tolerations }}
      tolerations: {{ toYaml .Values.tolerations | nindent 8 }}
      {{- else }}
      tolerations:
        - {key: fixed, operator: Exists, effect: NoSchedule}
      {{- end }}`),
    renders: ['fixed'],
    path: 'tolerations',
    reach: 'Proven',
    repeats: ['fixed'],
    says: ['what the chart gives while tolerations is empty'],
  },
  {
    rule: 'a default of the template is lost too',
    files: web(
      `      tolerations: {{ .Values.tolerations | default (list (dict "key" "fixed" "operator" "Exists" "effect" "NoSchedule")) | toYaml | nindent 8 }}`,
    ),
    renders: ['fixed'],
    path: 'tolerations',
    reach: 'Proven',
    repeats: ['fixed'],
  },
  {
    rule: 'entries of the default values are repeated',
    files: web(withBlock),
    values: { tolerations: [tolerating('spot')] },
    renders: ['spot'],
    path: 'tolerations',
    reach: 'Proven',
    repeats: ['spot'],
    says: ['The list replaces'],
  },
  {
    rule: 'the user’s list stands in place of the default one',
    files: web(withBlock),
    values: { tolerations: [tolerating('spot')] },
    user: { tolerations: [tolerating('own')] },
    renders: ['own'],
    path: 'tolerations',
    reach: 'Proven',
    repeats: ['own'],
  },
  {
    rule: 'a template that appends keeps its own entries',
    files: web(
      `      tolerations: {{ concat (list (dict "key" "fixed" "operator" "Exists" "effect" "NoSchedule")) (.Values.tolerations | default list) | toYaml | nindent 8 }}`,
    ),
    renders: ['fixed'],
    path: 'tolerations',
    reach: 'Proven',
    repeats: [],
    says: ['need not be repeated'],
  },
  {
    rule: 'entries written beside the value are kept',
    files: web(`      tolerations:
        - {key: fixed, operator: Exists, effect: NoSchedule}
        {{- with .Values.tolerations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}`),
    renders: ['fixed'],
    path: 'tolerations',
    reach: 'Proven',
    repeats: [],
    says: ['need not be repeated'],
  },
  {
    rule: 'of a coalesce the workload’s own key comes first',
    files: web(`      {{- with coalesce .Values.web.tolerations .Values.tolerations }}
      tolerations: {{ toYaml . | nindent 8 }}
      {{- end }}`),
    values: { tolerations: [], web: { tolerations: [] } },
    path: 'web.tolerations',
    reach: 'Proven',
    others: ['tolerations'],
  },
  {
    rule: 'of a coalesce the key that is in use comes first, and the other one would lose its list',
    files: web(`      {{- with coalesce .Values.web.tolerations .Values.tolerations }}
      tolerations: {{ toYaml . | nindent 8 }}
      {{- end }}`),
    values: { tolerations: [tolerating('all')], web: { tolerations: [] } },
    renders: ['all'],
    path: 'tolerations',
    reach: 'Proven',
    repeats: ['all'],
    others: ['web.tolerations'],
  },
  {
    rule: 'a key that a coalesce passes over is none',
    files: web(`      {{- with coalesce .Values.web.tolerations .Values.tolerations }}
      tolerations: {{ toYaml . | nindent 8 }}
      {{- end }}`),
    values: { tolerations: [], web: { tolerations: [tolerating('web')] } },
    renders: ['web'],
    path: 'web.tolerations',
    reach: 'Proven',
    repeats: ['web'],
    others: [],
  },
  {
    rule: 'global values are everybody’s, and come after the chart’s own',
    files: web(
      `      tolerations: {{ .Values.tolerations | default .Values.global.tolerations | toYaml | nindent 8 }}`,
    ),
    values: { tolerations: [], global: { tolerations: [] } },
    path: 'tolerations',
    reach: 'Proven',
    others: ['global.tolerations'],
  },
  {
    rule: 'global values alone do as well',
    files: web(`      tolerations: {{ toYaml .Values.global.tolerations | nindent 8 }}`),
    values: { global: { tolerations: [] } },
    path: 'global.tolerations',
    reach: 'Proven',
    says: ['every chart of the release'],
  },
  {
    rule: 'tpl passes a list on',
    files: web(`      tolerations: {{ tpl (toYaml .Values.tolerations) . | nindent 8 }}`),
    values: { tolerations: [] },
    path: 'tolerations',
    reach: 'Proven',
  },
  {
    rule: 'a list that is taken as a text is said to be one',
    files: web(`      tolerations: {{ tpl .Values.tolerations . | nindent 8 }}`),
    values: { tolerations: '[]' },
    path: 'tolerations',
    reach: 'Unknown',
    says: ['as a text'],
  },
  {
    rule: 'a helper with the whole context is followed',
    files: {
      ...web(`{{ include "x.scheduling" . | indent 6 }}`),
      'templates/_helpers.tpl': `{{- define "x.scheduling" -}}
{{- with .Values.scheduling.tolerations -}}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end -}}
{{- end -}}`,
    },
    values: { scheduling: {} },
    path: 'scheduling.tolerations',
    reach: 'Proven',
  },
  {
    rule: 'a helper with a dict is followed',
    files: {
      ...web(`      {{- include "x.tolerations" (dict "own" .Values.web "root" $) | nindent 6 }}`),
      'templates/_helpers.tpl': `{{- define "x.tolerations" -}}
tolerations: {{ toYaml (default .root.Values.tolerations .own.tolerations) | nindent 2 }}
{{- end -}}`,
    },
    values: { web: { replicas: 1 }, tolerations: [] },
    path: 'web.tolerations',
    reach: 'Proven',
    others: ['tolerations'],
  },
  {
    rule: 'a helper that stands in the same file is followed',
    files: web(`      tolerations: {{- include "x.list" . | nindent 8 }}
{{- define "x.list" }}{{ toYaml .Values.list }}{{ end }}`),
    values: { list: [] },
    path: 'list',
    reach: 'Proven',
  },
  {
    rule: 'template is followed as include is',
    files: {
      ...web(`{{ template "x.t" . }}`),
      'templates/_h.tpl': `{{ define "x.t" }}      tolerations: {{ toJson .Values.tolerations }}{{ end }}`,
    },
    values: { tolerations: [] },
    path: 'tolerations',
    reach: 'Proven',
  },
  {
    rule: 'block renders what it defines',
    files: web(`{{ block "x.b" . }}      tolerations: {{ toJson .Values.tolerations }}{{ end }}`),
    values: { tolerations: [] },
    path: 'tolerations',
    reach: 'Proven',
  },
  {
    rule: 'helpers that call helpers are followed',
    files: {
      ...web(`      tolerations: {{- include "x.a" (dict "context" $ "key" "web") | nindent 8 }}`),
      'templates/_h.tpl': `{{ define "x.a" }}{{ include "x.b" (index .context.Values .key) }}{{ end }}{{ define "x.b" }}{{ .tolerations | default list | toYaml }}{{ end }}`,
    },
    values: { web: {} },
    path: 'web.tolerations',
    reach: 'Proven',
  },
  {
    rule: 'what a helper returns as YAML is read again',
    files: {
      ...web(`      {{- $made := include "x.spec" . | fromYaml }}
      tolerations: {{ toYaml $made.tolerations | nindent 8 }}`),
      'templates/_h.tpl': `{{ define "x.spec" }}tolerations: {{ toJson .Values.pod.tolerations }}{{ end }}`,
    },
    values: { pod: { tolerations: [] } },
    path: 'pod.tolerations',
    reach: 'Proven',
  },
  {
    rule: 'merged values keep where they come from',
    files: web(`      {{- $own := mergeOverwrite (dict) (deepCopy .Values.defaults) (.Values.web | default dict) }}
      tolerations: {{ toYaml $own.tolerations | nindent 8 }}`),
    values: { defaults: { tolerations: [] }, web: {} },
    path: 'web.tolerations',
    reach: 'Proven',
  },
  {
    rule: 'merge keeps what stands in the first map',
    files: web(`      {{- $own := merge (dict) .Values.web .Values.defaults }}
      tolerations: {{ toYaml $own.tolerations | nindent 8 }}`),
    values: { defaults: { tolerations: [] }, web: { tolerations: [tolerating('web')] } },
    renders: ['web'],
    path: 'web.tolerations',
    reach: 'Proven',
    repeats: ['web'],
    others: [],
  },
  {
    rule: 'variables carry values, also out of a block',
    files: web(`      {{- $list := .Values.tolerations }}
      {{- if .Values.web.tolerations }}{{ $list = .Values.web.tolerations }}{{ end }}
      tolerations: {{ toYaml $list | nindent 8 }}`),
    values: { tolerations: [], web: {} },
    path: 'web.tolerations',
    reach: 'Proven',
    others: ['tolerations'],
  },
  {
    rule: 'inside with the dollar is still the whole chart',
    files: web(`      {{- with .Values.web }}
      tolerations: {{ toYaml $.Values.tolerations | nindent 8 }}
      {{- end }}`),
    values: { tolerations: [], web: { a: 1 } },
    path: 'tolerations',
    reach: 'Proven',
  },
  {
    rule: 'a map that is passed on whole takes tolerations too',
    files: web(`      {{- with .Values.podSpec }}
      {{- toYaml . | nindent 6 }}
      {{- end }}`),
    values: { podSpec: { nodeSelector: { a: 'b' } } },
    path: 'podSpec.tolerations',
    reach: 'Proven',
  },
  {
    rule: 'a list that is gone through entry by entry gets there',
    files: web(`      tolerations:
      {{- range .Values.tolerations }}
        - key: {{ .key }}
          operator: {{ .operator }}
          effect: {{ .effect }}
          {{- if .value }}
          value: {{ .value | quote }}
          {{- end }}
      {{- end }}`),
    values: { tolerations: [] },
    path: 'tolerations',
    reach: 'Proven',
  },
  {
    rule: 'a template that drops parts of an entry does not pass it on',
    files: web(`      tolerations:
      {{- range .Values.tolerations }}
        - key: {{ .key }}
      {{- end }}`),
    values: { tolerations: [] },
    path: null,
    reach: 'NotReached',
    says: ['reads tolerations, but not for'],
  },
  {
    rule: 'of workloads that are gone through each has its own key',
    files: {
      'templates/workers.yaml': `{{- range $name, $worker := .Values.workers }}
---
${deployment('      tolerations: {{ toYaml $worker.tolerations | nindent 8 }}', '{{ $.Release.Name }}-{{ $name }}')}
{{- end }}`,
    },
    values: { workers: { mail: { tolerations: [] }, web: { tolerations: [tolerating('a')] } } },
    renders: ['a'],
    path: 'workers.web.tolerations',
    reach: 'Proven',
    repeats: ['a'],
  },
  {
    rule: 'an entry of a list cannot be set alone',
    files: {
      'templates/workers.yaml': `{{- range .Values.workers }}
---
${deployment('      tolerations: {{ toYaml .tolerations | nindent 8 }}', '{{ $.Release.Name }}-{{ .name }}')}
{{- end }}`,
    },
    values: { workers: [{ name: 'mail' }, { name: 'web', tolerations: [] }] },
    path: 'workers[1].tolerations',
    reach: 'Proven',
    says: ['helm replaces whole'],
  },
  {
    rule: 'a hook Job that reads no key is not reached, though the values hold the key',
    files: { 'templates/migrate.yaml': `{{- if .Values.migrate.enabled }}\n${job('')}{{- end }}`, ...web(withBlock) },
    values: { tolerations: [], migrate: { enabled: true } },
    user: { tolerations: [tolerating('a')] },
    workload: 'Job r-migrate',
    path: 'tolerations',
    reach: 'NotReached',
    repeats: ['a'],
    says: ['templates/migrate.yaml reads no tolerations key'],
    others: ['migrate.enabled=false'],
  },
  {
    rule: 'two workloads in one file are told apart',
    files: { 'templates/all.yaml': `${deployment(withBlock)}---\n${job('')}` },
    values: { tolerations: [] },
    workload: 'Job r-migrate',
    path: null,
    reach: 'NotReached',
    says: ['reads tolerations, but not for the tolerations of Job r-migrate'],
  },
  {
    rule: 'a key that is read only once another one is set is named with that one',
    files: web(`      {{- if .Values.nodeSelector }}
      nodeSelector: {{ toYaml .Values.nodeSelector | nindent 8 }}
      tolerations: {{ toYaml .Values.tolerations | nindent 8 }}
      {{- end }}`),
    values: { nodeSelector: {}, tolerations: [] },
    path: 'tolerations',
    reach: 'NotReached',
    says: ['passes .Values.tolerations on to Deployment r-web only where nodeSelector is set', 'As the values are'],
  },
  {
    rule: 'a key that is read only in another mode is named with that mode',
    files: web(`      {{- if eq .Values.mode "cluster" }}
      tolerations: {{ toYaml .Values.web.tolerations | nindent 8 }}
      {{- end }}`),
    values: { mode: 'alone', web: { tolerations: [] } },
    path: 'web.tolerations',
    reach: 'NotReached',
    says: ['on to Deployment r-web only where mode is cluster'],
  },
  {
    rule: 'a key that is read only once a switch is off is named with that switch',
    files: web(`      {{- if not .Values.dev }}
      tolerations: {{ toYaml .Values.tolerations | nindent 8 }}
      {{- end }}`),
    values: { dev: true, tolerations: [] },
    path: 'tolerations',
    reach: 'NotReached',
    says: ['on to Deployment r-web only where dev is false'],
  },
  {
    rule: 'a key whose name is a part of another value is followed',
    files: web(`      {{- $parts := split "." .Values.path }}
      {{- with index .Values.web $parts._1 }}
      tolerations: {{ toYaml . | nindent 8 }}
      {{- end }}`),
    values: { path: 'a.tolerations', web: { tolerations: [] } },
    path: 'web.tolerations',
    reach: 'Proven',
  },
  {
    rule: 'entries that are gone through by their numbers get there',
    files: web(`      tolerations:
      {{- range $at := untilStep 0 (len .Values.tolerations | int) 1 }}
        - {{ index $.Values.tolerations $at | toJson }}
      {{- end }}`),
    values: { tolerations: [] },
    path: 'tolerations',
    reach: 'Proven',
  },
  {
    rule: 'the first of several maps that has the key gets there',
    files: web(`      tolerations: {{ pluck "tolerations" .Values.web .Values | first | toJson }}`),
    values: { web: { tolerations: [tolerating('a')] }, tolerations: [] },
    renders: ['a'],
    path: 'web.tolerations',
    reach: 'Proven',
    repeats: ['a'],
  },
  {
    rule: 'the first of several maps gets there too where none has the key yet',
    files: web(`      {{- with pluck "tolerations" .Values.web .Values | first }}
      tolerations: {{ toJson . }}
      {{- end }}`),
    values: { web: { replicas: 1 } },
    path: 'web.tolerations',
    reach: 'Proven',
    others: ['tolerations'],
  },
  {
    rule: 'a document may begin on the line of its dashes',
    files: {
      'templates/web.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n---{{- $own := .Values.web -}}\n${deployment(
        '      tolerations: {{ toJson $own.tolerations }}',
      )}`,
    },
    values: { web: { tolerations: [] } },
    path: 'web.tolerations',
    reach: 'Proven',
  },
  {
    rule: 'a misspelt key of the person’s is named beside the right one',
    files: web(withBlock),
    values: { tolerations: [] },
    user: { toleration: [tolerating('a')] },
    path: 'tolerations',
    reach: 'Proven',
    says: [
      'The values set toleration, which reaches nothing of release r: the key for Deployment r-web is tolerations.',
    ],
  },
  {
    rule: 'a key of the person’s that stands a level off is named beside the right one',
    files: web(`      {{- with .Values.web.tolerations }}
      tolerations: {{ toYaml . | nindent 8 }}
      {{- end }}`),
    values: { web: { tolerations: [] } },
    user: { tolerations: [tolerating('a')] },
    path: 'web.tolerations',
    reach: 'Proven',
    says: ['The values set tolerations, which reaches nothing of release r'],
  },
  {
    rule: 'a key of the person’s that lacks the subchart’s name is named beside the right one',
    files: { 'charts/component/templates/web.yaml': deployment(withBlock) },
    dependencies: [{ name: 'component' }],
    values: { component: { tolerations: [] } },
    subValues: { component: { tolerations: [] } },
    user: { tolerations: [tolerating('a')] },
    path: 'component.tolerations',
    reach: 'Unknown',
    says: ['The values set tolerations, which reaches nothing of release r'],
  },
  {
    rule: 'a stray key is named too where values and manifest show the right one',
    files: { 'charts/component/templates/web.yaml': deployment(withBlock) },
    dependencies: [{ name: 'component' }],
    values: { component: { tolerations: [tolerating('spot')] } },
    subValues: { component: { tolerations: [] } },
    user: { tolerations: [tolerating('a')] },
    renders: ['spot'],
    path: 'component.tolerations',
    reach: 'Proven',
    repeats: ['spot'],
    says: ['The values set tolerations, which reaches nothing of release r'],
  },
  {
    rule: 'a key of the person’s for another workload that is switched off is no mistake',
    files: {
      ...web(withBlock),
      'templates/worker.yaml': `{{- if .Values.worker.enabled }}\n${job(
        '      tolerations: {{ toYaml .Values.worker.tolerations | nindent 8 }}',
      )}{{- end }}`,
    },
    values: { tolerations: [], worker: { enabled: false } },
    user: { worker: { tolerations: [tolerating('a')] } },
    path: 'tolerations',
    reach: 'Proven',
    silent: ['reaches nothing'],
  },
  {
    rule: 'a key of the person’s for a subchart that is switched off is no mistake',
    files: {
      ...web(withBlock),
      'charts/metrics/templates/x.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n',
    },
    dependencies: [{ name: 'metrics', condition: 'metrics.enabled' }],
    values: { tolerations: [] },
    user: { metrics: { enabled: false, tolerations: [tolerating('a')] } },
    path: 'tolerations',
    reach: 'Proven',
    silent: ['reaches nothing'],
  },
  {
    rule: 'a CronJob has its Pod two templates deep',
    files: {
      'templates/report.yaml': `apiVersion: batch/v1
kind: CronJob
metadata: {name: "{{ .Release.Name }}-report"}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: c, image: i}]
          tolerations: {{ toYaml .Values.report.tolerations | nindent 12 }}`,
    },
    values: { report: { tolerations: [] } },
    workload: 'CronJob r-report',
    path: 'report.tolerations',
    reach: 'Proven',
  },
  {
    rule: 'nodeSelector and affinity beside it are not taken for it',
    files: web(`      {{- with .Values.nodeSelector }}
      nodeSelector: {{ toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.affinity }}
      affinity: {{ toYaml . | nindent 8 }}
      {{- end }}`),
    values: { nodeSelector: {}, affinity: {}, tolerations: [] },
    path: null,
    reach: 'NotReached',
    says: ['templates/web.yaml reads no tolerations key'],
  },
  {
    rule: 'a key in a comment is not read',
    files: web(`      {{- /* .Values.tolerations, some day }} */}}
      # tolerations: not yet
      {{/* {{ toYaml .Values.tolerations }} */}}`),
    values: { tolerations: [] },
    path: null,
    reach: 'NotReached',
  },
  {
    rule: 'white space is eaten as Go eats it',
    files: web(`      tolerations:
        {{-  toYaml .Values.tolerations   |   nindent 8  -}}
        {{- /* the end */ -}}
`),
    values: { tolerations: [] },
    path: 'tolerations',
    reach: 'Proven',
  },
  {
    rule: 'a key that a switch guards is set with the switch',
    files: web(`      {{- if .Values.dedicated.enabled }}
      tolerations: {{ toYaml .Values.dedicated.tolerations | nindent 8 }}
      {{- end }}`),
    values: { dedicated: { enabled: false, tolerations: [] } },
    path: 'dedicated.tolerations',
    reach: 'Proven',
    says: ['where dedicated.enabled is true'],
  },
  {
    rule: 'what hangs on the server’s APIs is followed both ways',
    files: web(`      {{- if .Capabilities.APIVersions.Has "policy/v1" }}
      tolerations: {{ toYaml .Values.tolerations | nindent 8 }}
      {{- else }}
      tolerations: {{ toYaml .Values.tolerations | nindent 8 }}
      {{- end }}`),
    values: { tolerations: [] },
    path: 'tolerations',
    reach: 'Proven',
  },
  {
    rule: 'a key that only some servers get is not promised',
    files: web(`      {{- if .Capabilities.APIVersions.Has "example.com/v1" }}
      tolerations: {{ toYaml .Values.tolerations | nindent 8 }}
      {{- end }}`),
    values: { tolerations: [] },
    path: 'tolerations',
    reach: 'Unknown',
    says: ['hangs on a condition that is not known'],
  },
  {
    rule: 'the render helper of the usual library chart is known, though Helm records no library',
    files: {
      ...web(`      {{- if .Values.tolerations }}
      tolerations: {{- include "common.tplvalues.render" (dict "value" .Values.tolerations "context" $) | nindent 8 }}
      {{- end }}`),
      'charts/common/templates/_t.tpl': `{{- define "common.tplvalues.render" -}}
{{- $value := typeIs "string" .value | ternary .value (.value | toYaml) }}
{{- if contains "{{" (toJson .value) }}{{- tpl $value .context }}{{- else }}{{- $value }}{{- end }}
{{- end -}}`,
    },
    dependencies: [{ name: 'common' }],
    values: { tolerations: [] },
    path: 'tolerations',
    reach: 'Proven',
  },
  {
    rule: 'names that a library makes may be any, and the workload is found by its kind',
    files: {
      'templates/web.yaml': deployment(withBlock, '{{ include "common.names.fullname" . }}'),
      'charts/common/templates/_n.tpl': '{{ define "common.names.fullname" }}{{ .Release.Name }}-web{{ end }}',
    },
    dependencies: [{ name: 'common' }],
    path: 'tolerations',
    reach: 'Proven',
  },
  {
    rule: 'what a library renders whole cannot be followed, and is said so',
    files: {
      ...web(`{{ include "lib.podSpec" . | indent 6 }}`),
      'charts/lib/templates/_l.tpl': '{{ define "lib.podSpec" }}tolerations: {{ toJson .Values.tolerations }}{{ end }}',
    },
    dependencies: [{ name: 'lib' }],
    values: { tolerations: [] },
    path: 'tolerations',
    reach: 'Unknown',
    says: ['includes "lib.podSpec", which is not in the release record'],
  },
  {
    rule: 'a helper of a library may bring lines of its own, and is not passed over',
    files: {
      ...web(`      {{- include "lib.rest" . }}`),
      'charts/lib/templates/_l.tpl':
        '{{ define "lib.rest" }}\n      tolerations: {{ toJson .Values.tolerations }}{{ end }}',
    },
    dependencies: [{ name: 'lib' }],
    values: { tolerations: [] },
    path: 'tolerations',
    reach: 'Unknown',
    says: ['includes "lib.rest", which is not in the release record'],
  },
  {
    rule: 'names and labels of a library hide nothing',
    files: {
      'templates/migrate.yaml': job('', 'x: {{ include "lib.x" . }}, helm.sh/hook: post-install'),
      'charts/lib/templates/_l.tpl': '{{ define "lib.x" }}y{{ end }}',
    },
    dependencies: [{ name: 'lib' }],
    values: { tolerations: [] },
    workload: 'Job r-migrate',
    path: null,
    reach: 'NotReached',
  },
  {
    rule: 'a template in the manner of the usual library charts is followed, though the library is not there',
    files: {
      'templates/web/statefulset.yaml': `{{- if and (eq .Values.architecture "alone") .Values.web.enabled }}
apiVersion: {{ include "common.capabilities.statefulset.apiVersion" . }}
kind: StatefulSet
metadata:
  name: {{ printf "%s-web" (include "common.names.fullname" .) | trunc 63 | trimSuffix "-" }}
  namespace: {{ include "common.names.namespace" . | quote }}
  {{- $labels := include "common.tplvalues.merge" (dict "values" (list .Values.web.podLabels .Values.commonLabels) "context" .) }}
  labels: {{- include "common.labels.standard" (dict "customLabels" $labels "context" $) | nindent 4 }}
    app.kubernetes.io/component: web
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.web.replicaCount }}
  {{- end }}
  serviceName: {{ printf "%s-headless" (include "common.names.fullname" .) }}
  selector:
    matchLabels: {{- include "common.labels.matchLabels" (dict "customLabels" $labels "context" $) | nindent 6 }}
  template:
    metadata:
      labels: {{- include "common.labels.standard" (dict "customLabels" $labels "context" $) | nindent 8 }}
      annotations:
        checksum/config: {{ include (print $.Template.BasePath "/configmap.yaml") . | sha256sum }}
    spec:
      {{- include "common.images.renderPullSecrets" (dict "images" (list .Values.image) "context" $) | nindent 6 }}
      {{- if .Values.web.affinity }}
      affinity: {{- include "common.tplvalues.render" (dict "value" .Values.web.affinity "context" $) | nindent 8 }}
      {{- else }}
      affinity:
        podAntiAffinity: {{- include "common.affinities.pods" (dict "type" .Values.podAntiAffinityPreset "context" $) | nindent 10 }}
      {{- end }}
      {{- if .Values.web.tolerations }}
      tolerations: {{- include "common.tplvalues.render" (dict "value" .Values.web.tolerations "context" $) | nindent 8 }}
      {{- end }}
      containers:
        - name: web
          image: {{ include "common.images.image" (dict "imageRoot" .Values.image "global" .Values.global) }}
          {{- if .Values.web.resources }}
          resources: {{- toYaml .Values.web.resources | nindent 12 }}
          {{- else if ne .Values.web.resourcesPreset "none" }}
          resources: {{- include "common.resources.preset" (dict "type" .Values.web.resourcesPreset) | nindent 12 }}
          {{- end }}
{{- end }}
`,
      'templates/configmap.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n',
      'charts/common/templates/_all.tpl': `{{ define "common.capabilities.statefulset.apiVersion" }}apps/v1{{ end }}
{{ define "common.names.fullname" }}{{ .Release.Name }}{{ end }}
{{ define "common.names.namespace" }}{{ .Release.Namespace }}{{ end }}
{{ define "common.labels.standard" }}a: b{{ end }}
{{ define "common.labels.matchLabels" }}a: b{{ end }}
{{ define "common.images.renderPullSecrets" }}{{ end }}
{{ define "common.affinities.pods" }}{}{{ end }}
{{ define "common.images.image" }}i:1{{ end }}
{{ define "common.resources.preset" }}{}{{ end }}
{{ define "common.tplvalues.merge" }}a: b{{ end }}
{{ define "common.tplvalues.render" }}{{ toYaml .value }}{{ end }}`,
    },
    dependencies: [{ name: 'common' }],
    values: {
      architecture: 'alone',
      autoscaling: { enabled: false },
      image: { repository: 'i' },
      commonLabels: {},
      podAntiAffinityPreset: 'soft',
      web: { enabled: true, replicaCount: 1, tolerations: [], podLabels: {}, resources: {}, resourcesPreset: 'nano' },
    },
    workload: 'StatefulSet r-web',
    path: 'web.tolerations',
    reach: 'Proven',
  },
  {
    rule: 'pull secrets that a library writes hide no tolerations',
    files: {
      'templates/migrate.yaml': job(
        '      {{- include "common.images.renderPullSecrets" (dict "images" (list) "context" $) | nindent 6 }}',
      ),
      'charts/common/templates/_i.tpl': '{{ define "common.images.renderPullSecrets" }}imagePullSecrets: []{{ end }}',
    },
    dependencies: [{ name: 'common' }],
    values: { tolerations: [] },
    workload: 'Job r-migrate',
    path: null,
    reach: 'NotReached',
  },
  {
    rule: 'what cannot be followed is still shown by values and manifest',
    files: {
      ...web(`{{ include "lib.podSpec" . | indent 6 }}`),
      'charts/lib/templates/_l.tpl': '{{ define "lib.podSpec" }}tolerations: {{ toJson .Values.tolerations }}{{ end }}',
    },
    dependencies: [{ name: 'lib' }],
    values: { tolerations: [tolerating('a')] },
    renders: ['a'],
    path: 'tolerations',
    reach: 'Proven',
    repeats: ['a'],
  },
  {
    rule: 'a subchart’s values stand under its alias: shown by values and manifest, for want of its template',
    files: { 'charts/component/templates/web.yaml': deployment(withBlock) },
    dependencies: [{ name: 'component', alias: 'backend' }],
    values: { backend: { tolerations: [tolerating('spot')] } },
    subValues: { component: { tolerations: [] } },
    from: 'charts/backend/templates/web.yaml',
    renders: ['spot'],
    path: 'backend.tolerations',
    reach: 'Proven',
    repeats: ['spot'],
  },
  {
    rule: 'an empty key of a subchart shows nothing',
    files: { 'charts/component/templates/web.yaml': deployment(withBlock) },
    dependencies: [{ name: 'component' }],
    values: { component: { tolerations: [] } },
    subValues: { component: { tolerations: [] } },
    path: 'component.tolerations',
    reach: 'Unknown',
    says: ['nothing shows that it gets there'],
  },
  {
    rule: 'global tolerations that a subchart lacks are not passed on, and its own key is the guess',
    files: { 'charts/metrics/templates/web.yaml': deployment('') },
    dependencies: [{ name: 'metrics' }],
    user: { global: { tolerations: [tolerating('a')] } },
    path: 'metrics.tolerations',
    reach: 'Unknown',
    says: ['global.tolerations is set and does not reach Deployment r-web'],
  },
  {
    rule: 'a subchart’s key that holds what the workload lacks is not reached',
    files: { 'charts/metrics/templates/web.yaml': deployment('') },
    dependencies: [{ name: 'metrics', condition: 'metrics.enabled' }],
    values: { metrics: { enabled: true } },
    user: { metrics: { tolerations: [tolerating('a')] } },
    path: 'metrics.tolerations',
    reach: 'NotReached',
    repeats: ['a'],
    says: ['that the rendered Deployment r-web lacks'],
    others: ['metrics.enabled=false'],
  },
  {
    rule: 'with its template in the record a subchart is followed under its alias',
    whole: true,
    files: { 'charts/backend/templates/web.yaml': deployment(withBlock) },
    dependencies: [{ name: 'backend' }],
    path: 'backend.tolerations',
    reach: 'Proven',
  },
  {
    rule: 'a subchart of a subchart stands two names deep',
    whole: true,
    files: { 'charts/a/charts/b/templates/web.yaml': deployment(withBlock) },
    dependencies: [{ name: 'a' }],
    path: 'a.b.tolerations',
    reach: 'Proven',
  },
  {
    rule: 'global values reach a subchart that reads them',
    whole: true,
    files: {
      'charts/a/templates/web.yaml': deployment(
        '      tolerations: {{ toYaml .Values.global.tolerations | nindent 8 }}',
      ),
    },
    dependencies: [{ name: 'a' }],
    values: { global: { tolerations: [] } },
    path: 'global.tolerations',
    reach: 'Proven',
  },
  {
    rule: 'a helper of the parent is there for the subchart',
    whole: true,
    files: {
      'charts/a/templates/web.yaml': deployment('      tolerations: {{ include "parent.list" . | nindent 8 }}'),
      'templates/_h.tpl': '{{ define "parent.list" }}{{ toYaml .Values.list }}{{ end }}',
    },
    values: { a: { list: [] } },
    dependencies: [{ name: 'a' }],
    path: 'a.list',
    reach: 'Proven',
  },
]
