import { stringify } from 'yaml'

/** The report as one YAML document. */
export function renderYaml(report: unknown): string {
  return stringify(report, { aliasDuplicateObjects: false, lineWidth: 0 })
}
