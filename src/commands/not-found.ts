import { type NotFound, notFound } from '#diagnosis/asked/not-found.ts'
import { Failure } from '#model/failure.ts'
import type { ReadCluster } from './clusters.ts'

/** Fails where something was asked about by name that none of the clusters has; says where it is instead. */
export function failWhereNotFound(clusters: readonly ReadCluster[]): void {
  const [first = [], ...others] = clusters.map(({ state, scope }) => notFound(state, scope))
  const missing = first.filter(({ named }) =>
    others.every((list) => list.some((one) => one.named.resource === named.resource && one.named.name === named.name)),
  )
  if (missing.length === 0) return
  const hints = [...new Set(missing.map(hintOf))].filter((hint) => hint !== '')
  throw new Failure('NotFound', missing.map(sentence).join('; '), {
    ...(hints.length === 0 ? {} : { hint: hints.join('\n') }),
    exitCode: 3,
  })
}

function sentence({ named, namespace, unread }: NotFound): string {
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`
  return unread
    ? `${named.kind} ${named.name}${where} was not seen, and ${named.resource} could not be read: whether it exists is unknown`
    : `${named.kind} ${named.name} does not exist${where}`
}

function hintOf({ named, namespace, elsewhere }: NotFound): string {
  const [first] = elsewhere.filter((place) => place !== namespace)
  if (first === undefined) return ''
  return `there is ${named.kind} ${named.name} in namespace ${elsewhere.join(', ')}: add -n ${first}`
}
