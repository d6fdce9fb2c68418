import { expect, test } from '@jest/globals'
import { ask, somePods, withServer } from './ask.ts'
import type { ApiServer } from './server.ts'

interface WatchEvent {
  readonly type: string
  readonly object: { metadata: { name: string; resourceVersion: string }; code?: number; message?: string }
}

/** Opens a watch; each call of the result gives its next event, undefined at the end. */
async function watch(server: ApiServer, query: string): Promise<() => Promise<WatchEvent | undefined>> {
  const response = await fetch(`${server.url}/api/v1/pods?watch=true&${query}`)
  const lines = linesOf(response.body as ReadableStream<Uint8Array>)
  return async () => {
    const { value, done } = await lines.next()
    return done ? undefined : JSON.parse(value)
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

const short = (event: WatchEvent | undefined): string => `${event?.type} ${event?.object.metadata?.name}`
const relabelled = (name: string, app: string): object => {
  const pod = somePods(name)[0] as { metadata: object }
  return { ...pod, metadata: { ...pod.metadata, labels: { app } } }
}

test('a watch without a version begins with what is there, and goes on with what changes', () =>
  withServer({ objects: somePods('p1') }, async (server) => {
    const next = await watch(server, '')
    expect(short(await next())).toBe('ADDED p1')
    server.update(...somePods('p2'))
    server.update(relabelled('p1', 'x'))
    server.remove(...somePods('p2'))
    expect([short(await next()), short(await next()), short(await next())]).toEqual([
      'ADDED p2',
      'MODIFIED p1',
      'DELETED p2',
    ])
    server.watches.close()
    expect(await next()).toBeUndefined()
  }))

test('a watch from a version tells what happened since, and an unchanged object is no change', () =>
  withServer({ objects: somePods('p1') }, async (server) => {
    const { resourceVersion } = (await ask(server, '/api/v1/pods')).body.metadata
    server.setObjects(somePods('p1', 'p3'))
    const next = await watch(server, `resourceVersion=${resourceVersion}`)
    expect(short(await next())).toBe('ADDED p3')
    server.setObjects(somePods('p3'))
    expect(short(await next())).toBe('DELETED p1')
  }))

test('to a selector an object that leaves it is deleted, one that enters it is added', () =>
  withServer({ objects: somePods('p1', 'p2') }, async (server) => {
    const next = await watch(server, 'labelSelector=app=p1')
    expect(short(await next())).toBe('ADDED p1')
    server.update(relabelled('p1', 'other'), relabelled('p2', 'p1'))
    expect([short(await next()), short(await next())]).toEqual(['DELETED p1', 'ADDED p2'])
  }))

test('a version that is forgotten is an ERROR with 410, then the end', () =>
  withServer({ objects: somePods('p1') }, async (server) => {
    const { resourceVersion } = (await ask(server, '/api/v1/pods')).body.metadata
    server.update(...somePods('p2'))
    server.compact()
    const next = await watch(server, `resourceVersion=${resourceVersion}`)
    expect(await next()).toMatchObject({
      type: 'ERROR',
      object: { code: 410, message: `too old resource version: ${resourceVersion} (1002)` },
    })
    expect(await next()).toBeUndefined()
  }))

test('an open watch can be told so too', () =>
  withServer({ objects: somePods('p1') }, async (server) => {
    const next = await watch(server, '')
    await next()
    server.watches.expire()
    expect([(await next())?.object.code, await next()]).toEqual([410, undefined])
  }))

test('bookmarks come to who asked for them, and mark the end of the initial events', () =>
  withServer({ objects: somePods('p1') }, async (server) => {
    const next = await watch(
      server,
      'allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan',
    )
    expect(short(await next())).toBe('ADDED p1')
    expect(await next()).toMatchObject({
      type: 'BOOKMARK',
      object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
    })
    server.watches.bookmark()
    expect(await next()).toMatchObject({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '1001' } } })
  }))

test('a watch ends when its time is up', () =>
  withServer({ objects: somePods('p1') }, async (server) => {
    const next = await watch(server, 'timeoutSeconds=1')
    await next()
    expect(await next()).toBeUndefined()
    expect(server.watches.count).toBe(0)
  }))
