import { isMark } from './marks.ts'
import { Unfollowable } from './trouble.ts'

/** A piece of a template: text between actions, or the inside of one `{{ }}`. */
export type Piece =
  | { readonly kind: 'Text'; readonly text: string }
  /** `atLineEnd`: it ate the line break before it, so that what it prints may bring its own. */
  | { readonly kind: 'Action'; readonly tokens: readonly Token[]; readonly line: number; readonly atLineEnd: boolean }

export type Token =
  | { readonly kind: 'Field' | 'Variable'; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'Word'; readonly name: string }
  | { readonly kind: 'Literal'; readonly value: string | number }
  | { readonly kind: 'Sign'; readonly sign: '(' | '|' | ',' | ':=' | '=' }
  | { readonly kind: 'Close'; readonly path: readonly string[] }

/**
 * Takes a template apart as Go does: `{{-` and `-}}` eat the white space beside them, comments vanish.
 * @see text/template/parse/lex.go (go 1.24)
 */
export function lex(source: string): Piece[] {
  const text = [...source].some(isMark) ? [...source].map((char) => (isMark(char) ? '?' : char)).join('') : source
  const pieces: Piece[] = []
  let at = 0
  let line = 1
  let trims = false
  while (at <= text.length) {
    const open = text.indexOf('{{', at)
    const end = open === -1 ? text.length : open
    const between = text.slice(at, end)
    line += count(between)
    const trimsBefore = open !== -1 && /^\{\{-\s/.test(text.slice(open, open + 4))
    const left = trims ? between.trimStart() : between
    const kept = trimsBefore ? left.trimEnd() : left
    if (kept !== '') pieces.push({ kind: 'Text', text: kept })
    if (open === -1) break
    const action = lexAction(text, open + (trimsBefore ? 3 : 2), line)
    if (action.tokens.length > 0)
      pieces.push({ kind: 'Action', tokens: action.tokens, line, atLineEnd: trimsBefore && kept.length < left.length })
    line += count(text.slice(open, action.end))
    at = action.end
    trims = action.trims
  }
  return pieces
}

function count(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

interface Action {
  readonly tokens: readonly Token[]
  readonly end: number
  readonly trims: boolean
}

const comment = /\s*\/\*[\s\S]*?\*\/(\s*-)?\}\}/y
const close = /\s+-\}\}|\s*\}\}/y
const space = /\s+/y
const number = /[+-]?(?:0x[\da-fA-F]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)/y
const quoted = /"(?:[^"\\\n]|\\.)*"/y
const raw = /`[^`]*`/y
const char = /'(?:[^'\\\n]|\\.)+'/y
const variable = /\$(\w*)((?:\.[\p{L}_][\p{L}\p{N}_]*)*)/uy
const field = /((?:\.[\p{L}_][\p{L}\p{N}_]*)+)/uy
const word = /[\p{L}_][\p{L}\p{N}_]*/uy
const closing = /\)((?:\.[\p{L}_][\p{L}\p{N}_]*)*)/uy
const sign = /:=|[(|,=]/y

function lexAction(text: string, start: number, line: number): Action {
  const skipped = matchAt(comment, text, start)
  if (skipped !== undefined) return { tokens: [], end: start + skipped[0].length, trims: skipped[1] !== undefined }
  const tokens: Token[] = []
  let at = start
  for (;;) {
    const end = matchAt(close, text, at)
    if (end !== undefined) return { tokens, end: at + end[0].length, trims: end[0].includes('-') }
    if (at >= text.length) throw new Unfollowable(`line ${line}: an action is not closed`)
    const blank = matchAt(space, text, at)
    if (blank !== undefined) at += blank[0].length
    else {
      const found = tokenAt(text, at)
      if (found === undefined)
        throw new Unfollowable(
          `line ${line}: what stands at ${JSON.stringify(text.slice(at, at + 10))} is no template syntax`,
        )
      tokens.push(found.token)
      at += found.length
    }
  }
}

function tokenAt(text: string, at: number): { token: Token; length: number } | undefined {
  const literal = literalAt(text, at)
  if (literal !== undefined) return literal
  let found = matchAt(closing, text, at)
  if (found !== undefined) return { token: { kind: 'Close', path: split(found[1]) }, length: found[0].length }
  found = matchAt(variable, text, at)
  if (found !== undefined) {
    return { token: { kind: 'Variable', name: `$${found[1] ?? ''}`, path: split(found[2]) }, length: found[0].length }
  }
  found = matchAt(field, text, at)
  if (found !== undefined)
    return { token: { kind: 'Field', name: '.', path: split(found[1]) }, length: found[0].length }
  if (text[at] === '.') return { token: { kind: 'Field', name: '.', path: [] }, length: 1 }
  found = matchAt(word, text, at)
  if (found !== undefined) return { token: { kind: 'Word', name: found[0] }, length: found[0].length }
  found = matchAt(sign, text, at)
  if (found === undefined) return undefined
  return { token: { kind: 'Sign', sign: found[0] as '(' }, length: found[0].length }
}

function literalAt(text: string, at: number): { token: Token; length: number } | undefined {
  let found = matchAt(quoted, text, at)
  if (found !== undefined) return { token: { kind: 'Literal', value: unescaped(found[0]) }, length: found[0].length }
  found = matchAt(raw, text, at)
  if (found !== undefined) return { token: { kind: 'Literal', value: found[0].slice(1, -1) }, length: found[0].length }
  found = matchAt(char, text, at)
  if (found !== undefined) {
    return { token: { kind: 'Literal', value: found[0].codePointAt(1) ?? 0 }, length: found[0].length }
  }
  found = matchAt(number, text, at)
  if (found === undefined) return undefined
  return { token: { kind: 'Literal', value: Number(found[0].replaceAll('_', '')) }, length: found[0].length }
}

function unescaped(literal: string): string {
  const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' }
  return literal
    .slice(1, -1)
    .replace(
      /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(.))/g,
      (_, u: string | undefined, x: string | undefined, c: string) =>
        u !== undefined || x !== undefined ? String.fromCharCode(Number.parseInt(u ?? x ?? '', 16)) : (simple[c] ?? c),
    )
}

function split(path: string | undefined): string[] {
  return (path ?? '').split('.').filter((step) => step !== '')
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}
