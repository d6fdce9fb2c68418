import type { HelmRelease } from '#model/helm-release.ts'
import { oncePer } from '#model/once-per.ts'
import type { Source } from './source.ts'
import type { Body } from './template/ast.ts'
import { type Budget, Evaluation, type Way } from './template/evaluate.ts'
import { Marks } from './template/marks.ts'
import { parseTemplate } from './template/parse.ts'
import { followed } from './template/trouble.ts'
import { type Place, Places, Unknown, type Value } from './template/value.ts'
import { valuesUnder } from './values.ts'

/** What a template renders to; unknown pieces of the text are marks. */
export interface Rendering {
  readonly text: string
  readonly marks: Marks
  /** The places in the values that were looked at. */
  readonly reads: readonly Place[]
}

interface Templates {
  readonly bodies: ReadonlyMap<string, Body>
  readonly problems: ReadonlyMap<string, string>
}

const maxTotal = 8 * 1024 * 1024
const templatesIn = oncePer(templatesOf)

/** Follows one template of a release with these values; or says why it cannot be followed. */
export function renderTemplate(
  record: HelmRelease,
  source: Source,
  values: Readonly<Record<string, unknown>>,
  way: Way,
  budget: Budget,
): Rendering | { readonly problem: string } {
  const templates = templatesIn(record)
  const problem = templates.problems.get(source.text)
  if (problem !== undefined) return { problem }
  const places = new Places()
  const marks = new Marks()
  const evaluation = new Evaluation({ templates: templates.bodies, way, places, marks, budget })
  const text = followed(() => evaluation.render(source.text, contextOf(record, source, values, places, marks)))
  return typeof text === 'string' ? { text, marks, reads: [...places.reads.values()] } : text
}

function templatesOf(record: HelmRelease): Templates {
  const bodies = new Map<string, Body>()
  const problems = new Map<string, string>()
  let total = 0
  for (const { name, text } of record.chart?.templates ?? []) {
    const full = `${record.chart?.name ?? ''}/${name}`
    total += text.length
    const parsed = total > maxTotal ? { problem: 'the chart has more than 8 MiB of templates' } : parseTemplate(text)
    if ('problem' in parsed) problems.set(full, parsed.problem)
    else {
      bodies.set(full, parsed.body)
      for (const [defined, body] of parsed.defines) bodies.set(defined, body)
    }
  }
  return { bodies, problems }
}

/** The `.` of a chart's templates. */
function contextOf(
  record: HelmRelease,
  source: Source,
  values: Readonly<Record<string, unknown>>,
  places: Places,
  marks: Marks,
): Value {
  const unknown = (what: string) => new Unknown(marks.note(`${what} is not known`))
  const map = (entries: Readonly<Record<string, Value>>): Value => new Map(Object.entries(entries))
  const { chart, revision = 1 } = record
  const own = source.charts.at(-1) ?? ''
  const dependency = chart?.dependencies?.find(({ name, alias }) => (alias ?? name) === own)
  const isTop = source.prefix.length === 0
  return map({
    Values: valuesUnder(values, source.prefix, places),
    Release: map({
      Name: record.release,
      Namespace: record.metadata.namespace ?? '',
      Service: 'Helm',
      Revision: revision,
      IsInstall: unknown('.Release.IsInstall'),
      IsUpgrade: unknown('.Release.IsUpgrade'),
    }),
    Chart: map({
      Name: own,
      Version: (isTop ? chart?.version : dependency?.version) ?? unknown('.Chart.Version'),
      AppVersion: (isTop ? chart?.appVersion : undefined) ?? unknown('.Chart.AppVersion'),
      IsRoot: isTop,
      Annotations: unknown('.Chart.Annotations'),
    }),
    Template: map({
      Name: source.text,
      BasePath: source.text.slice(0, source.text.indexOf('/templates') + '/templates'.length),
    }),
    Capabilities: unknown('.Capabilities'),
    Files: unknown('.Files'),
    Subcharts: unknown('.Subcharts'),
  })
}
