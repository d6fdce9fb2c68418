import { describe, expect, test } from '@jest/globals'
import type { Placement } from '#components/component.ts'
import { answered } from './asked.ts'
import { type ChartRow, chartRows } from './charts.ts'

const isInValues = ({ target }: Placement) => target.kind === 'HelmValues'

/** A place as the rows write it; with what is set there where it takes no tolerations. */
const written = ({ target, sets, takesTolerations }: Placement) =>
  takesTolerations ? target.path : `${target.path}=${sets[0]?.value}`

const words = ({ evidence, warnings, reach, standing }: Placement) =>
  [evidence, ...warnings, reach.kind === 'Unknown' ? reach.because : '', standing.from ?? ''].join('\n')

describe('where the tolerations of a chart’s workload are set', () => {
  test.each(chartRows.map((row): [string, ChartRow] => [row.rule, row]))('%s', (_, row) => {
    const [natural, ...others] = answered(row)
    expect(natural?.target).toMatchObject({ kind: 'HelmValues', release: 'r', namespace: 'ns' })
    expect(natural?.target.path ?? null).toBe(row.path)
    expect(natural?.reach.kind).toBe(row.reach)
    expect(natural?.standing.entries.map(({ key }) => key)).toEqual(row.repeats ?? [])
    for (const said of row.says ?? []) expect(words(natural as Placement)).toContain(said)
    for (const silent of row.silent ?? []) expect(words(natural as Placement)).not.toContain(silent)
    if (row.others !== undefined) expect(others.filter(isInValues).map(written)).toEqual(row.others)
  })
})
