import type { LabelSelector, LabelSelectorRequirement } from './api/meta.ts'

/**
 * Reads a label selector as kubectl's `-l` takes it: `a=b,c!=d,e in (x,y),f,!g`. Gives a clause that says what is wrong
 * where it is none.
 * @see apimachinery/pkg/labels/selector.go Parse (kubernetes v1.36.2)
 */
export function parseLabelSelector(text: string): LabelSelector | { readonly problem: string } {
  const matchExpressions: LabelSelectorRequirement[] = []
  for (const part of splitOutsideBrackets(text)) {
    const requirement = parseRequirement(part.trim())
    if (requirement === undefined) return { problem: part.trim() === '' ? 'an empty part' : `"${part.trim()}"` }
    matchExpressions.push(requirement)
  }
  return { matchExpressions }
}

const key = `([A-Za-z0-9][-A-Za-z0-9_./]*)`
const value = `([-A-Za-z0-9_.]*)`
const forms = {
  equal: new RegExp(`^${key}\\s*==?\\s*${value}$`),
  unequal: new RegExp(`^${key}\\s*!=\\s*${value}$`),
  set: new RegExp(`^${key}\\s+(in|notin)\\s*\\(([^()]*)\\)$`),
  exists: new RegExp(`^${key}$`),
  absent: new RegExp(`^!\\s*${key}$`),
}

function parseRequirement(part: string): LabelSelectorRequirement | undefined {
  const equal = forms.equal.exec(part)
  if (equal !== null) return { key: equal[1] ?? '', operator: 'In', values: [equal[2] ?? ''] }
  const unequal = forms.unequal.exec(part)
  if (unequal !== null) return { key: unequal[1] ?? '', operator: 'NotIn', values: [unequal[2] ?? ''] }
  const set = forms.set.exec(part)
  if (set !== null) {
    const values = (set[3] ?? '').split(',').map((one) => one.trim())
    return { key: set[1] ?? '', operator: set[2] === 'in' ? 'In' : 'NotIn', values }
  }
  const exists = forms.exists.exec(part)
  if (exists !== null) return { key: exists[1] ?? '', operator: 'Exists' }
  const absent = forms.absent.exec(part)
  return absent === null ? undefined : { key: absent[1] ?? '', operator: 'DoesNotExist' }
}

/** At the commas that stand in no brackets. */
function splitOutsideBrackets(text: string): readonly string[] {
  const parts: string[] = []
  let start = 0
  let isInside = false
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') isInside = true
    else if (text[at] === ')') isInside = false
    else if (text[at] === ',' && !isInside) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, text.slice(start)]
}
