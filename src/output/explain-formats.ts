import type { ExplainReport } from '#report/explain-report.ts'
import { renderJson } from './json.ts'
import { explainMarkdown } from './markdown/explain.ts'
import { renderNames } from './name.ts'
import { renderExplain } from './text/explain.ts'
import type { Style } from './text/style.ts'
import { renderYaml } from './yaml.ts'

/** Renders the report as `-o` asks; nothing means text for people. */
export function renderExplainAs(format: string | undefined, report: ExplainReport, style: Style): string {
  switch (format) {
    case 'json':
      return renderJson(report)
    case 'yaml':
      return renderYaml(report)
    case 'markdown':
      return explainMarkdown(report, style)
    case 'name':
      return renderNames(report)
    default:
      return renderExplain(report, style)
  }
}
