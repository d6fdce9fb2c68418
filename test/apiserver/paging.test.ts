import { expect, test } from '@jest/globals'
import { ask, names, somePods, withServer } from './ask.ts'

const objects = somePods('a/p1', 'a/p2', 'a/p3', 'b/p4', 'b/p5')

test('a list goes on where the last page ended, and says how much is left', () =>
  withServer({ objects }, async (server) => {
    const first = await ask(server, '/api/v1/pods?limit=2')
    expect([names(first), first.body.metadata.remainingItemCount]).toEqual([['p1', 'p2'], 3])
    const token = first.body.metadata.continue
    expect(JSON.parse(Buffer.from(token, 'base64').toString())).toEqual({
      v: 'meta.k8s.io/v1',
      rv: 1005,
      start: '/a/p2\0',
    })
    const second = await ask(server, `/api/v1/pods?limit=2&continue=${token}`)
    const third = await ask(server, `/api/v1/pods?limit=2&continue=${second.body.metadata.continue}`)
    expect([names(second), names(third), third.body.metadata.continue]).toEqual([['p3', 'p4'], ['p5'], undefined])
  }))

test('pages hold what was there when the list began', () =>
  withServer({ objects }, async (server) => {
    const first = await ask(server, '/api/v1/pods?limit=3')
    server.remove(...somePods('b/p4'))
    server.update(...somePods('b/p6'))
    const second = await ask(server, `/api/v1/pods?limit=3&continue=${first.body.metadata.continue}`)
    expect([names(second), second.body.metadata.resourceVersion]).toEqual([['p4', 'p5'], '1005'])
    expect(names(await ask(server, '/api/v1/namespaces/b/pods'))).toEqual(['p5', 'p6'])
  }))

test('a forgotten page is 410, with a token that goes on in what is there now', () =>
  withServer({ objects }, async (server) => {
    const first = await ask(server, '/api/v1/pods?limit=3')
    server.remove(...somePods('b/p4'))
    server.compact()
    const gone = await ask(server, `/api/v1/pods?limit=3&continue=${first.body.metadata.continue}`)
    expect(gone).toMatchObject({ status: 410, body: { reason: 'Expired', code: 410 } })
    const rest = await ask(server, `/api/v1/pods?limit=3&continue=${gone.body.metadata.continue}`)
    expect(names(rest)).toEqual(['p5'])
  }))

test('pages are no larger than the server wants them', () =>
  withServer({ objects, pageLimit: 1 }, async (server) => {
    expect(names(await ask(server, '/api/v1/pods?limit=500'))).toEqual(['p1'])
    expect(names(await ask(server, '/api/v1/pods'))).toHaveLength(5)
  }))

test('with a selector the server does not know how much is left', () =>
  withServer({ objects }, async (server) => {
    const page = await ask(server, '/api/v1/pods?limit=1&labelSelector=app!=p1')
    expect([names(page), page.body.metadata.remainingItemCount]).toEqual([['p2'], undefined])
    expect(page.body.metadata.continue).toBeDefined()
  }))

test('resourceVersion=0 is answered from the cache, which knows no pages', () =>
  withServer({ objects }, async (server) => {
    expect(names(await ask(server, '/api/v1/pods?limit=2&resourceVersion=0'))).toHaveLength(5)
  }))

test('a list of one namespace pages inside it', () =>
  withServer({ objects }, async (server) => {
    const first = await ask(server, '/api/v1/namespaces/b/pods?limit=1')
    const second = await ask(server, `/api/v1/namespaces/b/pods?limit=1&continue=${first.body.metadata.continue}`)
    expect([names(first), names(second)]).toEqual([['p4'], ['p5']])
  }))
