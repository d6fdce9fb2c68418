import { command, editCommand } from '#components/command.ts'
import type { ComponentQuestion, Placement, PlacementTarget } from '#components/component.ts'
import { find } from '#components/lookup.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { groupOf, isRecord, listAt, textAt, valueAt } from '#model/raw-object.ts'
import type { FoundOrigin } from '#ownership/origin.ts'
import { originsOf } from '#ownership/registry.ts'

/** Who holds the values of a release, and where they stand there. */
interface Manager {
  /** `Flux HelmRelease shop/shop` */
  readonly what: string
  readonly target: Omit<PlacementTarget, 'path'>
  /** What stands before the path in the values; with a space behind it where the values are a text. */
  readonly before: string
  readonly apply: readonly string[]
  readonly warnings: readonly string[]
}

/** The places in the values of a release, as the object that manages the release has them; the plain ones after them. */
export function asManaged(question: ComponentQuestion, placements: readonly Placement[]): readonly Placement[] {
  const manager = managerOf(question)
  if (manager === undefined) return placements
  const inValues = placements.filter(({ target }) => target.kind === 'HelmValues')
  const [natural] = inValues
  const others = placements.filter((one) => !inValues.includes(one))
  const plain = natural === undefined || natural.apply.length === 0 ? [] : [undone(natural, manager)]
  return [...inValues.map((one) => moved(one, manager)), ...others, ...plain]
}

function moved(one: Placement, { target, before, apply, warnings }: Manager): Placement {
  const { path } = one.target
  // What reaches nothing is not to be set anywhere: it stays named as the chart has it.
  if (one.reach.kind === 'NotReached') return one
  return {
    ...one,
    target: { ...target, ...(path === undefined ? {} : { path: before + path }) },
    sets: one.sets.map(({ path: set, value }) => ({ path: before + set, value })),
    apply: one.apply.length === 0 ? [] : apply,
    warnings: [...one.warnings, ...warnings],
  }
}

function undone(one: Placement, { what }: Manager): Placement {
  return {
    ...one,
    lasts: `until ${what} is applied again`,
    warnings: [...one.warnings, `${what} installs this release and undoes what is changed besides it.`],
  }
}

function managerOf(question: ComponentQuestion): Manager | undefined {
  const [, ...behind] = originsOf(question)
  const found = behind.map((one) => managerFrom(one, behind, question)).filter((one) => one !== undefined)
  // A Bundle that has a GitRepo or a HelmOp behind it is written again by that.
  return found.at(-1)
}

function managerFrom(
  found: FoundOrigin,
  behind: readonly FoundOrigin[],
  question: ComponentQuestion,
): Manager | undefined {
  const { kind } = found.origin
  switch (kind) {
    case 'FluxHelmRelease':
      return flux(found, behind)
    case 'ArgoApplication':
      return argo(found)
    case 'FleetBundle':
      return custom(found, 'Fleet Bundle', 'Bundle.fleet.cattle.io', 'spec.helm.values.')
    case 'HelmOp':
      return custom(found, 'Fleet HelmOp', 'HelmOp.fleet.cattle.io', 'spec.helm.values.')
    case 'GitRepo':
      return gitRepo(found, question)
    case 'HelmChart':
      return helmChart(found, question)
    default:
      return undefined
  }
}

function custom({ origin, object }: FoundOrigin, words: string, resource: string, before: string): Manager {
  const { namespace, name } = origin
  return {
    what: `${words} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
    target: { kind: 'CustomResource', resource, ...(namespace === undefined ? {} : { namespace }), name },
    before,
    apply: [
      namespace === undefined
        ? command`kubectl edit ${resource.toLowerCase()} ${name}`
        : editCommand(resource.toLowerCase(), namespace, name),
    ],
    warnings: object === undefined ? [`${words} ${name} could not be read: what stands in it now is not known.`] : [],
  }
}

function flux(found: FoundOrigin, behind: readonly FoundOrigin[]): Manager {
  const manager = custom(found, 'Flux HelmRelease', 'HelmRelease.helm.toolkit.fluxcd.io', 'spec.values.')
  const from = listAt(found.object, 'spec', 'valuesFrom').flatMap((one) => textAt(one, 'name') ?? [])
  const source = behind.find(({ origin }) => origin.kind === 'FluxKustomization')?.origin
  return {
    ...manager,
    warnings: [
      ...manager.warnings,
      ...(from.length > 0 ? [`It also takes values from ${from.join(', ')}; spec.values comes after them.`] : []),
      ...(source === undefined
        ? []
        : [`Flux Kustomization ${source.name} writes this HelmRelease again: change it in its Git repository.`]),
    ],
  }
}

/** Values are an object (`valuesObject`, which comes first) or a text. */
function argo(found: FoundOrigin): Manager {
  const sources = listAt(found.object, 'spec', 'sources')
  const at = sources.findIndex((one) => valueAt(one, 'helm') !== undefined || valueAt(one, 'chart') !== undefined)
  const source = at === -1 ? valueAt(found.object, 'spec', 'source') : sources[at]
  const path = at === -1 ? 'spec.source' : `spec.sources[${at}]`
  const isText = textAt(source, 'helm', 'values') !== undefined && !isRecord(valueAt(source, 'helm', 'valuesObject'))
  return custom(
    found,
    'Argo CD Application',
    'Application.argoproj.io',
    isText ? `${path}.helm.values ` : `${path}.helm.valuesObject.`,
  )
}

function gitRepo(found: FoundOrigin, { origin }: ComponentQuestion): Manager {
  const { name, namespace } = found.origin
  return {
    what: `Fleet GitRepo ${namespace === undefined ? '' : `${namespace}/`}${name}`,
    target: {
      kind: 'HelmValues',
      file: 'fleet.yaml',
      ...(origin === undefined ? {} : { release: origin.name }),
      ...(origin?.namespace === undefined ? {} : { namespace: origin.namespace }),
      resource: 'GitRepo.fleet.cattle.io',
      name,
    },
    before: 'helm.values.',
    apply: [`git commit -a && git push  # fleet.yaml of this chart in the repository of GitRepo ${name}`],
    warnings: [`The place is the fleet.yaml of this chart in the repository of GitRepo ${name}.`],
  }
}

/** A HelmChartConfig of the same name comes after the HelmChart; K3s writes packaged HelmCharts again. */
function helmChart(found: FoundOrigin, { cluster }: ComponentQuestion): Manager {
  const { namespace, name } = found.origin
  const config = find(cluster, 'helm.cattle.io/v1', 'HelmChartConfig', namespace, name)
  const isPackaged = isOfAddon(found.object)
  const kind = config === undefined && !isPackaged ? 'HelmChart' : 'HelmChartConfig'
  const manager = custom(found, kind, `${kind}.helm.cattle.io`, 'spec.valuesContent ')
  return {
    ...manager,
    what: `HelmChart ${namespace ?? ''}/${name}`,
    apply:
      kind === 'HelmChartConfig' && config === undefined ? ['kubectl apply -f helmchartconfig.yaml'] : manager.apply,
    warnings: [...manager.warnings, 'spec.valuesContent is YAML as text.'],
  }
}

function isOfAddon(object: ApiObject | undefined): boolean {
  const annotation = valueAt(object, 'metadata', 'annotations', 'objectset.rio.cattle.io/owner-gvk')
  return typeof annotation === 'string' && groupOf(annotation).startsWith('k3s.cattle.io')
}
