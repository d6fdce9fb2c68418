import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { type ApiResource, Changes, type Connection, connect, watch } from '#cluster/access/index.ts'
import { somePods } from '#test/apiserver/ask.ts'
import { type ApiServer, startApiServer } from '#test/apiserver/server.ts'
import { aWorld } from './support/world.ts'

const pods: ApiResource = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true }
const quick = { firstDelayMs: 5, longestDelayMs: 20, seconds: 30 }

async function withConnection(act: (connection: Connection, server: ApiServer) => Promise<void>): Promise<void> {
  const server = await startApiServer({ objects: somePods('p1') })
  const world = aWorld()
  const limits = { attempts: 1, firstDelayMs: 1, connections: 16 }
  const connection = await connect({ server: server.url, limits }, world.env)
  try {
    await act(connection, server)
  } finally {
    await connection.close()
    await server.close()
    world.remove()
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(2)
}

const query = (resourceVersion: string) => ({ resource: pods, resourceVersion, seconds: 30 })

test('a watch calls for each change and says how far it came', () =>
  withConnection(async (connection, server) => {
    let changes = 0
    const end = watch(connection, query('1001'), () => changes++)
    await until(() => server.watches.count === 1)
    server.update(...somePods('p2'))
    server.remove(...somePods('p2'))
    await until(() => changes === 2)
    server.watches.bookmark()
    await sleep(10)
    server.watches.close()
    expect(await end).toEqual({ kind: 'closed', resourceVersion: '1003' })
    expect(changes).toBe(2)
  }))

test('a version that the server has forgotten is expired, not failed', () =>
  withConnection(async (connection, server) => {
    const end = watch(connection, query('1001'), () => undefined)
    await until(() => server.watches.count === 1)
    server.watches.expire()
    expect(await end).toEqual({ kind: 'expired' })
  }))

test('a watch that is refused says why', () =>
  withConnection(async (connection, server) => {
    server.fail({ match: 'pods', with: 403 })
    expect(await watch(connection, query('1001'), () => undefined)).toMatchObject({
      kind: 'failed',
      failure: { reason: 'Forbidden' },
    })
  }))

const rows: readonly [title: string, spoil: (server: ApiServer) => void][] = [
  ['is closed', (server) => server.watches.close()],
  ['expires', (server) => server.watches.expire()],
  [
    'is closed and refused three times',
    (server) => {
      server.fail({ match: 'pods', with: 503, times: 3, retryAfter: 0 })
      server.watches.close()
    },
  ],
  [
    'is cut off in the middle of a line',
    (server) => {
      server.fail({ match: /watch=true/, with: 'cut', times: 2 })
      server.watches.close()
    },
  ],
]
for (const [title, spoil] of rows) {
  test(`changes are told after a watch ${title}`, () =>
    withConnection(async (connection, server) => {
      const changes = new Changes(connection, quick)
      const { signal } = new AbortController()
      await changes.watch(pods)
      await until(() => server.watches.count === 1)
      spoil(server)
      await until(() => server.watches.count === 0)
      server.update(...somePods('p9'))
      await changes.next(signal)
      await until(() => server.watches.count === 1)
      // What was told while it began anew is used up; another change is told again.
      let told = false
      const next = changes.next(signal).then(() => {
        told = true
      })
      for (let n = 0; !told && n < 500; n++) {
        server.update(...somePods(`q${n}`))
        await sleep(5)
      }
      await next
      changes.close()
    }))
}

test('who may not watch the cluster watches a namespace; and closing ends it all', () =>
  withConnection(async (connection, server) => {
    server.fail({ match: /^\/api\/v1\/pods/, with: 403 })
    const changes = new Changes(connection, quick)
    await changes.watch(pods, 'a')
    await until(() => server.watches.count === 1)
    server.update(...somePods('p5'))
    await changes.next(new AbortController().signal)
    changes.close()
    await until(() => server.watches.count === 0)
  }))
