import { parse } from 'yaml'
import { yamlText } from '#output/yaml.ts'
import type { Suggestion, SuggestionBody, Target } from '#report/suggest-report.ts'

/** What goes into one place: the YAML, and the suggestion that it is from. */
export interface PasteDocument {
  readonly place: string
  readonly body: SuggestionBody
  readonly content: string
}

/** Several suggestions for one release or object make one document. */
export function mergedDocuments(suggestions: readonly Suggestion[]): readonly PasteDocument[] {
  const byPlace = new Map<string, PasteDocument>()
  for (const suggestion of suggestions) {
    const body = [suggestion, ...suggestion.alternatives].find(({ content }) => content !== '')
    if (body === undefined) continue
    const place = placeText(body.target)
    const known = byPlace.get(place)
    byPlace.set(
      place,
      known === undefined
        ? { place, body, content: body.content }
        : { ...known, content: together(known.content, body.content) },
    )
  }
  return [...byPlace.values()]
}

/** Where a change goes, in words. */
export function placeText({ kind, release, namespace, name, path, resource, file }: Target): string {
  const where = namespace === undefined ? '' : ` (namespace ${namespace})`
  switch (kind) {
    case 'HelmValues':
      return `Helm release ${release ?? '?'}${where}, ${file ?? 'values.yaml'}`
    case 'ConfigMap':
      return `ConfigMap ${name ?? '?'}${where}`
    case 'PodPatch':
      return `Pod ${name ?? '?'}${where}, ${path ?? 'spec.tolerations'}`
    case 'WorkloadPatch':
      return `${resource ?? 'workload'} ${name ?? '?'}${where}, ${path ?? ''}`
    case 'CustomResource':
      return `${resource ?? 'custom resource'} ${name ?? 'NAME'}${where}, ${path ?? ''}`
    case 'Node':
      return name === undefined ? 'a node' : `Node ${name}`
    case 'None':
      return 'nothing to set'
    default:
      return kind satisfies never
  }
}

/** Two fragments of the same object as one. */
function together(a: string, b: string): string {
  if (a === b) return a
  const left: unknown = parse(a)
  const right: unknown = parse(b)
  return yamlText(merge(left, right), { version: '1.1' })
}

function merge(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) {
    const texts = new Set(a.map((one) => JSON.stringify(one)))
    return [...a, ...b.filter((one) => !texts.has(JSON.stringify(one)))]
  }
  if (!isPlain(a) || !isPlain(b)) return b
  const all: Record<string, unknown> = { ...a }
  for (const [key, value] of Object.entries(b)) all[key] = Object.hasOwn(a, key) ? merge(a[key], value) : value
  return all
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
