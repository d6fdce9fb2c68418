import { parseDocument, stringify } from 'yaml'
import type { ApiObject } from '#model/cluster-state.ts'
import { helmReleaseKind } from '#model/helm-release.ts'
import { isRecord } from '#model/raw-object.ts'
import { boundedYaml } from '#model/repeated-key.ts'
import { withoutCredentials } from '#model/without-credentials.ts'

/** What stands in place of a text that was left out: not empty, since templates ask whether a value is set. */
export const leftOut = '(left out)'

/** Keys whose values say where Pods may go, and so all that is read of values; whatever stands below them is kept. */
const scheduling = /tolerat|taint|nodeselector|affinity|topologyspread|priorityclass|schedulername/i
const longestName = 512
/** Keys of short words that templates choose by, and of versions. */
const choices = /^(?:enabled|kind|type|mode|tag|version)$/i
const secret = /pass|secret|token|key|credential|auth|cert|private/i

/**
 * A Helm release as a snapshot may hold it: of its values, the person's and the chart's, the keys, switches and numbers
 * stay, texts only where they are about scheduling. Other objects come back as they are.
 */
export function redactHelmRelease(object: ApiObject): ApiObject {
  if (object.apiVersion !== helmReleaseKind.apiVersion || object.kind !== helmReleaseKind.kind) return object
  const { values, chart } = object
  return {
    ...object,
    ...(values === undefined ? {} : { values: redacted(values, '') }),
    ...(isRecord(chart)
      ? { chart: { ...chart, ...('values' in chart ? { values: redacted(chart.values, '') } : {}) } }
      : {}),
  }
}

/** Keys of texts that name things, or say what state they are in. */
const naming =
  /^(?:name|namespace|kind|group|apiVersion|image|chart|version|appVersion|targetRevision|installedCSV|concurrencyPolicy|action|release|phase|state|status|reason|type|source|[a-z][A-Za-z]*(?:Name|Namespace))$/

/**
 * The fields of an object whose kind nobody here knows: keys, switches and numbers, and texts where they name things or
 * are about scheduling.
 */
export function redactValues(value: unknown, key: string): unknown {
  return redacted(value, key, naming)
}

function redacted(value: unknown, key: string, kept?: RegExp): unknown {
  if (scheduling.test(key)) return value
  if (Array.isArray(value)) return value.map((item) => redacted(item, key, kept))
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, redacted(part, name, kept)]))
  if (typeof value === 'number') return secret.test(key) ? 0 : value
  if (typeof value !== 'string' || value === '') return value
  if (choices.test(key) && /^[\w.+-]{1,64}$/.test(value)) return value
  if (kept?.test(key) === true && !secret.test(key) && value.length <= longestName) return withoutCredentials(value)
  return redactedYaml(value) ?? leftOut
}

/** Some charts take values for others as one text of YAML (Rancher: `fleet`, `webhook`): of that the same is kept. */
function redactedYaml(text: string): string | undefined {
  if (!scheduling.test(text)) return undefined
  try {
    const document = parseDocument(text, boundedYaml)
    const value: unknown = document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 })
    return isRecord(value) ? stringify(redacted(value, '')) : undefined
  } catch {
    return undefined
  }
}
