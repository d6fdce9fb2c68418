import type { ApiClient } from './api-client.ts'
import { type Attempt, attempt } from './attempt.ts'
import type { Item } from './generate/world.ts'

/** The objects that others stand on last, so that what hangs on them is gone already. */
const firstTried = [
  'Pod',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'ResourceClaim',
  'ResourceSlice',
  'CSIStorageCapacity',
  'VolumeAttachment',
  'CSINode',
  'Node',
]

/** Leaves objects out, halves first, as long as the Pod is still judged differently. */
export async function shrink(api: ApiClient, items: readonly Item[], pod: string, version: string): Promise<Attempt> {
  let kept = items
  let smallest = await attempt(api, kept, version)
  let tries = 60
  for (const kind of firstTried) {
    for (
      let size = Math.ceil(kept.filter((item) => item.kind === kind).length / 2);
      size > 0 && tries > 0;
      size = Math.floor(size / 2)
    ) {
      for (const part of partsOf(candidates(kept, kind, pod), size)) {
        if (tries-- <= 0) break
        const fewer = kept.filter((item) => !part.includes(item))
        const result = await attempt(api, fewer, version)
        if (!result.differences.some((one) => one.pod === pod)) continue
        kept = fewer
        smallest = result
      }
    }
  }
  return smallest
}

function candidates(items: readonly Item[], kind: string, pod: string): readonly Item[] {
  return items.filter((item) => item.kind === kind && `${item.metadata.namespace}/${item.metadata.name}` !== pod)
}

function partsOf(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const parts: Item[][] = []
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size))
  return parts
}
