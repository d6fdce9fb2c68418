import { markOf } from '#remedies/helm-chart/template/marks.ts'
import { Unfollowable } from '#remedies/helm-chart/template/trouble.ts'
import { isList, isMap, isNil, type Places, Unknown, type Value } from '#remedies/helm-chart/template/value.ts'

/** What a function of the template language may use besides its arguments. */
export interface Kit {
  readonly places: Places
  /** A value that is not known, with the reason. */
  unknown(because: string): Unknown
  /** Counts a step of work, of which a template may take so many. */
  step(): void
}

/** A function of the template language. `arg(n)` is null where the argument is missing. */
export type TemplateFunction = (args: readonly Value[], kit: Kit) => Value

const maxParts = 100_000

/** The value as an action prints it. Lists and maps as Go prints them: no YAML comes of that. */
export function print(value: Value | undefined): string {
  return printed(value, { parts: 0 })
}

function printed(value: Value | undefined, made: { parts: number }): string {
  if (++made.parts > maxParts) throw new Unfollowable('a value of its making is too large')
  if (isNil(value)) return ''
  if (value instanceof Unknown) return markOf(value.note)
  if (isList(value)) return `[${value.map((item) => printed(item, made)).join(' ')}]`
  if (isMap(value)) return `map[${[...value].map(([key, part]) => `${key}:${printed(part, made)}`).join(' ')}]`
  return String(value)
}

/** The first argument that is not known, which then makes the result unknown too. */
export function unknownAmong(args: readonly Value[]): Unknown | undefined {
  return args.find((arg) => arg instanceof Unknown) as Unknown | undefined
}

/** The argument as a number; NaN where it is none. */
export function numberOf(value: Value | undefined): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string' && value.trim() !== '') return Number(value)
  return typeof value === 'boolean' ? Number(value) : isNil(value) || value === '' ? 0 : Number.NaN
}
