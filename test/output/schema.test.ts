import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv, type ValidateFunction } from 'ajv'
import { diagnose } from '#diagnosis/diagnose.ts'
import { type SnapshotHead, snapshotApiVersion, snapshotKind } from '#model/snapshot-head.ts'
import { suggest } from '#remedies/suggest.ts'
import type { ExplainReport } from '#report/explain-report.ts'
import type { SuggestReport } from '#report/suggest-report.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { demoClusters } from '#test/demo/cluster.ts'
import { anExplainReport, aSuggestReport } from './hostile.ts'

const root = new URL('../..', import.meta.url)

test('the schemas are those of the types: a change of either is a change of both', () => {
  const script = new URL('scripts/schema.mjs', root)
  expect(execFileSync(process.execPath, [script.pathname, '--check'], { encoding: 'utf8' })).toBe('')
}, 60_000)

/** A reader lets fields pass that it does not know. Our own reports have none: that would be a type that is not right. */
const validators = {
  ExplainReport: validator('explain-report'),
  SuggestReport: validator('suggest-report'),
  Snapshot: validator('snapshot-head'),
}

test('a report with every field that there is', () => {
  hold(anExplainReport((label) => label))
  hold(aSuggestReport((label) => label))
})

test('what is no report is refused', () => {
  const report = anExplainReport((label) => label)
  expect(validators.ExplainReport({ ...report, clusters: [{}] })).toBe(false)
  expect(validators.ExplainReport({ ...report, more: 1 })).toBe(false)
  expect(validators.SuggestReport(report)).toBe(false)
})

test("a snapshot's head", () => {
  const head: SnapshotHead = {
    apiVersion: snapshotApiVersion,
    kind: snapshotKind,
    metadata: { name: 'cluster' },
    takenAt: '2026-11-23T10:00:00Z',
    namespace: null,
    server: { url: null, version: 'v1.36.2' },
    missing: [{ resource: 'nodes', reason: 'Forbidden', message: 'no' }],
    read: ['pods'],
    lists: [{ resource: 'events', namespace: 'shop' }],
    oddities: [{ kind: 'Pod', name: 'p', path: 'spec', problem: 'odd' }],
    leftOut: ['environment variables'],
  }
  hold(head)
})

describe('the demo', () => {
  for (const { context, objects, version } of demoClusters(new Date('2026-11-23T10:00:00Z'))) {
    const state = aCluster(objects, { serverVersion: version, name: context })
    const head = { apiVersion: 'taintdoctor.dev/v1alpha1' } as const
    test(`explain, cluster ${context}`, () => hold({ ...head, kind: 'ExplainReport', clusters: [diagnose(state, {})] }))
    test(`suggest, cluster ${context}`, () => hold({ ...head, kind: 'SuggestReport', clusters: [suggest(state, {})] }))
  }
})

describe('the cases', () => {
  const folder = new URL('test/cases/', root)
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'))
    : []
  const reports = files
    .map((path) => ({ path, value: JSON.parse(readFileSync(new URL(path, folder), 'utf8')) }))
    .filter(({ value }) => value?.kind in validators)
  test('each answer that is kept', () => {
    expect(reports.length).toBeGreaterThan(0)
    for (const { value } of reports) hold(value)
  })
})

function hold(value: ExplainReport | SuggestReport | SnapshotHead): void {
  const validate = validators[value.kind]
  // As it is printed: what is undefined is not there.
  const holds = validate(JSON.parse(JSON.stringify(value)))
  expect(holds ? [] : validate.errors).toEqual([])
}

function validator(name: string): ValidateFunction {
  const schema = JSON.parse(readFileSync(new URL(`docs/schema/${name}.json`, root), 'utf8'))
  return new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(closed(schema) as object)
}

/** The same schema with no field but those that are named, where nothing else is said of others. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const parts = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  const isObject = 'properties' in parts && 'type' in parts && parts.type === 'object'
  return isObject && !('additionalProperties' in parts) ? { ...parts, additionalProperties: false } : parts
}
