import { readTolerations } from '#components/subject.ts'
import type { Toleration } from '#model/api/pod.ts'
import type { HelmObject, HelmRelease } from '#model/helm-release.ts'
import { oncePer } from '#model/once-per.ts'
import { valueAt } from '#model/raw-object.ts'
import { sameTolerations, tolerationsOfEntry } from './entry.ts'
import { type Rendering, renderTemplate } from './render.ts'
import { type Tolerates, tolerationsIn } from './rendered.ts'
import { type Source, templateText } from './source.ts'
import type { Way } from './template/evaluate.ts'
import type { Place } from './template/value.ts'
import { at, valuesOf, withAt } from './values.ts'

/** A place in the values whose list gets to the workload. */
export interface Feeding {
  readonly place: Place
  /** What stands there now. */
  readonly entries: readonly Toleration[]
  /** What the workload has now and would lose once anything is set there: the template's own fallback. */
  readonly lost: readonly Toleration[]
  /** What the template adds itself, or from elsewhere. */
  readonly kept: readonly Toleration[]
  /** A switch that has to be on for it. */
  readonly needs?: Place
  /** Whether the place takes the list as text. */
  readonly asText: boolean
}

/** A place that gets there only where another value is another one. */
export interface Gate {
  readonly place: Place
  readonly needs: Place
  /** What the other value would have to be; undefined where anything will do. */
  readonly word?: string
}

/** What following the template of a workload came to. */
export type Followed =
  | { readonly kind: 'Feeds'; readonly feedings: readonly [Feeding, ...Feeding[]]; readonly reads: readonly Place[] }
  /** No value gets there. `near`: places named like tolerations that the template reads for something else. */
  | { readonly kind: 'NoKey'; readonly near: readonly Place[]; readonly reads: readonly Place[]; readonly gate?: Gate }
  | { readonly kind: 'Open'; readonly because: string; readonly reads: readonly Place[] }

type Found = Extract<Tolerates, { kind: 'Found' }>

/** No key of a person's, and none that a scheduler gives a meaning to. */
const probe = { key: 'taintdoctor.dev/probe', operator: 'Equal', value: 'probe', effect: 'NoSchedule' }
const maxProbes = 60
const maxGates = 20
const maxText = 8 * 1024 * 1024
const maxKept = 32 * 1024 * 1024
/** What the templates of a release were rendered to, with which change; the workloads of one template ask the same. */
const renderingsOf = oncePer((_record: HelmRelease) => ({ texts: new Map<string, Rendering>(), length: 0 }))

/**
 * Which values feed the tolerations of a workload. Its template is rendered with the values as they are, which must
 * come to what the manifest holds; then with an entry more at each place that it reads: where that shows up in this
 * very workload, the place feeds it.
 */
export function followTemplate(record: HelmRelease, entry: HelmObject, source: Source): Followed {
  return new Following(record, entry, source).result()
}

class Following {
  private readonly record: HelmRelease
  private readonly entry: HelmObject
  private readonly source: Source
  private readonly values: Readonly<Record<string, unknown>>
  private readonly budget = { steps: 2_000_000 }
  private problem: string | undefined
  private length = 0

  constructor(record: HelmRelease, entry: HelmObject, source: Source) {
    this.record = record
    this.entry = entry
    this.source = source
    this.values = valuesOf(record)
  }

  result(): Followed {
    const all = this.render(this.values, 'Both')
    const reads = all?.reads ?? []
    const now = (['Then', 'Else'] as const).map((way) => ({ way, found: this.look(this.values, way) }))
    const worlds = now.flatMap(({ way, found }) =>
      found.kind === 'Found' && this.isTrue(found) ? [{ way, found }] : [],
    )
    if (worlds.length === 0) return { kind: 'Open', because: this.whyNone(now.map(({ found }) => found)), reads }
    const named = reads.filter((place) => place.some((step) => /tolerat/i.test(step)))
    const feedings = this.probed(named, worlds)
    const found = feedings.length > 0 ? feedings : this.probed(this.elsewhere(reads, named, worlds), worlds)
    const [first, ...others] = sorted(found.length > 0 ? found : this.switched(named, reads, worlds))
    if (first !== undefined) return { kind: 'Feeds', feedings: [first, ...others], reads }
    const open = worlds.map(({ found: one }) => one.open).find((because) => because !== undefined)
    if (open !== undefined) return { kind: 'Open', because: open, reads }
    if (this.undecided) return { kind: 'Open', because: this.undecided, reads }
    const gate = this.gate(named, reads, worlds)
    return { kind: 'NoKey', near: named, reads, ...(gate === undefined ? {} : { gate }) }
  }

  /** Why a place was found that gets there in one case and not in another. */
  private undecided = ''

