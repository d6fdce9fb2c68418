/** A clause with a capital and a full stop. */
export function asSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`
}

/** Each once, the first three of many. */
export function few(texts: readonly string[]): string {
  const each = [...new Set(texts)]
  return each.length <= 3 ? each.join(', ') : `${each.slice(0, 3).join(', ')} and ${each.length - 3} more`
}
