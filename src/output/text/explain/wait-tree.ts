import { safeText } from '#output/safe-text.ts'
import { type Style, wrap } from '#output/text/style.ts'
import type { Wait } from '#report/explain-parts.ts'

/** What waits for what, from the effect down to the cause. */
export function waitTree(root: string, waits: readonly Wait[], home: string, { width }: Style): string {
  return [wrap(safeText(root), width, '  '), ...waits.flatMap((wait) => branch(wait, '  ', home, width))].join('\n')
}

function branch(wait: Wait, indent: string, home: string, width: number): readonly string[] {
  const { waitsFor = [] } = wait
  const text = waitsFor.length === 0 ? `${titleOf(wait, home)}, ${wait.why}` : titleOf(wait, home)
  const below = `${indent}   `
  const [first = '', ...rest] = wrap(safeText(text), width, below).split('\n')
  return [
    `${indent}└─ ${first.slice(below.length)}`,
    ...rest,
    ...waitsFor.flatMap((one) => branch(one, below, home, width)),
  ]
}

/** `helper Pod kube-system/x`; what stands in the same namespace as the one that waits goes without. */
function titleOf({ kind, role, namespace = '', name, about }: Wait, home: string): string {
  const place = namespace === '' || namespace === home ? '' : `${namespace}/`
  return `${role ?? kind} ${place}${name}${about === undefined ? '' : ` (${about})`}`
}
