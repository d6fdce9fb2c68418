import type { ApiResource } from './resource.ts'

/**
 * The resources that a kubectl-style TYPE means, best first: plural, singular, kind or short name in any case, alone
 * or with its group (`deployments.apps`), its version and group (`deployments.v1.apps`), or the beginning of its group.
 *
 * @see k8s.io/kubectl shortcuts and apimachinery ParseResourceArg (kubernetes v1.36.2)
 */
export function matchType(resources: readonly ApiResource[], type: string): readonly ApiResource[] {
  const wanted = type.toLowerCase()
  const [name = '', ...rest] = wanted.split('.')
  const named = resources.filter((resource) => isNamed(resource, name))
  if (rest.length === 0) return named
  const group = rest.join('.')
  const [version, ...versionGroup] = rest
  const full = named.filter((one) => one.version === version && one.group === versionGroup.join('.'))
  if (full.length > 0) return full
  const exact = named.filter((one) => one.group === group)
  return exact.length > 0 ? exact : named.filter((one) => group !== '' && one.group.startsWith(group))
}

function isNamed(resource: ApiResource, name: string): boolean {
  const kind = resource.kind.toLowerCase()
  return name === resource.plural || name === kind || (resource.shortNames?.includes(name) ?? false)
}
