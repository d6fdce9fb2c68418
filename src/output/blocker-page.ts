import { blockersPages } from './blockers-pages.ts'
import { paint, type Style, wrap } from './text/style.ts'

/** The codes that there is a page for, in alphabetical order. */
export const pageCodes: readonly string[] = Object.keys(blockersPages)

/** The page of a cause code for a terminal; undefined where there is none. */
export function renderBlockerPage(code: string, style: Style): string | undefined {
  const page = Object.hasOwn(blockersPages, code) ? blockersPages[code] : undefined
  if (page === undefined) return undefined
  let isCode = false
  const lines = page
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('```')) {
        isCode = !isCode
        return []
      }
      return [isCode ? `  ${line}` : proseLine(line, style)]
    })
  return `${lines.join('\n')}\n`
}

function proseLine(line: string, style: Style): string {
  const title = /^#+ (.*)$/.exec(line)?.[1]
  if (title !== undefined) return paint(title, 'strong', style)
  if (line.startsWith('- ')) return `- ${wrap(line.slice(2), style.width, '  ').slice(2)}`
  return wrap(line.replaceAll('**', ''), style.width, '')
}