  private render(values: Readonly<Record<string, unknown>>, way: Way) {
    const rendering = renderTemplate(this.record, this.source, values, way, this.budget)
    if (!('problem' in rendering)) return rendering
    this.problem ??= rendering.problem
    return undefined
  }

  /** `change` tells the values from others of this release: what they render to is then kept for its other workloads. */
  private look(values: Readonly<Record<string, unknown>>, way: Way, change?: string): Tolerates {
    const rendering = change === undefined ? this.render(values, way) : this.rendered(values, way, change)
    if (rendering === undefined) return { kind: 'Open', because: this.problem ?? '' }
    this.length += rendering.text.length
    if (this.length > maxText) return { kind: 'Open', because: 'it renders too much to try all that it reads' }
    return tolerationsIn(rendering, this.entry)
  }

  private rendered(values: Readonly<Record<string, unknown>>, way: Way, change: string): Rendering | undefined {
    const kept = renderingsOf(this.record)
    const key = JSON.stringify([this.source.text, way, change])
    const before = kept.texts.get(key)
    if (before !== undefined) return before
    const made = this.render(values, way)
    if (made === undefined) return undefined
    kept.length += made.text.length
    if (kept.length <= maxKept) kept.texts.set(key, made)
    return made
  }

  /** Whether what was followed comes to what the manifest holds. */
  private isTrue(found: Found): boolean {
    const held = tolerationsOfEntry(this.entry)
    return held === undefined || found.open !== undefined || sameTolerations(readTolerations(found.entries), held)
  }

  private whyNone(found: readonly Tolerates[]): string {
    if (this.problem !== undefined) return this.problem
    const open = found.find((one) => one.kind === 'Open')
    if (open !== undefined) return open.because
    return found.some((one) => one.kind === 'Found')
      ? 'with the recorded values it comes to other tolerations than the manifest holds'
      : 'with the recorded values it does not come to this workload'
  }

  private probed(places: readonly Place[], worlds: readonly World[], needs?: Place): Feeding[] {
    return places.slice(0, maxProbes).flatMap((place) => this.probedAt(place, worlds, needs) ?? [])
  }

  private probedAt(place: Place, worlds: readonly World[], needs: Place | undefined): Feeding | undefined {
    const standing = at(this.values, place)
    const base = this.based(needs, true)
    const list = Array.isArray(standing) ? standing : []
    const asList = this.reached(place, [...list, probe], base, worlds)
    const asText =
      asList === undefined && isText(standing) ? this.reached(place, textWith(standing), base, worlds) : undefined
    const reached = asList ?? asText
    if (reached === undefined) return undefined
    const after = readTolerations(reached.filter((one) => valueAt(one, 'key') !== probe.key))
    const entries = readTolerations(list)
    const before = worlds.flatMap(({ found }) => readTolerations(found.entries)).filter(isFirst)
    return {
      place,
      entries,
      lost: before.filter((one) => !after.some((other) => sameTolerations([one], [other]))),
      kept: after.filter((one) => !entries.some((other) => sameTolerations([one], [other]))),
      ...(needs === undefined ? {} : { needs }),
      asText: asList === undefined,
    }
  }

  /** The values, with one of them changed where that is asked for. */
  private based(needs: Place | undefined, value: unknown): Base | undefined {
    if (needs === undefined) return { values: this.values, change: null }
    const values = withAt(this.values, needs, value)
    return values === undefined ? undefined : { values, change: [needs, value] }
  }

  /** The workload's entries with the probe among them, whatever is not known; undefined where it does not get there. */
  private reached(
    place: Place,
    value: unknown,
    base: Base | undefined,
    worlds: readonly World[],
  ): readonly unknown[] | undefined {
    const values = withAt(base?.values, place, value)
    if (base === undefined || values === undefined) return undefined
    const change = JSON.stringify([place, value, base.change])
    const found = worlds.map(({ way }) => this.look(values, way, change))
    const lists = found.flatMap((one) => (one.kind === 'Found' && one.entries.some(isProbe) ? [one.entries] : []))
    if (lists.length > 0 && lists.length < found.length) {
      this.undecided = `whether ${place.join('.')} gets there hangs on a condition that is not known`
    }
    return lists.length === found.length ? lists[0] : undefined
  }

  /** Lists of another name, and maps that are passed on whole with a key `tolerations` in them. */
  private elsewhere(reads: readonly Place[], named: readonly Place[], worlds: readonly World[]): Place[] {
    const others = reads.filter((place) => !named.includes(place) && !place.some((step) => step.startsWith('[')))
    const lists = others.filter(
      (place) => isOpenList(at(this.values, place)) && !others.some((one) => isAbove(place, one)),
    )
    const maps = others.filter((place) => isOpenMap(at(this.values, place)))
    return [
      ...this.seen(lists, worlds),
      ...this.seen(
        maps.map((place) => [...place, 'tolerations']),
        worlds,
      ),
    ]
  }

