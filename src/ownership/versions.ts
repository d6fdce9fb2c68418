import { parseChartLabel } from './helm/chart-label.ts'

/** A chart's version, split where a packager put his own in front: `106.0.0+up0.12.0`. */
export interface ChartVersion {
  /** As written. */
  readonly text: string
  /** The packager's own version; undefined where the chart is the project's own. */
  readonly packaged?: string
  /** The project's version. */
  readonly upstream: string
}

/**
 * Splits `106.0.0+up0.12.0` and `0.12.0`; K3s and RKE2 append a package number that stays (`34.2.1+up34.2.0`). A `v`
 * in front is left out. Undefined where it is no version.
 * @see rancher/charts: the packaged version, `+up`, the project's version
 */
export function parseChartVersion(text: string): ChartVersion | undefined {
  const whole = text.trim()
  const [packaged = '', upstream] = whole.split(/\+up/, 2)
  const version = (upstream ?? whole).replace(/^v(?=\d)/, '')
  if (!/^\d+(?:\.\d+){1,3}(?:[-+.].*)?$/.test(version)) return undefined
  return { text: whole, upstream: version, ...(upstream === undefined ? {} : { packaged }) }
}

/** The tag of an image, where it looks like a version, without a `v` in front: `0.12.0` of `rancher/fleet:v0.12.0`. */
export function versionOfImage(image: string): string | undefined {
  const [name = ''] = image.split('@')
  const tag = /:([\w][\w.-]*)$/.exec(name.slice(name.lastIndexOf('/') + 1))?.[1]
  const version = tag?.replace(/^v(?=\d)/, '')
  return version !== undefined && /^\d+\.\d+(?:\.\d+)?(?:[-.].*)?$/.test(version) ? version : undefined
}

/** One place that names a version. */
export interface VersionSource {
  /** For people: `image of Deployment fleet-controller`, `chart version`. */
  readonly from: string
  /** As it stands there: an image, a chart version, a label `helm.sh/chart`; undefined where nothing does. */
  readonly text: string | undefined
  readonly read: 'Image' | 'ChartVersion' | 'ChartLabel' | 'Plain'
}

/** A version with where it comes from, and the sources that say otherwise. */
export interface KnownVersion {
  readonly version: string
  readonly from: string
  readonly disagree: readonly { readonly version: string; readonly from: string }[]
}

/** The version that the first readable source names; sources stand in order of trust. */
export function versionFrom(sources: readonly VersionSource[]): KnownVersion | undefined {
  const read = sources.flatMap(({ from, text, read: how }) => {
    const version = text === undefined ? undefined : versionIn(text, how)
    return version === undefined ? [] : [{ version, from }]
  })
  const [first, ...rest] = read
  if (first === undefined) return undefined
  return { ...first, disagree: rest.filter(({ version }) => version !== first.version) }
}

function versionIn(text: string, how: VersionSource['read']): string | undefined {
  switch (how) {
    case 'Image':
      return versionOfImage(text)
    case 'ChartLabel': {
      const { version } = parseChartLabel(text)
      return version === undefined ? undefined : parseChartVersion(version)?.upstream
    }
    default:
      return parseChartVersion(text)?.upstream
  }
}

/**
 * Negative, zero or positive as `a` is older than, as old as or newer than `b`, by their numbers; a pre-release
 * (`0.12.0-rc.1`) is older than its release. Undefined where one of them has no numbers.
 */
export function compareVersions(a: string, b: string): number | undefined {
  const left = parts(a)
  const right = parts(b)
  if (left === undefined || right === undefined) return undefined
  for (let at = 0; at < Math.max(left.numbers.length, right.numbers.length); at++) {
    const difference = (left.numbers[at] ?? 0) - (right.numbers[at] ?? 0)
    if (difference !== 0) return difference
  }
  if (left.pre === right.pre) return 0
  if (left.pre === '' || right.pre === '') return left.pre === '' ? 1 : -1
  return comparePre(left.pre, right.pre)
}

function parts(version: string): { readonly numbers: readonly number[]; readonly pre: string } | undefined {
  const found = /^v?(\d+(?:\.\d+)*)(?:-([^+]*))?(?:\+.*)?$/.exec(version.trim())
  if (found === null) return undefined
  return { numbers: (found[1] ?? '').split('.').map(Number), pre: found[2] ?? '' }
}

/** As semantic versioning orders pre-releases: part by part, numbers as numbers, a number before a word. */
function comparePre(a: string, b: string): number {
  const left = a.split('.')
  const right = b.split('.')
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [one, other] = [left[at], right[at]]
    if (one === other) continue
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1
    const [isNumber, otherIs] = [/^\d+$/.test(one), /^\d+$/.test(other)]
    if (isNumber && otherIs) return Number(one) - Number(other)
    if (isNumber !== otherIs) return isNumber ? -1 : 1
    return one < other ? -1 : 1
  }
  return 0
}
