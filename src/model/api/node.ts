import { type Field, list, object, text } from '#model/field.ts'
import { type Condition, condition, type ObjectMeta, objectMeta, type ResourceList, resourceList } from './meta.ts'

export interface Taint {
  readonly key?: string
  readonly value?: string
  readonly effect?: string
  readonly timeAdded?: string
}

export interface NodeSpec {
  readonly unschedulable?: boolean
  readonly providerID?: string
  readonly taints?: readonly Taint[]
}

export interface NodeStatus {
  readonly allocatable?: ResourceList
  readonly capacity?: ResourceList
  readonly conditions?: readonly Condition[]
  readonly declaredFeatures?: readonly string[]
  readonly nodeInfo?: { readonly kubeletVersion?: string; readonly osImage?: string }
}

export interface Node {
  readonly metadata: ObjectMeta
  readonly spec: NodeSpec
  readonly status: NodeStatus
}

export interface Namespace {
  readonly metadata: ObjectMeta
  readonly status?: { readonly phase?: string }
}

const taint: Field<Taint> = object<Taint>({ key: text, value: text, effect: text, timeAdded: 'time' })

export const node: Field<Node> = object<Node>({
  metadata: objectMeta,
  spec: object<NodeSpec>({ unschedulable: 'boolean', providerID: text, taints: list(taint) }),
  status: object<NodeStatus>({
    allocatable: resourceList,
    capacity: resourceList,
    conditions: list(condition),
    declaredFeatures: list(text),
    nodeInfo: object<NonNullable<NodeStatus['nodeInfo']>>({ kubeletVersion: text, osImage: text }),
  }),
})

export const namespace: Field<Namespace> = object<Namespace>({
  metadata: objectMeta,
  status: object<{ readonly phase?: string }>({ phase: text }),
})
