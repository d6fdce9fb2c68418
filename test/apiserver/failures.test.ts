import { describe, expect, test } from '@jest/globals'
import { ask, names, somePods, withServer } from './ask.ts'
import type { FailureKind } from './failures.ts'

const objects = somePods('a/p1', 'a/p2', 'a/p3')

describe('a failure that is asked for', () => {
  const rows: [kind: FailureKind, message: string | undefined][] = [
    [401, 'Unauthorized'],
    [403, 'pods is forbidden: User "admin" cannot list resource "pods" in API group "" at the cluster scope'],
    [404, 'the server could not find the requested resource'],
    [410, 'The provided continue parameter is too old'],
    [429, 'Too many requests, please try again later.'],
    [500, 'Internal error occurred'],
    [503, 'the server is currently unable to handle the request'],
  ]
  for (const [kind, message] of rows) {
    test(`${kind}`, () =>
      withServer({ objects }, async (server) => {
        server.fail({ match: 'pods', with: kind, retryAfter: 7 })
        const answer = await ask(server, '/api/v1/pods')
        expect(answer.status).toBe(kind)
        expect(answer.body?.message ?? answer.text).toContain(message)
        expect(answer.headers.get('retry-after')).toBe(kind === 429 || kind === 503 ? '7' : null)
        expect((await ask(server, '/api/v1/nodes')).status).toBe(200)
      }))
  }

  test('a cut connection breaks in the middle of the body', () =>
    withServer({ objects }, async (server) => {
      server.fail({ match: 'pods', with: 'cut', times: 1 })
      const response = await fetch(`${server.url}/api/v1/pods`)
      expect(response.status).toBe(200)
      await expect(response.text()).rejects.toThrow()
      expect((await ask(server, '/api/v1/pods')).body.items).toHaveLength(3)
    }))

  test('garbage is no JSON', () =>
    withServer({ objects }, async (server) => {
      server.fail({ match: /^\/api\/v1\/pods/, with: 'garbage' })
      expect((await ask(server, '/api/v1/pods')).text).toMatch(/^<html>/)
    }))

  test('a slow answer comes, a hanging one does not, and neither keeps the server from closing', () =>
    withServer({ objects }, async (server) => {
      server.fail({ match: 'pods', with: 'slow', ms: 20, times: 1 }, { match: 'pods', with: 'hang', times: 1 })
      expect((await ask(server, '/api/v1/pods')).status).toBe(200)
      await expect(ask(server, '/api/v1/pods', { signal: AbortSignal.timeout(50) })).rejects.toThrow()
      expect((await ask(server, '/api/v1/pods')).status).toBe(200)
    }))
})

test('a failure can strike the first request, one page, one verb, or so many times', () =>
  withServer({ objects }, async (server) => {
    const statuses = async (...paths: string[]): Promise<number[]> => {
      const found: number[] = []
      for (const path of paths) found.push((await ask(server, path)).status)
      return found
    }
    server.fail({ match: 'pods', on: 'first', with: 500 })
    expect(await statuses('/api/v1/pods', '/api/v1/pods')).toEqual([500, 200])
    server.fail({ match: 'pods', verb: 'get', with: 503, times: 2 })
    const one = '/api/v1/namespaces/a/pods/p1'
    expect(await statuses('/api/v1/pods', one, one, one)).toEqual([200, 503, 503, 200])
    server.fail({ match: 'pods', on: 'page 2', with: 410 })
    const first = await ask(server, '/api/v1/pods?limit=1')
    const next = `/api/v1/pods?limit=1&continue=${first.body.metadata.continue}`
    expect(await statuses(next, '/api/v1/pods?limit=1')).toEqual([410, 200])
    server.heal()
    expect(names(await ask(server, next))).toEqual(['p2'])
  }))

test('failures at random are the same for the same seed, in whatever order the requests come', async () => {
  const paths = Array.from({ length: 40 }, (_, at) => `/api/v1/namespaces/a/pods/p${at}`)
  const run = async (seed: number, order: readonly string[]): Promise<Map<string, number>> => {
    const found = new Map<string, number>()
    await withServer({ objects }, async (server) => {
      server.failAtRandom({ seed, rate: 0.3, kinds: [500, 503] })
      for (const path of order) found.set(path, (await ask(server, path)).status)
    })
    return found
  }
  const first = await run(1, paths)
  const failed = [...first.values()].filter((status) => status >= 500).length
  expect(failed).toBeGreaterThan(4)
  expect(failed).toBeLessThan(22)
  expect(await run(1, paths.toReversed())).toEqual(first)
  expect(await run(2, paths)).not.toEqual(first)
})
