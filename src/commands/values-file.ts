import { readFile } from 'node:fs/promises'
import { Failure } from '#model/failure.ts'
import { mergedDocuments } from '#output/suggest/documents.ts'
import { withValues } from '#remedies/values-edit.ts'
import type { SuggestReport } from '#report/suggest-report.ts'

/** A person's own values file with the suggested values in it: whole, or with `-o diff` as a unified diff. */
export async function valuesFileAnswer(
  file: string | undefined,
  format: string | undefined,
  report: SuggestReport,
): Promise<string> {
  if (file === undefined) {
    throw new Failure('WrongArgument', '-o diff needs --values FILE', {
      hint: 'name the values file that you edit',
      exitCode: 2,
    })
  }
  if (format !== undefined && format !== 'diff' && format !== 'values') {
    throw new Failure('WrongArgument', `--values goes with -o values or -o diff, not with -o ${format}`, {
      exitCode: 2,
    })
  }
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new Failure('ValuesFile', `${file} cannot be read: ${cause.message}`, { cause })
  })
  const suggestions = report.clusters.flatMap((cluster) => cluster.suggestions)
  const documents = mergedDocuments(suggestions).filter(({ body }) => body.target.kind === 'HelmValues')
  const releases = [...new Set(documents.map(({ place }) => place))]
  if (releases.length > 1) {
    throw new Failure(
      'WrongArgument',
      `${file} is one file, but values of ${releases.length} releases are suggested: ${releases.join('; ')}`,
      {
        hint: 'ask about one of them, with -n or TYPE/NAME',
        exitCode: 2,
      },
    )
  }
  const [document] = documents
  if (document === undefined) {
    throw new Failure('NothingForValues', `no values of a Helm release are suggested, so ${file} stays as it is`, {
      hint: 'see "kubectl taintdoctor suggest" for what is',
    })
  }
  const changed = withValues(text, document.content)
  if ('problem' in changed)
    throw new Failure(
      'ValuesFile',
      `${file}${changed.at ?? ''}: ${changed.problem}`,
      changed.hint === undefined ? {} : { hint: changed.hint },
    )
  if (format !== 'diff') return changed.text
  const { createTwoFilesPatch } = await import('diff')
  return changed.text === text ? '' : createTwoFilesPatch(file, file, text, changed.text, '', '', { context: 3 })
}
