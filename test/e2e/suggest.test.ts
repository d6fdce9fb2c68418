import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Suggestion, SuggestReport } from '#report/suggest-report.ts'
import { aNode } from '#test/builders/objects.ts'
import {
  apply,
  kubeconfig,
  kubectl,
  makeNodes,
  mark,
  pods,
  ran,
  refusal,
  removeNodes,
  taintdoctor,
  until,
} from './control-plane.ts'

const namespace = `${mark}-helm`
const [apps, spot, control] = [`${mark}-apps`, `${mark}-spot`, `${mark}-cp`] as const
const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-e2e-'))

const pod = (name: string, tolerations: string): string => `
    spec:
      restartPolicy: Never
      nodeSelector: {run: ${mark}}
      containers: [{name: ${name}, image: x}]
${tolerations}`

const chart: Readonly<Record<string, string>> = {
  'Chart.yaml': `apiVersion: v2\nname: garden\nversion: 1.2.3\ndependencies:\n  - name: shed\n    alias: barn\n    version: 0.1.0\n`,
  'values.yaml': 'web: {tolerations: []}\nbarn: {scheduling: {tolerations: []}}\nmigrate: {enabled: true}\n',
  'templates/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Release.Name }}-web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}${pod('web', '      {{- with .Values.web.tolerations }}\n      tolerations: {{- toYaml . | nindent 8 }}\n      {{- end }}').replace('restartPolicy: Never', 'restartPolicy: Always')}
`,
  'templates/migrate.yaml': `{{- if .Values.migrate.enabled }}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-migrate
  annotations: {helm.sh/hook: post-install, helm.sh/hook-delete-policy: before-hook-creation}
spec:
  template:${pod('migrate', '')}
{{- end }}
`,
  'charts/shed/Chart.yaml': 'apiVersion: v2\nname: shed\nversion: 0.1.0\n',
  'charts/shed/values.yaml': 'scheduling: {tolerations: []}\n',
  'charts/shed/templates/shed.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: {{ .Release.Name }}-shed}
spec:
  serviceName: shed
  selector: {matchLabels: {app: shed}}
  template:
    metadata: {labels: {app: shed}}${pod('shed', '      {{- with .Values.scheduling.tolerations }}\n      tolerations: {{- toYaml . | nindent 8 }}\n      {{- end }}').replace('restartPolicy: Never', 'restartPolicy: Always')}
`,
}

const hasHelm = kubeconfig !== undefined && spawnable('helm')
const describeLive = hasHelm ? describe : describe.skip

function spawnable(program: string): boolean {
  try {
    return ran(program, ['version']).code === 0
  } catch {
    return false
  }
}

function suggestions(...args: readonly string[]): readonly Suggestion[] {
  const { stdout } = taintdoctor('suggest', '-n', namespace, ...args, '-o', 'json')
  return (JSON.parse(stdout) as SuggestReport).clusters.flatMap((cluster) => cluster.suggestions)
}

describeLive('suggest, with real helm on a real control plane', () => {
  let installing: ReturnType<typeof spawn> | undefined
  beforeAll(async () => {
    for (const [name, text] of Object.entries(chart)) {
      const path = join(folder, 'garden', name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    kubectl(['create', 'namespace', namespace])
    makeNodes(
      aNode(apps).labelled({ run: mark }).tainted('tier=apps:NoSchedule'),
      aNode(spot).labelled({ run: mark }).tainted('tier=apps:NoSchedule', 'spot:NoExecute'),
      aNode(control).labelled({ run: mark }).tainted('node-role.kubernetes.io/control-plane:NoSchedule'),
    )
    // The hook's Job never ends without a kubelet, so helm hangs as it does for a user.
    installing = spawn('helm', ['install', 'plot', join(folder, 'garden'), '-n', namespace, '--timeout', '10m'], {
      stdio: 'ignore',
    })
    await until('four Pods to wait', () => {
      const all = pods(namespace)
      return all.length === 4 && all.every((one) => refusal(one) !== undefined) ? all : undefined
    })
  })
  afterAll(async () => {
    installing?.kill('SIGTERM')
    await until('helm to end', () => installing?.exitCode ?? installing?.signalCode ?? undefined)
    kubectl(['delete', 'namespace', namespace, '--wait=false'])
    removeNodes(apps, spot, control)
    rmSync(folder, { recursive: true, force: true })
  })

  test('explain names the release while helm install hangs', () => {
    const { stdout } = taintdoctor('explain', '-n', namespace)
    expect(stdout).toContain('Helm release plot')
    expect(stdout).toContain('pending-install')
  })

  test('the hook Job reads no tolerations: not reached, and the template is named', () => {
    const hook = suggestions().find(({ workloads }) => workloads.some(({ name }) => name === 'plot-migrate'))
    expect(hook?.reach).toBe('NotReached')
    expect(hook?.evidence).toContain('migrate.yaml')
  })

  test('a patch of its Pod frees the hook at once', async () => {
    const [hook] = suggestions('job/plot-migrate')
    const patch = hook?.alternatives.find(({ target }) => target.kind === 'PodPatch')
    expect(patch?.opens.nodes).toContain(apps)
    const file = join(folder, 'patch.yaml')
    writeFileSync(file, patch?.content ?? '')
    kubectl(['-n', namespace, 'patch', 'pod', patch?.target.name ?? '', '--type', 'merge', '--patch-file', file])
    await until(
      'the hook’s Pod to get a node',
      () => pods(namespace).find(({ metadata }) => metadata.name.startsWith('plot-migrate'))?.spec.nodeName,
    )
  })

  test('the values go into the release as they stand, and the real scheduler places the Pods', async () => {
    // The hook ends as a kubelet would end it, so that the release can be upgraded.
    const job = pods(namespace).find(({ metadata }) => metadata.name.startsWith('plot-migrate'))?.metadata.name ?? ''
    kubectl(['-n', namespace, 'patch', 'pod', job, '--subresource=status', '-p', '{"status":{"phase":"Succeeded"}}'])
    await until('helm install to end', () => installing?.exitCode ?? undefined)
    const { stdout } = taintdoctor('suggest', '-n', namespace, '-o', 'values')
    const values = join(folder, 'values.yaml')
    writeFileSync(values, stdout)
    const upgrade = ran('helm', [
      'upgrade',
      'plot',
      join(folder, 'garden'),
      '-n',
      namespace,
      '--reset-then-reuse-values',
      '--no-hooks',
      '-f',
      values,
    ])
    expect([upgrade.code, upgrade.stderr]).toEqual([0, ''])
    // A StatefulSet does not replace a Pod that never became Ready: suggest says so.
    kubectl(['-n', namespace, 'delete', 'pod', 'plot-shed-0', '--wait=false'])
    // Without a kubelet no new Pod gets Ready, so the rollout stops after its first.
    for (const app of ['web', 'shed']) {
      await until(`a Pod of ${app} to get a node`, () =>
        pods(namespace, '-l', `app=${app}`).find(({ spec }) => spec.nodeName !== undefined),
      )
    }
  })

  test('a custom resource’s Pod without a place is patched itself', () => {
    apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'bare', namespace },
      spec: { nodeSelector: { run: mark }, containers: [{ name: 'x', image: 'x' }] },
    })
    const [bare] = suggestions('bare')
    expect(bare?.target.kind).toBe('PodPatch')
    expect(bare?.opens.nodes).toEqual([apps])
  })
})