  /** Which of many places get there, tried all at once. */
  private seen(places: readonly Place[], worlds: readonly World[]): readonly Place[] {
    if (places.length === 0) return []
    let values: Readonly<Record<string, unknown>> = this.values
    for (const [n, place] of places.entries()) {
      values = withAt(values, place, [{ ...probe, value: `probe-${n}` }]) ?? values
    }
    const seen = new Set(
      worlds.flatMap(({ way }) => {
        const found = this.look(values, way)
        return found.kind === 'Found' ? found.entries.filter(isProbeKey).map((one) => valueAt(one, 'value')) : []
      }),
    )
    return places.filter((_, n) => seen.has(`probe-${n}`))
  }

  /** Places that get there once a switch of the chart is on. */
  private switched(named: readonly Place[], reads: readonly Place[], worlds: readonly World[]): Feeding[] {
    const switches = reads.filter((place) => at(this.values, place) === false).slice(0, 10)
    for (const one of switches) {
      const found = this.probed(named.slice(0, 5), worlds, one)
      if (found.length > 0) return found
    }
    return []
  }

  /** The first place that gets there once another value is set at all, or is a word that the template asks for. */
  private gate(named: readonly Place[], reads: readonly Place[], worlds: readonly World[]): Gate | undefined {
    const words = wordsIn(templateText(this.record, this.source) ?? '')
    for (const needs of reads.filter((place) => !named.includes(place)).slice(0, maxGates)) {
      for (const value of otherThan(at(this.values, needs), words)) {
        const base = this.based(needs, value)
        const place = named.slice(0, 3).find((one) => this.reached(one, [probe], base, worlds) !== undefined)
        const word = value === false || words.includes(String(value)) ? { word: String(value) } : {}
        if (place !== undefined) return { place, needs, ...word }
      }
    }
    return undefined
  }
}

/** Values to try places in, and how they differ from those of the release. */
interface Base {
  readonly values: Readonly<Record<string, unknown>>
  readonly change: unknown
}

interface World {
  readonly way: Way
  readonly found: Found
}

function isProbeKey(entry: unknown): boolean {
  return valueAt(entry, 'key') === probe.key
}

/** The whole entry has to get there: a template that drops its effect makes another toleration of it. */
function isProbe(entry: unknown): boolean {
  return isProbeKey(entry) && sameTolerations(readTolerations([entry]), [probe])
}

function isText(value: unknown): value is string | undefined {
  return typeof value === 'string' || value === undefined
}

function textWith(standing: string | undefined): string {
  const before = standing?.trim() ?? ''
  const separator = before === '' || before === '[]' ? '' : `${before}\n`
  return `${separator}- key: ${probe.key}\n  operator: ${probe.operator}\n  value: ${probe.value}\n  effect: ${probe.effect}\n`
}

function isAbove(one: Place, other: Place): boolean {
  return one.length < other.length && one.every((step, n) => other[n] === step)
}

/** The short words in quotes that a template may compare values with. */
function wordsIn(text: string): string[] {
  const found = [...text.matchAll(/"([\w.-]{1,40})"/g)].map(([, word = '']) => word)
  return [...new Set(found)].slice(0, 10)
}

/** Values that would make a template choose otherwise. */
function otherThan(standing: unknown, words: readonly string[]): readonly unknown[] {
  if (standing === undefined) return [{ [probe.key]: probe.value }, probe.value]
  if (Array.isArray(standing)) return standing.length === 0 ? [[probe.value]] : []
  if (typeof standing === 'object') return isEmptyMap(standing) ? [{ [probe.key]: probe.value }] : []
  if (standing === 0) return [1]
  if (standing === true) return [false]
  if (typeof standing !== 'string') return []
  return [...(standing === '' ? [probe.value] : []), ...words.filter((word) => word !== standing)]
}

function isEmptyMap(value: object | null): boolean {
  return value === null || Object.keys(value).length === 0
}

function isOpenList(value: unknown): boolean {
  return value === undefined || Array.isArray(value)
}

function isOpenMap(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value))
}

function isFirst(one: Toleration, index: number, all: readonly Toleration[]): boolean {
  return all.findIndex((other) => sameTolerations([one], [other])) === index
}

/** What is in use first; then what is this workload's alone rather than everybody's; as text last. */
function sorted(feedings: readonly Feeding[]): Feeding[] {
  const rank = ({ place, entries, asText }: Feeding) => [
    asText ? 1 : 0,
    entries.length > 0 ? 0 : 1,
    place[0] === 'global' ? 1 : 0,
    -place.length,
  ]
  return [...feedings].sort((one, other) => {
    const [first, second] = [rank(one), rank(other)]
    return first.map((value, n) => value - (second[n] ?? 0)).find((difference) => difference !== 0) ?? 0
  })
}
