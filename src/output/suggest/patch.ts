import { safeText } from '#output/safe-text.ts'
import type { SuggestReport } from '#report/suggest-report.ts'
import { placeText } from './documents.ts'

const patched = new Set(['WorkloadPatch', 'PodPatch', 'CustomResource', 'ConfigMap'])

/** Patches for kubectl: of each suggestion the first way that patches an object, led by its command. */
export function renderPatches(report: SuggestReport): string {
  const ways = report.clusters.flatMap(({ suggestions }) =>
    suggestions.flatMap(
      (one) =>
        [one, ...one.alternatives].find(({ target, content }) => patched.has(target.kind) && content !== '') ?? [],
    ),
  )
  return ways
    .map(({ target, content, apply }, index) => {
      const lead = [`# ${safeText(placeText(target))}`, ...apply.map((command) => `# ${safeText(command)}`)]
      return `${index > 0 ? '---\n' : ''}${lead.join('\n')}\n${content}`
    })
    .join('')
}
