import { afterHelmUpgrade } from '#components/after-change.ts'
import { command } from '#components/command.ts'
import type { Placement } from '#components/component.ts'
import { neverReached, placement, present } from '#components/placements.ts'
import { isRecord } from '#model/raw-object.ts'
import {
  type Asked,
  type AskedOfRelease,
  listWarnings,
  nameOf,
  standingAt,
  targetOf,
  templateOf,
  upgradeOf,
  usualWarnings,
} from './asked.ts'
import type { Shown } from './by-values.ts'
import type { Feeding, Followed, Gate } from './follow.ts'
import { forNow, leftOut, mended, patched } from './other-ways.ts'
import { strayWarnings } from './stray.ts'
import type { Place } from './template/value.ts'
import { at, pathOf, valuesOf } from './values.ts'

type NoKey = Extract<Followed, { kind: 'NoKey' }>

/** Other keys that would do as well are told, but no more than these. */
const maxFeedings = 3

/** The template shows which values get to the workload. */
export function feeding(asked: Asked, feedings: readonly [Feeding, ...Feeding[]]): readonly Placement[] {
  const [first, ...others] = feedings
  const natural = fed(asked, first)
  const stray = strayWarnings(asked, first.place)
  return [
    { ...natural, warnings: [...stray, ...natural.warnings] },
    ...others.slice(0, maxFeedings - 1).map((one) => fed(asked, one)),
    ...patched(asked),
  ]
}

function fed(asked: Asked, one: Feeding): Placement {
  const { place, entries, lost, kept, needs, asText } = one
  const path = pathOf(place)
  return placement({
    target: targetOf(asked, place),
    // A list's entry cannot be set alone, since helm would take what is given for the whole list; and a text is no list.
    takesTolerations: !asText && !place.some((step) => step.startsWith('[')),
    standing: standingAt(asked, place, entries, lost),
    sets: needs === undefined ? [] : [{ path: pathOf(needs), value: true }],
    reach: asText
      ? { kind: 'Unknown', because: `${path} takes the list as a text, not as a list` }
      : { kind: 'Proven' },
    evidence: `${templateOf(asked)} passes .Values.${path} on to ${nameOf(asked)}${needs === undefined ? '' : ` where ${pathOf(needs)} is true`}`,
    apply: asText ? [] : upgradeOf(asked),
    afterwards: afterHelmUpgrade(asked.subject, asked.release),
    warnings: [
      ...(asText ? [`Write the list as a text: ${path}: |`] : []),
      ...(entries.length + lost.length > 0 ? ['The list replaces what stands there: its entries are repeated.'] : []),
      ...(kept.length > 0 ? ['The chart adds entries of its own, which need not be repeated.'] : []),
      ...(place[0] === 'global' ? [`${path} is for every chart of the release that reads it.`] : []),
      ...listWarnings(place),
      ...usualWarnings(asked),
    ],
  })
}

/** The template takes no value to the workload. */
export function notReached(asked: Asked, { near, reads, gate }: NoKey): readonly Placement[] {
  const held = gate?.place ?? heldAtTop(asked)
  const natural = placement({
    target: targetOf(asked, held),
    standing: held === undefined ? { entries: [] } : standingFor(asked, held),
    reach: neverReached,
    evidence: whyNoKey(asked, near, gate),
    warnings: [
      gate === undefined
        ? `No values key of this chart reaches ${nameOf(asked)}.`
        : `As the values are, no key of this chart reaches ${nameOf(asked)}.`,
      ...usualWarnings(asked),
    ],
  })
  return [natural, ...forNow(asked), ...leftOut(asked, reads), mended(asked)]
}

function whyNoKey(asked: Asked, near: readonly Place[], gate: Gate | undefined): string {
  const template = templateOf(asked)
  if (gate !== undefined) {
    const condition = `${pathOf(gate.needs)} is ${gate.word ?? 'set'}`
    return `${template} passes .Values.${pathOf(gate.place)} on to ${nameOf(asked)} only where ${condition}`
  }
  const read = near.map((place) => pathOf(place)).slice(0, 3)
  return read.length === 0
    ? `${template} reads no tolerations key`
    : `${template} reads ${read.join(', ')}, but not for the tolerations of ${nameOf(asked)}`
}

