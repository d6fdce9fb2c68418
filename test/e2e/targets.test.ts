import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import type { Toleration } from '#model/api/pod.ts'
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
  removeNodes,
  taintdoctor,
  until,
} from './control-plane.ts'

const node = `${mark}-db`
const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-targets-'))
const selector = { run: mark }
const wanted = { key: 'dedicated', operator: 'Equal', value: mark, effect: 'NoSchedule' }

/** A definition that keeps whatever is written into its objects. */
function crd(group: string, plural: string, kind: string, version: string, scope: 'Cluster' | 'Namespaced'): object {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { plural, kind, singular: kind.toLowerCase() },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  }
}

function deployment(namespace: string, name: string, image: string, labels: Record<string, string>): object {
  const template = { metadata: { labels }, spec: { nodeSelector: selector, containers: [{ name, image }] } }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace, name, labels },
    spec: { selector: { matchLabels: labels }, template },
  }
}

function suggested(namespace: string): Suggestion {
  const { stdout, stderr } = taintdoctor('suggest', '-n', namespace, '-o', 'json')
  const [first] = (JSON.parse(stdout) as SuggestReport).clusters.flatMap(({ suggestions }) => suggestions)
  if (first === undefined) throw new Error(`nothing is suggested: ${stderr}`)
  return first
}

/** Runs the command that the suggestion gives, with its content in the file that it names. */
function follow({ apply: [command = ''], content }: Suggestion): void {
  const file = join(folder, 'patch.yaml')
  writeFileSync(file, content)
  const [program = '', ...args] = command.split(' ').map((word) => (word === 'patch.yaml' ? file : word))
  const { code, stderr } = ran(program, args)
  expect([code, stderr]).toEqual([0, ''])
}

const describeLive = kubeconfig === undefined ? describe.skip : describe

describeLive('places other than values, on a real API server', () => {
  const namespaces = ['cattle-fleet-local-system', 'local-path-storage']
  beforeAll(async () => {
    apply(crd('management.cattle.io', 'clusters', 'Cluster', 'v3', 'Cluster'))
    await until('the definition to be served', () =>
      ran('kubectl', ['get', 'clusters.management.cattle.io']).code === 0 ? true : undefined,
    )
    for (const namespace of namespaces) kubectl(['create', 'namespace', namespace])
    makeNodes(aNode(node).labelled(selector).tainted(`dedicated=${mark}:NoSchedule`))
  })
  afterAll(() => {
    for (const namespace of namespaces) kubectl(['delete', 'namespace', namespace, '--wait=false'])
    kubectl(['delete', 'crd', 'clusters.management.cattle.io', '--wait=false'])
    removeNodes(node)
    rmSync(folder, { recursive: true, force: true })
  })

  test('a custom resource: Rancher’s Cluster takes the agent’s tolerations, and what it holds places the agent', async () => {
    const namespace = 'cattle-fleet-local-system'
    apply(
      { apiVersion: 'management.cattle.io/v3', kind: 'Cluster', metadata: { name: 'local' }, spec: {} },
      deployment(namespace, 'fleet-agent', 'rancher/fleet-agent:v0.12.3', { app: 'fleet-agent' }),
    )
    await until('the agent’s Pod', () => (pods(namespace).length > 0 ? true : undefined))
    const found = suggested(namespace)
    expect(found.target).toMatchObject({
      kind: 'CustomResource',
      path: 'spec.fleetAgentDeploymentCustomization.appendTolerations',
      name: 'local',
    })
    follow(found)
    const { spec } = JSON.parse(kubectl(['get', 'clusters.management.cattle.io', 'local', '-o', 'json'])) as {
      spec: Record<string, { appendTolerations: Toleration[] }>
    }
    const tolerations = spec.fleetAgentDeploymentCustomization?.appendTolerations
    expect(tolerations).toEqual([wanted])
    // What Rancher's controller does with the field.
    kubectl([
      '-n',
      namespace,
      'patch',
      'deployment',
      'fleet-agent',
      '--type',
      'merge',
      '-p',
      JSON.stringify({ spec: { template: { spec: { tolerations } } } }),
    ])
    await until('the agent to get a node', () => pods(namespace).find(({ spec: one }) => one.nodeName === node))
  })

  test('a ConfigMap: the helper’s template is kept as it is but for the list, and its next Pod gets a node', async () => {
    const namespace = 'local-path-storage'
    const template =
      '# the helper\napiVersion: v1\nkind: Pod\nmetadata:\n  name: helper-pod\nspec:\n  containers:\n    - name: helper-pod\n      image: busybox\n'
    const helper = (name: string, tolerations: readonly Toleration[] = []): object => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace, name },
      spec: { nodeSelector: selector, tolerations, containers: [{ name: 'helper-pod', image: 'busybox' }] },
    })
    apply(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { namespace, name: 'local-path-config' },
        data: { 'helperPod.yaml': template },
      },
      deployment(namespace, 'local-path-provisioner', 'rancher/local-path-provisioner:v0.0.32', {
        app: 'local-path-provisioner',
      }),
      helper('helper-pod-create-pvc-2123ed68-4eca-4c77-aaad-631e34319942'),
    )
    await until('the helper to be looked at', () =>
      pods(namespace).find(
        ({ metadata, status }) => metadata.name.startsWith('helper') && (status.conditions ?? []).length > 0,
      ),
    )
    const { stdout } = taintdoctor('suggest', '-n', namespace, '-o', 'json')
    const found = (JSON.parse(stdout) as SuggestReport).clusters
      .flatMap(({ suggestions }) => suggestions)
      .find(({ component }) => component === 'local-path/helper')
    expect(found?.target).toMatchObject({ kind: 'ConfigMap', name: 'local-path-config' })
    const file = join(folder, 'config.yaml')
    writeFileSync(file, found?.content ?? '')
    kubectl(['apply', '-f', file])
    const { data } = JSON.parse(kubectl(['-n', namespace, 'get', 'configmap', 'local-path-config', '-o', 'json'])) as {
      data: Record<string, string>
    }
    const text = data['helperPod.yaml'] ?? ''
    expect(text).toContain('# the helper')
    const { tolerations } = (parse(text) as { spec: { tolerations: Toleration[] } }).spec
    expect(tolerations).toContainEqual(wanted)
    apply(helper('helper-pod-create-pvc-next', tolerations))
    await until('the next helper to get a node', () =>
      pods(namespace).find(({ metadata, spec }) => metadata.name.endsWith('next') && spec.nodeName === node),
    )
  })
})
