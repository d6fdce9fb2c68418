import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { aNode } from '#test/builders/objects.ts'
import { checkRow } from '#test/rights/check-row.ts'
import { type RightsRow, rightsObjects, rightsRows } from '#test/rights/rows.ts'
import { apply, kubeconfig, kubectl, makeNodes, mark, type Ran, ran, removeNodes } from './control-plane.ts'

const namespace = mark
const nodes = [`${mark}-1`, `${mark}-2`] as const
const rbac = 'rbac.authorization.k8s.io'
const userOf = (at: number): string => `${mark}-user-${at}`
const clusterNames = rightsRows.map((_, at) => userOf(at))
const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-rights-'))

const describeLive = kubeconfig === undefined ? describe.skip : describe

describeLive('on a real control plane, the answer of somebody', () => {
  let admin: Ran

  beforeAll(() => {
    kubectl(['create', 'namespace', namespace])
    makeNodes(
      aNode(nodes[0]).labelled({ run: mark }).tainted('team=a:NoSchedule'),
      aNode(nodes[1]).labelled({ run: mark }).tainted('team=b:NoSchedule'),
    )
    apply(...rightsObjects(namespace, mark), ...rightsRows.flatMap(rolesOf))
    admin = explain('-o', 'json')
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
    kubectl(['delete', 'namespace', namespace, '--wait=false'])
    kubectl(['delete', 'clusterrole,clusterrolebinding', ...clusterNames, '--ignore-not-found'])
    kubectl(['delete', 'storageclass', `${mark}-slow`, '--ignore-not-found'])
    removeNodes(...nodes)
  })

  for (const [at, row] of rightsRows.entries()) {
    test(`${row.who}`, () => {
      const as = ['--as', userOf(at)]
      checkRow(row, explain('-o', 'json', ...as), explain(...as), admin)
    })

    test(`--check-access names what lacks to somebody ${row.who}`, () => {
      const { code, stdout } = explain('--check-access', '-o', 'json', '--as', userOf(at))
      const [{ reads }] = JSON.parse(stdout).clusters
      const lacking = reads.filter(({ allowed }: { allowed: boolean }) => !allowed)
      expect(code).toBe(0)
      expect(lacking.map(({ resource }: { resource: string }) => resource)).toEqual(
        expect.arrayContaining([...row.lacks]),
      )
    })
  }

  test('the role that --check-access writes completes the answer of somebody who may do nothing', () => {
    const at = rightsRows.length - 1
    const { stdout } = explain('--check-access', '-o', 'json', '--as', userOf(at))
    const [{ roles }] = JSON.parse(stdout).clusters
    const [wide, narrow] = roles as [Named, Named]
    const name = userOf(at)
    apply(
      { ...wide, metadata: { name } },
      { ...narrow, metadata: { name, namespace } },
      binding('ClusterRole', name),
      binding('Role', name),
    )
    const completed = explain('-o', 'json', '--as', name)
    expect(JSON.parse(completed.stdout)).toEqual(JSON.parse(admin.stdout))
  })

  test('a snapshot of somebody answers as the cluster answers them', () => {
    for (const at of rightsRows.keys()) {
      if (rightsRows[at]?.error !== undefined) continue
      const as = ['--as', userOf(at)]
      const file = join(folder, `${at}.json`)
      expect(taintdoctor('snapshot', '-n', namespace, '--to', file, ...as).code).toBe(0)
      const live = JSON.parse(explain('-o', 'json', ...as).stdout).clusters[0]
      const saved = JSON.parse(taintdoctor('explain', '-n', namespace, '-o', 'json', '--snapshot', file).stdout)
        .clusters[0]
      expect({ ...saved, name: live.name }).toEqual(live)
    }
  })
})

interface Named {
  readonly metadata: { readonly name: string }
}

function explain(...args: readonly string[]): Ran {
  return taintdoctor('explain', '-n', namespace, ...args)
}

/** The program from its source, so that the bundle need not be made first. */
function taintdoctor(...args: readonly string[]): Ran {
  return ran(process.execPath, ['src/main.ts', ...args])
}

function rolesOf({ cluster, namespaced }: RightsRow, at: number): object[] {
  const name = userOf(at)
  const role = (kind: string, rules: unknown) => ({
    apiVersion: `${rbac}/v1`,
    kind,
    metadata: { name, ...(kind === 'Role' ? { namespace } : {}) },
    rules,
  })
  return [
    ...(cluster === undefined ? [] : [role('ClusterRole', cluster), binding('ClusterRole', name)]),
    ...(namespaced === undefined ? [] : [role('Role', namespaced), binding('Role', name)]),
  ]
}

function binding(kind: 'ClusterRole' | 'Role', name: string): object {
  return {
    apiVersion: `${rbac}/v1`,
    kind: `${kind}Binding`,
    metadata: { name, ...(kind === 'Role' ? { namespace } : {}) },
    roleRef: { apiGroup: rbac, kind, name },
    subjects: [{ apiGroup: rbac, kind: 'User', name }],
  }
}
