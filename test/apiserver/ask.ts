import { type ApiServer, type ApiServerOptions, startApiServer } from './server.ts'

/** Runs a test against a server of its own and closes it, whatever happens. */
export async function withServer(options: ApiServerOptions, test: (server: ApiServer) => Promise<void>): Promise<void> {
  const server = await startApiServer(options)
  try {
    await test(server)
  } finally {
    await server.close()
  }
}

/** An answer, read to its end; `body` is parsed where it is JSON. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server wrote
  readonly body: any
}

/** One request over plain http. */
export async function ask(server: ApiServer, path: string, init: RequestInit = {}): Promise<Answer> {
  const { status, headers, ...response } = await fetched(server, path, init)
  const json = headers.get('content-type')?.includes('json') && !response.text.startsWith('<')
  return { status, headers, text: response.text, body: json ? JSON.parse(response.text) : undefined }
}

async function fetched(server: ApiServer, path: string, init: RequestInit) {
  const response = await fetch(server.url + path, init)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** Pods of that name in namespaces `a` and `b`, and what stands around them. */
export function somePods(...names: readonly string[]): object[] {
  return names.map((written) => {
    const [name, namespace] = written.split('/').reverse()
    const labels = { app: name }
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: namespace ?? 'a', labels },
      spec: {},
      status: { phase: 'Pending' },
    }
  })
}

/** The names of a list's items, in order. */
export const names = (answer: Answer): string[] =>
  answer.body.items.map((item: { metadata: { name: string } }) => item.metadata.name)
