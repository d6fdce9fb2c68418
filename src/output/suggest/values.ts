import { safeText } from '#output/safe-text.ts'
import type { Suggestion, SuggestionBody, SuggestReport } from '#report/suggest-report.ts'
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

function commands({ apply }: SuggestionBody): readonly string[] {
  return apply.map(
    (command) => `# ${safeText(command).replaceAll(' --', ' \\\n#   --').replace(' \\\n#   --version', ' --version')}`,
  )
}

/** What of a suggestion can be pasted: itself, else the first of its alternatives that has content. */
export function pasteable(suggestion: Suggestion): SuggestionBody | undefined {
  return [suggestion, ...suggestion.alternatives].find(({ content }) => content !== '')
}
