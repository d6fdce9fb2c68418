import type { KnownVersion } from './component.ts'
import { compareVersions, parseVersion } from './version.ts'

/** A version as some object writes it, and where it was found. */
export interface VersionSource {
  readonly written: string | undefined
  /** `image rancher/fleet:v0.11.3`. */
  readonly source: string
}

/** The most trusted version, and those that disagree with it. Sources stand in the order of trust; what is no version is passed over. */
export function mostTrusted(sources: readonly VersionSource[]): KnownVersion | undefined {
  const read = sources.flatMap(({ written, source }) => {
    const version = parseVersion(written)
    return version === undefined ? [] : [{ version, source }]
  })
  const [first, ...rest] = read
  if (first === undefined) return undefined
  return { ...first, disagreeing: rest.filter(({ version }) => compareVersions(version, first.version) !== 0) }
}

/** A sentence where sources disagree; undefined where they do not. */
export function disagreement(known: KnownVersion | undefined): string | undefined {
  if (known === undefined || known.disagreeing.length === 0) return undefined
  const others = known.disagreeing.map(({ version, source }) => `${source} says ${version.text}`).join(', ')
  return `${known.source} says ${known.version.text}, but ${others}; ${known.version.text} was taken.`
}
