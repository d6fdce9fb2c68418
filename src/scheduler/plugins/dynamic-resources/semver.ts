/** A semantic version, compared as `semver.org` says; build metadata plays no part. */
export interface Semver {
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  compare(other: Semver): -1 | 0 | 1
}

const pattern =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/

/**
 * Reads a version; undefined where it is none. Normalizing drops a leading `v`, adds missing parts, and drops leading zeros.
 * @see apiserver/pkg/cel/library/semverlib.go normalizeAndParse (kubernetes v1.36.2)
 */
export function parseSemver(text: string, normalize = false): Semver | undefined {
  const found = text.length > 512 ? null : pattern.exec(normalize ? normalized(text) : text)
  if (found === null) return undefined
  const [, major = '', minor = '', patch = '', tail] = found
  const parts = [BigInt(major), BigInt(minor), BigInt(patch)] as const
  if (parts.some((part) => part >= 2n ** 64n)) return undefined
  const labels = tail === undefined ? [] : tail.split('.')
  if (labels.some((label) => /^0\d+$/.test(label))) return undefined
  return new Version(...parts, labels)
}

function normalized(text: string): string {
  const [major = '', minor, ...rest] = text.replace(/^v/, '').split('.')
  const parts = [major, minor, rest.length > 0 ? rest.join('.') : undefined].filter((part) => part !== undefined)
  // A version cut short may carry no label; left as it is, it is not a version.
  if (parts.length < 3 && /[-+]/.test(parts.at(-1) ?? '')) return text.replace(/^v/, '')
  while (parts.length < 3) parts.push('0')
  return parts.map(withoutLeadingZeros).join('.')
}

function withoutLeadingZeros(part: string): string {
  const trimmed = part.length > 1 ? part.replace(/^0+/, '') : part
  return /^\d/.test(trimmed) || part.length <= 1 ? trimmed : `0${trimmed}`
}

class Version implements Semver {
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  readonly #labels: readonly string[]

  constructor(major: bigint, minor: bigint, patch: bigint, labels: readonly string[]) {
    this.major = major
    this.minor = minor
    this.patch = patch
    this.#labels = labels
  }

  compare(other: Version): -1 | 0 | 1 {
    if (this.major !== other.major) return this.major < other.major ? -1 : 1
    if (this.minor !== other.minor) return this.minor < other.minor ? -1 : 1
    if (this.patch !== other.patch) return this.patch < other.patch ? -1 : 1
    return compareLabels(this.#labels, other.#labels)
  }
}

/** A version without labels is newer than one with; else label by label, the longer one newer. */
function compareLabels(a: readonly string[], b: readonly string[]): -1 | 0 | 1 {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 0 : a.length === 0 ? 1 : -1
  for (const [i, left] of a.entries()) {
    const right = b[i]
    if (right === undefined) return 1
    if (left !== right) return isBefore(left, right) ? -1 : 1
  }
  return a.length < b.length ? -1 : 0
}

/** Numbers by value and before words, words as text. */
function isBefore(left: string, right: string): boolean {
  const [leftNumber, rightNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)]
  if (leftNumber && rightNumber) return BigInt(left) < BigInt(right)
  return leftNumber === rightNumber ? left < right : leftNumber
}
