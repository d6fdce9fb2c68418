import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { parse } from 'yaml'
import type { Item } from './generate/world.ts'

/** What the API server answered. */
export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** The resources that are put and read, by kind. */
export const plurals: Readonly<Record<string, string>> = {
  Namespace: 'namespaces',
  Node: 'nodes',
  Pod: 'pods',
  PersistentVolume: 'persistentvolumes',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  StorageClass: 'storageclasses',
  CSIDriver: 'csidrivers',
  CSINode: 'csinodes',
  CSIStorageCapacity: 'csistoragecapacities',
  VolumeAttachment: 'volumeattachments',
  ResourceSlice: 'resourceslices',
  ResourceClaim: 'resourceclaims',
  ResourceClaimTemplate: 'resourceclaimtemplates',
  DeviceClass: 'deviceclasses',
  PriorityClass: 'priorityclasses',
  RuntimeClass: 'runtimeclasses',
}

/** Reads and writes one API server as the kubeconfig's user, with a client certificate. */
export class ApiClient {
  readonly server: string
  readonly #agent: Agent

  constructor(kubeconfig: string) {
    const { clusters, users } = parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig
    const cluster = clusters[0]?.cluster ?? {}
    const user = users[0]?.user ?? {}
    this.server = cluster.server ?? ''
    const decoded = (text = ''): Buffer => Buffer.from(text, 'base64')
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: 8,
      ca: decoded(cluster['certificate-authority-data']),
      cert: decoded(user['client-certificate-data']),
      key: decoded(user['client-key-data']),
    })
  }

  create(item: Item): Promise<Answer> {
    return this.send('POST', collectionOf(item), item)
  }

  /** A merge patch of the object, or of its status. */
  patch(item: Item, change: object, part: '' | '/status' = ''): Promise<Answer> {
    return this.send('PATCH', `${pathOf(item)}${part}`, change)
  }

  delete(item: Item, options: object = {}): Promise<Answer> {
    return this.send('DELETE', pathOf(item), { kind: 'DeleteOptions', apiVersion: 'v1', ...options })
  }

  async list(apiVersion: string, kind: string): Promise<Item[]> {
    const { body } = await this.send('GET', `${rootOf(apiVersion)}/${plurals[kind]}`)
    return ((body.items ?? []) as Item[]).map((item) => ({ ...item, apiVersion, kind }))
  }

  send(method: string, path: string, body?: object): Promise<Answer> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    return new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body)
      // A DELETE has no framing of its own for a body.
      const headers = body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(text) }
      const sent = request(`${this.server}${path}`, { method, agent: this.#agent, headers }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const said = Buffer.concat(chunks).toString('utf8')
          resolve({ status: answer.statusCode ?? 0, body: said.startsWith('{') ? JSON.parse(said) : { message: said } })
        })
      })
      sent.on('error', reject)
      sent.end(text)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

interface Kubeconfig {
  readonly clusters: readonly { readonly cluster?: { server?: string; 'certificate-authority-data'?: string } }[]
  readonly users: readonly { readonly user?: { 'client-certificate-data'?: string; 'client-key-data'?: string } }[]
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
}

function collectionOf({ apiVersion, kind, metadata }: Item): string {
  const namespace = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`
  return `${rootOf(apiVersion)}${namespace}/${plurals[kind]}`
}

function pathOf(item: Item): string {
  return `${collectionOf(item)}/${item.metadata.name}`
}
