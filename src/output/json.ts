import { escapedInJson } from '#model/escaped.ts'

/** The report as indented JSON, with a line break at the end; what a terminal could take for commands is escaped. */
export function renderJson(report: unknown): string {
  return `${escapedInJson(JSON.stringify(report, null, 2))}\n`
}
