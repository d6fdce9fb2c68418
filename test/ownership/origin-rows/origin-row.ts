import type { Origin } from '#ownership/origin.ts'
import { aNode } from '#test/builders/objects.ts'
import { anObject } from '#test/builders/owned.ts'

/** An object, what stands in its cluster besides, and what put it there. */
export interface OriginRow {
  readonly title: string
  /** The Pod, or whatever stands at the start of the chain. */
  readonly of: object
  /** What stands in its cluster besides. */
  readonly beside?: readonly object[]
  /** `Kind namespace/name`, nearest first. */
  readonly origins: string
  readonly facts?: Partial<Origin>
}

export const inRelease = (namespace: string, name: string) => ({
  'meta.helm.sh/release-name': name,
  'meta.helm.sh/release-namespace': namespace,
})
export const deployment = (name: string, namespace: string) => anObject('apps/v1 Deployment', name).in(namespace)
export const chartOf = (name: string, version: string, annotations = {}) => ({
  metadata: { name, version, annotations },
})
export const onNode = (labels: Record<string, string>, annotations: Record<string, string> = {}) => ({
  ...aNode(`n-${Object.keys(labels)[0]}`),
  metadata: { name: `n-${Object.keys(labels)[0]}`, labels, annotations },
})
