/** The report as indented JSON, with a line break at the end. */
export function renderJson(report: unknown): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
