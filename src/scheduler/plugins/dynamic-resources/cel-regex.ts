import { type CelResult, unsupported } from './cel-values.ts'

/**
 * `matches()`. Kubernetes' expressions run in linear time; JavaScript's may not, and their syntaxes differ.
 * So only patterns are run that mean the same in both and cannot take long.
 */
export function matches(value: string, pattern: string): CelResult {
  if (!isPlain(pattern) || !/^[ -~]{0,256}$/.test(value)) return unsupported(`the pattern ${JSON.stringify(pattern)}`)
  try {
    return new RegExp(pattern, 'u').test(value)
  } catch {
    return unsupported(`the pattern ${JSON.stringify(pattern)}`)
  }
}

const piece = /\\[dw.\-/^$|?*+()[\]{}]|\[\^?(?:[\w .:/@-]|\\[dw.-])+\]|\((?!\?)|[)|^$.]|[?*+]|[\w \-:/@,_=]/uy

/** Letters, classes, groups and anchors, at most three repeats, none of a group. */
function isPlain(pattern: string): boolean {
  let repeats = 0
  let before = ''
  piece.lastIndex = 0
  for (let at = 0; at < pattern.length; at = piece.lastIndex) {
    piece.lastIndex = at
    const found = piece.exec(pattern)?.[0]
    if (found === undefined) return false
    if (/^[?*+]$/.test(found)) {
      if (before === '' || /^[)(|^$?*+]$/.test(before) || ++repeats > 3) return false
    }
    before = found
  }
  return pattern.length <= 256
}
