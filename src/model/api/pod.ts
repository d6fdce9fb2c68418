import { type Field, list, map, object, text } from '#model/field.ts'
import {
  type Condition,
  condition,
  type LabelSelector,
  labelSelector,
  type NodeSelector,
  nodeSelector,
  type ObjectMeta,
  objectMeta,
  type ResourceList,
  resourceList,
} from './meta.ts'
import { claimSpec, type PersistentVolumeClaimSpec } from './storage.ts'

export interface Toleration {
  readonly key?: string
  readonly operator?: string
  readonly value?: string
  readonly effect?: string
  readonly tolerationSeconds?: number
}

export interface ResourceRequirements {
  readonly requests?: ResourceList
  readonly limits?: ResourceList
  readonly claims?: readonly { readonly name?: string; readonly request?: string }[]
}

export interface ContainerPort {
  readonly containerPort?: number
  readonly hostPort?: number
  readonly hostIP?: string
  readonly protocol?: string
}

export interface Container {
  readonly name?: string
  readonly image?: string
  readonly resources?: ResourceRequirements
  readonly ports?: readonly ContainerPort[]
  readonly restartPolicy?: string
  readonly restartPolicyRules?: readonly { readonly action?: string }[]
}

export interface PodAffinityTerm {
  readonly labelSelector?: LabelSelector
  readonly namespaces?: readonly string[]
  readonly namespaceSelector?: LabelSelector
  readonly topologyKey?: string
  readonly matchLabelKeys?: readonly string[]
  readonly mismatchLabelKeys?: readonly string[]
}

export interface Affinity {
  readonly nodeAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector
  }
  readonly podAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[]
  }
  readonly podAntiAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[]
  }
}

export interface TopologySpreadConstraint {
  readonly maxSkew?: number
  readonly topologyKey?: string
  readonly whenUnsatisfiable?: string
  readonly labelSelector?: LabelSelector
  readonly minDomains?: number
  readonly nodeAffinityPolicy?: string
  readonly nodeTaintsPolicy?: string
  readonly matchLabelKeys?: readonly string[]
}

export interface Volume {
  readonly name?: string
  readonly persistentVolumeClaim?: { readonly claimName?: string; readonly readOnly?: boolean }
  readonly ephemeral?: { readonly volumeClaimTemplate?: { readonly spec?: PersistentVolumeClaimSpec } }
  readonly gcePersistentDisk?: { readonly pdName?: string; readonly readOnly?: boolean }
  readonly awsElasticBlockStore?: { readonly volumeID?: string; readonly readOnly?: boolean }
  readonly azureDisk?: { readonly diskName?: string; readonly diskURI?: string; readonly kind?: string }
  readonly cinder?: { readonly volumeID?: string }
  readonly portworxVolume?: { readonly volumeID?: string }
  readonly iscsi?: {
    readonly iqn?: string
    readonly lun?: number
    readonly targetPortal?: string
    readonly readOnly?: boolean
  }
  readonly rbd?: {
    readonly monitors?: readonly string[]
    readonly image?: string
    readonly pool?: string
    readonly readOnly?: boolean
  }
}

export interface PodResourceClaim {
  readonly name?: string
  readonly resourceClaimName?: string
  readonly resourceClaimTemplateName?: string
}

export interface PodSpec {
  readonly nodeName?: string
  readonly schedulerName?: string
  readonly serviceAccountName?: string
  readonly priority?: number
  readonly priorityClassName?: string
  readonly preemptionPolicy?: string
  readonly hostNetwork?: boolean
  readonly hostUsers?: boolean
  readonly restartPolicy?: string
  readonly runtimeClassName?: string
  readonly nodeSelector?: Readonly<Record<string, string>>
  readonly affinity?: Affinity
  readonly tolerations?: readonly Toleration[]
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[]
  readonly schedulingGates?: readonly { readonly name?: string }[]
  readonly containers?: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly resources?: ResourceRequirements
  readonly overhead?: ResourceList
  readonly volumes?: readonly Volume[]
  readonly resourceClaims?: readonly PodResourceClaim[]
}

export interface ContainerStatus {
  readonly name?: string
  readonly resources?: ResourceRequirements
  readonly allocatedResources?: ResourceList
}

export interface PodStatus {
  readonly phase?: string
  readonly reason?: string
  readonly message?: string
  readonly nominatedNodeName?: string
  readonly startTime?: string
  readonly conditions?: readonly Condition[]
  readonly containerStatuses?: readonly ContainerStatus[]
  readonly initContainerStatuses?: readonly ContainerStatus[]
  readonly resources?: ResourceRequirements
  readonly allocatedResources?: ResourceList
  readonly resourceClaimStatuses?: readonly { readonly name?: string; readonly resourceClaimName?: string }[]
  readonly extendedResourceClaimStatus?: { readonly resourceClaimName?: string }
}

export interface Pod {
  readonly metadata: ObjectMeta
  readonly spec: PodSpec
  readonly status: PodStatus
}

export interface PodTemplate {
  readonly metadata?: ObjectMeta
  readonly spec?: PodSpec
}