/** The key that a person tries first, where the values have it: for this chart, else for the whole release. */
function heldAtTop(asked: Asked): Place | undefined {
  const place = [...(asked.source?.prefix ?? []), 'tolerations']
  const standing = at(valuesOf(asked.record), place)
  return Array.isArray(standing) && standing.length > 0 ? place : undefined
}

function standingFor(asked: Asked, place: Place) {
  const list = at(valuesOf(asked.record), place)
  return standingAt(asked, place, Array.isArray(list) ? list.filter(isRecord) : [])
}

/** Values and manifest show it, without the template. */
export function shown(asked: Asked, found: Shown, reads: readonly Place[]): readonly Placement[] {
  const { place, entries, kept } = found
  const path = place === undefined ? '' : pathOf(place)
  if (found.kind === 'Shown') {
    const natural = placement({
      target: targetOf(asked, place),
      standing: place === undefined ? { entries: [] } : standingAt(asked, place, entries),
      reach: { kind: 'Proven' },
      evidence: `the rendered ${nameOf(asked)} has what stands at ${path} (${asked.record.storedIn ?? 'release record'})`,
      apply: upgradeOf(asked),
      afterwards: afterHelmUpgrade(asked.subject, asked.release),
      warnings: [
        ...(place === undefined ? [] : strayWarnings(asked, place)),
        'The list replaces what stands there: its entries are repeated.',
        ...(kept.length > 0 ? ['The workload has entries besides, which the chart adds.'] : []),
        ...(place?.[0] === 'global' ? [`${path} is for every chart of the release that reads it.`] : []),
        ...usualWarnings(asked),
      ],
    })
    return [natural, ...patched(asked)]
  }
  const evidence = `.Values.${path} holds tolerations that the rendered ${nameOf(asked)} lacks (${asked.record.storedIn ?? 'release record'})`
  const natural = placement({
    target: targetOf(asked, place),
    standing: place === undefined ? { entries: [] } : standingAt(asked, place, entries),
    reach: neverReached,
    evidence,
    warnings: [
      `.Values.${path} does not reach ${nameOf(asked)}: setting it again changes nothing.`,
      ...usualWarnings(asked),
    ],
  })
  return [natural, ...forNow(asked), ...leftOut(asked, reads), mended(asked)]
}

/** Nothing shows it: the key is named as what it is, a guess that has to be tried. */
export function open(asked: Asked, found: Shown, why: string): readonly Placement[] {
  const { place, entries, dropped } = found
  const because = `${templateOf(asked)}: ${why}; ${found.because}`
  const natural = placement({
    target: targetOf(asked, place),
    takesTolerations: place !== undefined,
    standing: place === undefined ? { entries: [] } : standingAt(asked, place, entries),
    reach: { kind: 'Unknown', because },
    evidence: `values and manifest of release ${asked.release.name} (${asked.record.storedIn ?? 'release record'})`,
    apply: place === undefined ? [] : upgradeOf(asked),
    afterwards: place === undefined ? [] : afterHelmUpgrade(asked.subject, asked.release),
    warnings: [
      ...(place === undefined
        ? []
        : [
            `Look first whether it gets there: ${command`helm template ${`REPO/${asked.record.chart?.name ?? 'CHART'}`} -f values.yaml`}`,
          ]),
      ...usualWarnings(asked),
    ],
  })
  const tried = dropped.slice(0, 3).map((one) => `${pathOf(one)} is set and does not reach ${nameOf(asked)}.`)
  const stray = dropped.length > 0 || place === undefined ? [] : strayWarnings(asked, place)
  return [{ ...natural, warnings: [...tried, ...stray, ...natural.warnings] }, ...forNow(asked), ...leftOut(asked, [])]
}

/** The release is known, its record or the workload in it is not. */
export function unread(asked: AskedOfRelease, because: string): readonly Placement[] {
  const natural = placement({
    target: targetOf(asked, undefined),
    takesTolerations: false,
    reach: { kind: 'Unknown', because },
    evidence: `release ${asked.release.name}`,
    warnings: [
      `Which values key feeds the tolerations is not known: ${because}. ${command`helm show values ${`REPO/${asked.subject.origin?.chart ?? 'CHART'}`}`} lists the keys.`,
    ],
  })
  return present(natural, ...forNow(asked))
}
