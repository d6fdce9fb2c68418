import type { ApiObject } from '#model/cluster-state.ts'
import { decodeHelmRelease, helmRecordHead } from './helm-release.ts'

/**
 * Unpacks the records of each release that say how it stands: its newest revision, and the newest that is
 * `deployed` where the newest is not. Older revisions say nothing about the cluster as it is.
 */
export function decodeHelmRecords(records: readonly ApiObject[]): ApiObject[] {
  const releases = new Map<string, { newest: ApiObject; deployed?: ApiObject }>()
  for (const record of [...records].sort((a, b) => revisionOf(a) - revisionOf(b))) {
    const { release, status } = helmRecordHead(record)
    const key = `${record.metadata.namespace ?? ''}/${release}`
    const known = releases.get(key) ?? { newest: record }
    releases.set(key, { ...known, newest: record, ...(status === 'deployed' ? { deployed: record } : {}) })
  }
  return [...releases.values()].flatMap(({ newest, deployed }) =>
    [newest, ...(deployed === undefined || deployed === newest ? [] : [deployed])].map(decodeHelmRelease),
  )
}

function revisionOf(record: ApiObject): number {
  return helmRecordHead(record).revision ?? 0
}
