import type { Inquiry } from '#diagnosis/inquiry.ts'
import { objectsNamed, podsOf, type Scope } from '#diagnosis/scope.ts'
import type { AskedObject } from '#report/explain-parts.ts'
import type { Diagnosis } from '#report/explain-report.ts'
import { askedClaim } from './claim.ts'
import { askedNode } from './node.ts'
import { askedWorkload } from './workload.ts'

/** The answers about objects that were named, beside the diagnoses of their Pods. */
export function askedObjects(scope: Scope, diagnoses: readonly Diagnosis[], inquiry: Inquiry): readonly AskedObject[] {
  const { state } = inquiry
  return (scope.named ?? []).flatMap((named): readonly AskedObject[] => {
    const { resource, name } = named
    if (resource === 'pods') return []
    if (resource === 'nodes') {
      const node = inquiry.nodeNamed(name)
      return node === undefined ? [] : [askedNode(node, inquiry)]
    }
    if (resource === 'persistentvolumeclaims') {
      return state.lists.persistentvolumeclaims.items
        .filter(
          ({ metadata }) =>
            metadata.name === name && (scope.namespace === undefined || metadata.namespace === scope.namespace),
        )
        .map((claim) => askedClaim(claim, inquiry))
    }
    return objectsNamed(state, named, scope.namespace)
      .filter((object) => !diagnoses.some((one) => speaksOf(one, object.kind, object.metadata.namespace, name)))
      .map((object) => askedWorkload(object, podsOf(state, named, object.metadata.namespace), inquiry))
  })
}

function speaksOf({ owners }: Diagnosis, kind: string, namespace: string | undefined, name: string): boolean {
  return owners.some((owner) => owner.kind === kind && owner.name === name && owner.namespace === namespace)
}
