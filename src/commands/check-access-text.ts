import { groupBy } from '#model/group-by.ts'
import { safeText } from '#output/safe-text.ts'
import { renderYaml } from '#output/yaml.ts'
import type { AccessReport, CheckedRead, ClusterAccess } from './check-access.ts'

/** The report for people: what will be unknown, then the YAML that a person with the right to can apply. */
export function accessText({ clusters }: AccessReport): string {
  return clusters.map((cluster) => clusterText(cluster, clusters.length > 1)).join('\n')
}

function clusterText({ name, namespace, reads, roles }: ClusterAccess, isOneOfMany: boolean): string {
  const where = namespace === null ? 'all namespaces' : `namespace ${namespace}`
  const of = isOneOfMany ? ` of ${name}` : ''
  const lacking = reads.filter(({ allowed }) => allowed !== true)
  if (lacking.length === 0) {
    return `You may read all that answers about ${safeText(where)}${safeText(of)} need.\n`
  }
  const lines = [
    `Answers about ${safeText(where)}${safeText(of)} will lack ${lacking.length} of ${reads.length} reads:`,
    '',
    ...[...groupBy(lacking, ({ consequence = '' }) => consequence)].map(
      ([consequence, alike]) => `  ${alike.map(named).join(', ')}\n      ${safeText(consequence)}`,
    ),
    '',
    'This would complete them, given by somebody who may and bound to you:',
    '',
  ]
  return `${lines.join('\n')}\n${roles.map(renderYaml).join('---\n')}`
}

function named({ resource, namespace, allowed, onlyNames = [] }: CheckedRead): string {
  const place = namespace === null ? '' : ` in ${namespace}`
  const doubt = allowed === null ? ' (the server did not say)' : ''
  const only = onlyNames.length === 0 ? '' : ` (only ${onlyNames.join(', ')})`
  return safeText(`${resource}${place}${only}${doubt}`)
}
