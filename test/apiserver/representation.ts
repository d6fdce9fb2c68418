import type { ResourceType } from './resources.ts'
import { json } from './status.ts'
import { tableOf } from './table.ts'
import type { KubeObject, Reply } from './types.ts'

/** How an object is to be written: as it is, as its metadata alone, or as the table kubectl prints. */
export type Representation = 'whole' | 'metadata' | 'table'

/** The first media type of `Accept` the server can write; undefined where there is none. It writes JSON only. */
export function representation(accept: string): Representation | undefined {
  for (const entry of accept.split(',')) {
    const [type = '', ...parameters] = entry
      .trim()
      .split(';')
      .map((part) => part.trim())
    if (type !== 'application/json' && type !== 'application/*' && type !== '*/*' && type !== '') continue
    const as = parameters.find((parameter) => parameter.startsWith('as='))?.slice(3)
    if (as === undefined) return 'whole'
    if (as === 'Table' && parameters.includes('v=v1')) return 'table'
    if (as === 'PartialObjectMetadataList' || as === 'PartialObjectMetadata') return 'metadata'
  }
  return undefined
}

/** Rewrites a whole object or list. Refusals stay what they are. */
export function represented(reply: Reply, as: Representation, type: ResourceType): Reply {
  if (as === 'whole' || reply.status !== 200) return reply
  const whole = JSON.parse(reply.body) as KubeObject & { items?: KubeObject[] }
  const objects = whole.items ?? [whole]
  const meta = 'meta.k8s.io/v1'
  if (as === 'table') {
    const { metadata } = whole
    const head = {
      kind: 'Table',
      apiVersion: meta,
      metadata: whole.items ? metadata : { resourceVersion: metadata.resourceVersion },
    }
    return json(200, { ...head, ...tableOf(type, objects, whole.items === undefined) })
  }
  const partial = objects.map(({ metadata }) => ({ kind: 'PartialObjectMetadata', apiVersion: meta, metadata }))
  if (whole.items === undefined) return json(200, partial[0] as object)
  return json(200, { kind: 'PartialObjectMetadataList', apiVersion: meta, metadata: whole.metadata, items: partial })
}
