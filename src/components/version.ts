/** A version of a known system: `0.11.3`, `0.12.0-rc.4`, taken out of whatever it was written in. */
export interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** `rc.4`; empty for a release. Hotfix builds count as the release they mend. */
  readonly pre: string
  /** `0.12.0-rc.4`. */
  readonly text: string
}

/**
 * Reads `0.11.3`, `v0.12.0-rc.4`, `106.0.0+up0.12.0` (what follows `+up` is the system's own version),
 * `v2.11.1-hotfix-ab12.3`; undefined where there are not three numbers, as in `head`, `dev`, `latest` or a digest.
 */
export function parseVersion(written: string | undefined): Version | undefined {
  if (written === undefined) return undefined
  const up = /\+up(.+)$/s.exec(written)
  const found = /^v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:-([0-9A-Za-z.-]{1,80}))?(?:\+[0-9A-Za-z.-]*)?$/.exec(
    up?.[1] ?? written,
  )
  if (found === null) return undefined
  const [, major = '', minor = '', patch = '', suffix = ''] = found
  const pre = /^(alpha|beta|rc)\b/i.test(suffix) ? suffix : ''
  const text = `${Number(major)}.${Number(minor)}.${Number(patch)}${pre === '' ? '' : `-${pre}`}`
  return { major: Number(major), minor: Number(minor), patch: Number(patch), pre, text }
}

/** Negative where `a` is older than `b`; a pre-release is older than its release. */
export function compareVersions(a: Version, b: Version): number {
  const numbers = a.major - b.major || a.minor - b.minor || a.patch - b.patch
  if (numbers !== 0) return numbers
  if (a.pre === b.pre) return 0
  if (a.pre === '') return 1
  if (b.pre === '') return -1
  return a.pre.localeCompare(b.pre, 'en', { numeric: true })
}

/** Whether the version is `written` or newer. */
export function isAtLeast(version: Version, written: string): boolean {
  const other = parseVersion(written)
  return other !== undefined && compareVersions(version, other) >= 0
}

/**
 * Whether a version has a change that came with these releases, one for each line that got it:
 * `['0.11.4', '0.12.0']` is in 0.11.4, 0.11.14, 0.12.0 and everything newer, and not in 0.10.16.
 */
export function hasChange(version: Version, firstReleases: readonly string[]): boolean {
  const firsts = firstReleases.flatMap((text) => parseVersion(text) ?? [])
  const sameLine = firsts.find((first) => first.major === version.major && first.minor === version.minor)
  if (sameLine !== undefined) return compareVersions(version, sameLine) >= 0
  const newest = firsts.reduce<Version | undefined>(
    (a, b) => (a !== undefined && compareVersions(a, b) > 0 ? a : b),
    undefined,
  )
  return newest !== undefined && compareVersions(version, newest) >= 0
}
