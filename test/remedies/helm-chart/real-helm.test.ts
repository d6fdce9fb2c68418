import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { parseAllDocuments } from 'yaml'
import type { Placement } from '#components/component.ts'
import { isRecord, listAt, textAt, valueAt } from '#model/raw-object.ts'
import { withAt } from '#remedies/helm-chart/values.ts'
import { splitPath } from '#remedies/yaml-content.ts'
import { answered, workloadOf } from './asked.ts'
import { type ChartRow, chartRows, tolerating } from './charts.ts'

/** helm itself is the judge: what is said to get to a workload does so when helm renders the chart, and nothing else. */
const helm = found(process.env.TAINTDOCTOR_HELM ?? 'helm')
const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-charts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function found(program: string): string | undefined {
  try {
    execFileSync(program, ['version', '--short'], { stdio: 'ignore' })
    return program
  } catch {
    return undefined
  }
}

if (helm === undefined) {
  test.skip('what helm renders (helm is not found: set TAINTDOCTOR_HELM)', () => {})
} else {
  describe('what helm renders', () => {
    test.each(chartRows.map((row): [string, ChartRow] => [row.rule, row]))('%s', (_, row) => {
      const chart = written(row)
      const user = row.user ?? {}
      expect(keysIn(helm, chart, row, user)).toEqual([...(row.renders ?? [])].sort())
      const places = answered(row)
      for (const place of places.filter(({ target }) => target.kind === 'HelmValues')) judge(helm, chart, row, place)
      for (const path of untried(places)) {
        const values = withAt(user, splitPath(path), [tolerating('probe')]) ?? {}
        expect([path, keysIn(helm, chart, row, values)?.includes('probe') ?? false]).toEqual([path, false])
      }
    })
  })
}

/** What a place promises holds when helm renders the chart with it. */
function judge(program: string, chart: string, row: ChartRow, place: Placement): void {
  if (place.reach.kind === 'Unknown') return
  const path = splitPath(place.target.path ?? '')
  const list = [...place.standing.entries, tolerating('probe')]
  let values = row.user ?? {}
  for (const { path: set, value } of place.sets) values = withAt(values, splitPath(set), value) ?? {}
  if (place.takesTolerations && path.length > 0) values = withAt(values, path, list) ?? {}
  const keys = keysIn(program, chart, row, values)
  if (!place.takesTolerations) {
    if (place.sets.length > 0) expect(keys).toBeUndefined()
  } else if (place.reach.kind === 'Proven') {
    for (const key of [...(row.renders ?? []), 'probe']) expect(keys).toContain(key)
  } else if (place.reach.kind === 'NotReached') expect(keys).not.toContain('probe')
}

/** Where nothing is said to get there, no usual key does. */
function untried([natural]: readonly Placement[]): string[] {
  if (natural?.reach.kind !== 'NotReached') return []
  return ['tolerations', 'global.tolerations', 'web.tolerations', 'migrate.tolerations', 'podSpec.tolerations']
}

function written(row: ChartRow): string {
  const chart = mkdtempSync(join(folder, 'c-'))
  const put = (path: string, content: string) => {
    mkdirSync(dirname(join(chart, path)), { recursive: true })
    writeFileSync(join(chart, path), content)
  }
  const dependencies = (row.dependencies ?? []).map((one) => ({ version: '1.0.0', ...one }))
  put('Chart.yaml', JSON.stringify({ apiVersion: 'v2', name: 'c', version: '1.0.0', dependencies }))
  put('values.yaml', JSON.stringify(row.values ?? {}))
  for (const [path, content] of Object.entries(row.files)) {
    put(path, content)
    for (const [at, name] of path.matchAll(/charts\/([^/]+)\//g)) {
      const own = path.slice(0, path.indexOf(at) + at.length)
      put(`${own}Chart.yaml`, JSON.stringify({ apiVersion: 'v2', name, version: '1.0.0' }))
      put(`${own}values.yaml`, JSON.stringify(row.subValues?.[name ?? ''] ?? {}))
    }
  }
  return chart
}

/** The keys of the rows' tolerations that the workload has whole, in order; undefined where it is not rendered. */
function keysIn(program: string, chart: string, row: ChartRow, user: object): string[] | undefined {
  const values = join(chart, 'user.json')
  writeFileSync(values, JSON.stringify(user))
  const text = execFileSync(program, ['template', 'r', chart, '-n', 'ns', '-f', values], { encoding: 'utf8' })
  const { kind, name } = workloadOf(row)
  const object = parseAllDocuments(text)
    .map((document): unknown => document.toJS())
    .find((one) => textAt(one, 'kind') === kind && textAt(one, 'metadata', 'name') === name)
  if (!isRecord(object)) return undefined
  const template = valueAt(object, 'spec', ...(kind === 'CronJob' ? ['jobTemplate', 'spec'] : []), 'template', 'spec')
  return listAt(template, 'tolerations')
    .filter((one) => textAt(one, 'operator') === 'Exists' && textAt(one, 'effect') === 'NoSchedule')
    .flatMap((one) => textAt(one, 'key') ?? [])
    .sort()
}