export const toleration: Field<Toleration> = object<Toleration>({
  key: text,
  operator: text,
  value: text,
  effect: text,
  tolerationSeconds: 'number',
})

const resourceRequirements: Field<ResourceRequirements> = object<ResourceRequirements>({
  requests: resourceList,
  limits: resourceList,
  claims: list(object<{ readonly name?: string; readonly request?: string }>({ name: text, request: text })),
})

const container: Field<Container> = object<Container>({
  name: text,
  image: text,
  resources: resourceRequirements,
  ports: list(object<ContainerPort>({ containerPort: 'number', hostPort: 'number', hostIP: text, protocol: text })),
  restartPolicy: text,
  restartPolicyRules: list(object<{ readonly action?: string }>({ action: text })),
})

const podAffinityTerm: Field<PodAffinityTerm> = object<PodAffinityTerm>({
  labelSelector,
  namespaces: list(text),
  namespaceSelector: labelSelector,
  topologyKey: text,
  matchLabelKeys: list(text),
  mismatchLabelKeys: list(text),
})

const affinity: Field<Affinity> = object<Affinity>({
  nodeAffinity: object<NonNullable<Affinity['nodeAffinity']>>({
    requiredDuringSchedulingIgnoredDuringExecution: nodeSelector,
  }),
  podAffinity: object<NonNullable<Affinity['podAffinity']>>({
    requiredDuringSchedulingIgnoredDuringExecution: list(podAffinityTerm),
  }),
  podAntiAffinity: object<NonNullable<Affinity['podAntiAffinity']>>({
    requiredDuringSchedulingIgnoredDuringExecution: list(podAffinityTerm),
  }),
})

const volume: Field<Volume> = object<Volume>({
  name: text,
  persistentVolumeClaim: object<NonNullable<Volume['persistentVolumeClaim']>>({ claimName: text, readOnly: 'boolean' }),
  ephemeral: object<NonNullable<Volume['ephemeral']>>({
    volumeClaimTemplate: object<{ readonly spec?: PersistentVolumeClaimSpec }>({ spec: claimSpec }),
  }),
  gcePersistentDisk: object<NonNullable<Volume['gcePersistentDisk']>>({ pdName: text, readOnly: 'boolean' }),
  awsElasticBlockStore: object<NonNullable<Volume['awsElasticBlockStore']>>({ volumeID: text, readOnly: 'boolean' }),
  azureDisk: object<NonNullable<Volume['azureDisk']>>({ diskName: text, diskURI: text, kind: text }),
  cinder: object<NonNullable<Volume['cinder']>>({ volumeID: text }),
  portworxVolume: object<NonNullable<Volume['portworxVolume']>>({ volumeID: text }),
  iscsi: object<NonNullable<Volume['iscsi']>>({ iqn: text, lun: 'number', targetPortal: text, readOnly: 'boolean' }),
  rbd: object<NonNullable<Volume['rbd']>>({ monitors: list(text), image: text, pool: text, readOnly: 'boolean' }),
})

export const podSpec: Field<PodSpec> = object<PodSpec>({
  nodeName: text,
  schedulerName: text,
  serviceAccountName: text,
  priority: 'number',
  priorityClassName: text,
  preemptionPolicy: text,
  hostNetwork: 'boolean',
  hostUsers: 'boolean',
  restartPolicy: text,
  runtimeClassName: text,
  nodeSelector: map(text),
  affinity,
  tolerations: list(toleration),
  topologySpreadConstraints: list(
    object<TopologySpreadConstraint>({
      maxSkew: 'number',
      topologyKey: text,
      whenUnsatisfiable: text,
      labelSelector,
      minDomains: 'number',
      nodeAffinityPolicy: text,
      nodeTaintsPolicy: text,
      matchLabelKeys: list(text),
    }),
  ),
  schedulingGates: list(object<{ readonly name?: string }>({ name: text })),
  containers: list(container),
  initContainers: list(container),
  resources: resourceRequirements,
  overhead: resourceList,
  volumes: list(volume),
  resourceClaims: list(
    object<PodResourceClaim>({ name: text, resourceClaimName: text, resourceClaimTemplateName: text }),
  ),
})

const containerStatus: Field<ContainerStatus> = object<ContainerStatus>({
  name: text,
  resources: resourceRequirements,
  allocatedResources: resourceList,
})

const claimStatus = object<{ readonly name?: string; readonly resourceClaimName?: string }>({
  name: text,
  resourceClaimName: text,
})

export const podStatus: Field<PodStatus> = object<PodStatus>({
  phase: text,
  reason: text,
  message: text,
  nominatedNodeName: text,
  startTime: 'time',
  conditions: list(condition),
  containerStatuses: list(containerStatus),
  initContainerStatuses: list(containerStatus),
  resources: resourceRequirements,
  allocatedResources: resourceList,
  resourceClaimStatuses: list(claimStatus),
  extendedResourceClaimStatus: object<{ readonly resourceClaimName?: string }>({ resourceClaimName: text }),
})

export const pod: Field<Pod> = object<Pod>({ metadata: objectMeta, spec: podSpec, status: podStatus })

export const podTemplate: Field<PodTemplate> = object<PodTemplate>({ metadata: objectMeta, spec: podSpec })
