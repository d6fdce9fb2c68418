import type { Case } from './case.ts'

/**
 * Cases that one change mends belong together: the same place, reached or not. A Pod's own patch mends that Pod alone,
 * and what has no place stands alone.
 */
export function mergeCases(cases: readonly Case[]): readonly (readonly Case[])[] {
  const groups = new Map<string, Case[]>()
  for (const [index, one] of cases.entries()) {
    const key = keyOf(one) ?? `alone ${index}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()]
}

function keyOf({ places }: Case): string | undefined {
  const [natural] = places
  if (natural === undefined || natural.target.kind === 'PodPatch' || natural.target.kind === 'None') return undefined
  const { kind, path, release, namespace, name, resource } = natural.target
  if (kind === 'HelmValues' && path === undefined) return undefined
  const sets = natural.sets.map((set) => `${set.path}=${set.value}`)
  return JSON.stringify([
    kind,
    path,
    release,
    namespace,
    name,
    resource,
    natural.reach.kind,
    natural.takesTolerations,
    sets,
  ])
}
