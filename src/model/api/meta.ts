import { type Field, list, map, object, text } from '#model/field.ts'

/** One entry of `metadata.ownerReferences`. */
export interface OwnerReference {
  readonly apiVersion?: string
  readonly kind?: string
  readonly name?: string
  readonly uid?: string
  readonly controller?: boolean
}

/** `ObjectMeta`, as far as it is read. Times are RFC 3339 as the API writes them. */
export interface ObjectMeta {
  readonly name?: string
  readonly generateName?: string
  readonly namespace?: string
  readonly uid?: string
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly OwnerReference[]
  readonly finalizers?: readonly string[]
}

/** The one owner that manages the object, as the API server lets there be one. */
export function controllerOf({ ownerReferences }: ObjectMeta): OwnerReference | undefined {
  return ownerReferences?.find(({ controller }) => controller === true)
}

export interface LabelSelectorRequirement {
  readonly key?: string
  readonly operator?: string
  readonly values?: readonly string[]
}

/** Absent matches nothing, empty matches everything. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>
  readonly matchExpressions?: readonly LabelSelectorRequirement[]
}

export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly LabelSelectorRequirement[]
  readonly matchFields?: readonly LabelSelectorRequirement[]
}

export interface NodeSelector {
  readonly nodeSelectorTerms?: readonly NodeSelectorTerm[]
}

export interface Condition {
  readonly type?: string
  readonly status?: string
  readonly reason?: string
  readonly message?: string
  readonly lastTransitionTime?: string
}

/** Amounts by resource name, each a quantity as the API writes it (`500m`, `12Gi`). */
export type ResourceList = Readonly<Record<string, string>>

export const ownerReference: Field<OwnerReference> = object<OwnerReference>({
  apiVersion: text,
  kind: text,
  name: text,
  uid: text,
  controller: 'boolean',
})

export const objectMeta: Field<ObjectMeta> = object<ObjectMeta>({
  name: text,
  generateName: text,
  namespace: text,
  uid: text,
  creationTimestamp: 'time',
  deletionTimestamp: 'time',
  labels: map(text),
  annotations: map(text),
  ownerReferences: list(ownerReference),
  finalizers: list(text),
})

const requirement: Field<LabelSelectorRequirement> = object<LabelSelectorRequirement>({
  key: text,
  operator: text,
  values: list(text),
})

export const labelSelector: Field<LabelSelector> = object<LabelSelector>({
  matchLabels: map(text),
  matchExpressions: list(requirement),
})

export const nodeSelectorTerm: Field<NodeSelectorTerm> = object<NodeSelectorTerm>({
  matchExpressions: list(requirement),
  matchFields: list(requirement),
})

export const nodeSelector: Field<NodeSelector> = object<NodeSelector>({ nodeSelectorTerms: list(nodeSelectorTerm) })

export const condition: Field<Condition> = object<Condition>({
  type: text,
  status: text,
  reason: text,
  message: text,
  lastTransitionTime: 'time',
})

export const resourceList: Field<ResourceList> = map('quantity')
