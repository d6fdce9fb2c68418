import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { diagnose } from '#diagnosis/diagnose.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { differences, type ExpectedPod } from './expected.ts'

/** Clusters with what the real scheduler said of them; a file named after a version holds that release's verdicts. */
const folder = new URL('./corpus/', import.meta.url)
const files = readdirSync(folder).sort()

interface Case {
  readonly id: string
  readonly items: readonly { readonly kind: string; readonly metadata: { readonly name: string } }[]
  readonly expected?: readonly ExpectedPod[]
}

function casesOf(file: string): readonly Case[] {
  const lines = gunzipSync(readFileSync(new URL(file, folder)))
    .toString('utf8')
    .split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Case)
}

describe('every verdict equals kube-scheduler’s', () => {
  for (const file of files) {
    const name = file.replace('.ndjson.gz', '')
    test(`on the clusters of ${name}`, () => {
      const head = /^v\d/.test(name) ? { serverVersion: name } : {}
      const wrong: string[] = []
      let pods = 0
      for (const { id, items, expected = [] } of casesOf(file)) {
        const cluster = diagnose(aCluster(items, head), {})
        const nodes = items.filter(({ kind }) => kind === 'Node').map(({ metadata }) => metadata.name)
        for (const pod of expected) wrong.push(...differences(pod, cluster, nodes).map((line) => `${id} ${line}`))
        pods += expected.length
      }
      expect(wrong.slice(0, 10)).toEqual([])
      expect(pods).toBeGreaterThan(0)
    })
  }
})
