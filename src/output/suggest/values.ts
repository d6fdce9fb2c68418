import { safeText } from '#output/safe-text.ts'
import type { SuggestionBody, SuggestReport } from '#report/suggest-report.ts'
import { mergedDocuments } from './documents.ts'

/** One YAML document for each release or object, each led by comments that say where it goes and how to apply it. */
export function renderValues(report: SuggestReport): string {
  const documents = report.clusters.flatMap(({ suggestions }) => mergedDocuments(suggestions))
  if (documents.length === 0) return ''
  return documents
    .map(({ body, content, place }, index) => {
      const count = documents.length > 1 ? `${index + 1} of ${documents.length}: ` : ''
      const lines = [`# ${count}${safeText(place)}`, ...commands(body)]
      return `${index > 0 ? '---\n' : ''}${lines.join('\n')}\n${content}`
    })
    .join('')
}

/** Commands as comments, broken with a backslash where they would be wider than a terminal. */
function commands({ apply }: SuggestionBody): readonly string[] {
  return apply.flatMap((command) => broken(safeText(command)))
}

const widest = 78

function broken(command: string): readonly string[] {
  const lines: string[] = []
  let line = '#'
  for (const word of command.split(/ (?=-)/)) {
    if (line !== '#' && line.length + 1 + word.length + 2 > widest) {
      lines.push(`${line} \\`)
      line = `#   ${word}`
    } else line = `${line} ${word}`
  }
  return [...lines, line]
}
