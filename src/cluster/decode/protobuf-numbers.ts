// Written by scripts/protobuf-numbers.mjs from the Go types of k8s.io/api v0.36.2; not to be edited.

/**
 * Where the fields that are read stand in the API's protobuf messages: number, then `list` or `map`, then the type.
 * `?` after the number: JSON leaves a zero out. `...` is a message whose fields JSON writes into the one around it.
 */
export const protobufNumbers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'core.AWSElasticBlockStoreVolumeSource': {
    volumeID: '1 string',
    readOnly: '4? bool',
    partition: '3? int',
  },
  'core.Affinity': {
    nodeAffinity: '1 core.NodeAffinity',
    podAffinity: '2 core.PodAffinity',
    podAntiAffinity: '3 core.PodAntiAffinity',
  },
  'core.AzureDiskVolumeSource': {
    diskName: '1 string',
    diskURI: '2 string',
    kind: '6 string',
  },
  'core.AzureFilePersistentVolumeSource': {
    secretName: '1 string',
    shareName: '2 string',
    secretNamespace: '4 string',
  },
  'core.CSIPersistentVolumeSource': {
    driver: '1 string',
    volumeHandle: '2 string',
  },
  'core.CinderPersistentVolumeSource': {
    volumeID: '1 string',
  },
  'core.CinderVolumeSource': {
    volumeID: '1 string',
  },
  'core.Container': {
    name: '1 string',
    image: '2? string',
    ports: '6 list core.ContainerPort',
    resources: '8 core.ResourceRequirements',
    restartPolicy: '24 string',
    restartPolicyRules: '25 list core.ContainerRestartRule',
  },
  'core.ContainerPort': {
    hostPort: '2? int',
    containerPort: '3 int',
    protocol: '4? string',
    hostIP: '5? string',
  },
  'core.ContainerRestartRule': {
    action: '1? string',
  },
  'core.ContainerStatus': {
    name: '1 string',
    allocatedResources: '10 map quantity',
    resources: '11 core.ResourceRequirements',
  },
  'core.EphemeralVolumeSource': {
    volumeClaimTemplate: '1 core.PersistentVolumeClaimTemplate',
  },
  'core.GCEPersistentDiskVolumeSource': {
    pdName: '1 string',
    readOnly: '4? bool',
    partition: '3? int',
  },
  'core.HostPathVolumeSource': {
    path: '1 string',
  },
  'core.ISCSIVolumeSource': {
    targetPortal: '1 string',
    iqn: '2 string',
    lun: '3 int',
    readOnly: '6? bool',
  },
  'core.LocalVolumeSource': {
    path: '1 string',
  },
  'core.Namespace': {
    metadata: '1 meta.ObjectMeta',
    status: '3 core.NamespaceStatus',
  },
  'core.NamespaceStatus': {
    phase: '1? string',
  },
  'core.Node': {
    metadata: '1 meta.ObjectMeta',
    spec: '2 core.NodeSpec',
    status: '3 core.NodeStatus',
  },
  'core.NodeAffinity': {
    requiredDuringSchedulingIgnoredDuringExecution: '1 core.NodeSelector',
  },
  'core.NodeCondition': {
    type: '1 string',
    status: '2 string',
    lastTransitionTime: '4? time',
    reason: '5? string',
    message: '6? string',
  },
  'core.NodeSelector': {
    nodeSelectorTerms: '1 list core.NodeSelectorTerm',
  },
  'core.NodeSelectorRequirement': {
    key: '1 string',
    operator: '2 string',
    values: '3 list string',
  },
  'core.NodeSelectorTerm': {
    matchExpressions: '1 list core.NodeSelectorRequirement',
    matchFields: '2 list core.NodeSelectorRequirement',
  },
  'core.NodeSpec': {
    providerID: '3? string',
    unschedulable: '4? bool',
    taints: '5 list core.Taint',
  },
  'core.NodeStatus': {
    capacity: '1 map quantity',
    allocatable: '2 map quantity',
    conditions: '4 list core.NodeCondition',
    nodeInfo: '7 core.NodeSystemInfo',
    declaredFeatures: '14 list string',
  },
  'core.NodeSystemInfo': {
    osImage: '5 string',
    kubeletVersion: '7 string',
  },
  'core.ObjectReference': {
    kind: '1? string',
    namespace: '2? string',
    name: '3? string',
    uid: '4? string',
    apiVersion: '5? string',
  },
  'core.PersistentVolume': {
    metadata: '1 meta.ObjectMeta',
    spec: '2 core.PersistentVolumeSpec',
    status: '3 core.PersistentVolumeStatus',
  },
  'core.PersistentVolumeClaim': {
    metadata: '1 meta.ObjectMeta',
    spec: '2 core.PersistentVolumeClaimSpec',
    status: '3 core.PersistentVolumeClaimStatus',
  },
  'core.PersistentVolumeClaimSpec': {
    accessModes: '1 list string',
    selector: '4 meta.LabelSelector',
    resources: '2 core.VolumeResourceRequirements',
    volumeName: '3? string',
    storageClassName: '5 string',
    volumeMode: '6 string',
    volumeAttributesClassName: '9 string',
  },
  'core.PersistentVolumeClaimStatus': {
    phase: '1? string',
  },
  'core.PersistentVolumeClaimTemplate': {
    spec: '2 core.PersistentVolumeClaimSpec',
  },
  'core.PersistentVolumeClaimVolumeSource': {
    claimName: '1 string',
    readOnly: '2? bool',
  },
  'core.PersistentVolumeSource': {
    gcePersistentDisk: '1 core.GCEPersistentDiskVolumeSource',
    awsElasticBlockStore: '2 core.AWSElasticBlockStoreVolumeSource',
    hostPath: '3 core.HostPathVolumeSource',
    cinder: '8 core.CinderPersistentVolumeSource',
    azureFile: '13 core.AzureFilePersistentVolumeSource',
    vsphereVolume: '14 core.VsphereVirtualDiskVolumeSource',
    azureDisk: '16 core.AzureDiskVolumeSource',
    portworxVolume: '18 core.PortworxVolumeSource',
    local: '20 core.LocalVolumeSource',
    csi: '22 core.CSIPersistentVolumeSource',
  },
  'core.PersistentVolumeSpec': {
    capacity: '1 map quantity',
    '...': '2 core.PersistentVolumeSource',
    accessModes: '3 list string',
    claimRef: '4 core.ObjectReference',
    storageClassName: '6? string',
    volumeMode: '8 string',
    nodeAffinity: '9 core.VolumeNodeAffinity',
    volumeAttributesClassName: '10 string',
  },
  'core.PersistentVolumeStatus': {
    phase: '1? string',
  },
  'core.Pod': {
    metadata: '1 meta.ObjectMeta',
    spec: '2 core.PodSpec',
    status: '3 core.PodStatus',
  },
  'core.PodAffinity': {
    requiredDuringSchedulingIgnoredDuringExecution: '1 list core.PodAffinityTerm',
  },
  'core.PodAffinityTerm': {
    labelSelector: '1 meta.LabelSelector',
    namespaces: '2 list string',
    topologyKey: '3 string',
    namespaceSelector: '4 meta.LabelSelector',
    matchLabelKeys: '5 list string',
    mismatchLabelKeys: '6 list string',
  },
  'core.PodAntiAffinity': {
    requiredDuringSchedulingIgnoredDuringExecution: '1 list core.PodAffinityTerm',
  },
  'core.PodCondition': {
    type: '1 string',
    status: '2 string',
    lastTransitionTime: '4? time',
    reason: '5? string',
    message: '6? string',
  },
  'core.PodExtendedResourceClaimStatus': {
    resourceClaimName: '2 string',
  },
  'core.PodResourceClaim': {
    name: '1 string',
    resourceClaimName: '3 string',
    resourceClaimTemplateName: '4 string',
  },
  'core.PodResourceClaimStatus': {
    name: '1 string',
    resourceClaimName: '2 string',
  },
  'core.PodSchedulingGate': {
    name: '1 string',
  },
  'core.PodSpec': {
    volumes: '1 list core.Volume',
    initContainers: '20 list core.Container',
    containers: '2 list core.Container',
    restartPolicy: '3? string',
    nodeSelector: '7 map string',
    serviceAccountName: '8? string',
    nodeName: '10? string',
    hostNetwork: '11? bool',
    affinity: '18 core.Affinity',
    schedulerName: '19? string',
    tolerations: '22 list core.Toleration',
    priorityClassName: '24? string',
    priority: '25 int',
    runtimeClassName: '29 string',
    preemptionPolicy: '31 string',
    overhead: '32 map quantity',
    topologySpreadConstraints: '33 list core.TopologySpreadConstraint',
    hostUsers: '37 bool',
    schedulingGates: '38 list core.PodSchedulingGate',
    resourceClaims: '39 list core.PodResourceClaim',
    resources: '40 core.ResourceRequirements',
  },
  'core.PodStatus': {
    phase: '1? string',
    conditions: '2 list core.PodCondition',
    message: '3? string',
    reason: '4? string',
    nominatedNodeName: '11? string',
    startTime: '7 time',
    initContainerStatuses: '10 list core.ContainerStatus',
    containerStatuses: '8 list core.ContainerStatus',
    resourceClaimStatuses: '15 list core.PodResourceClaimStatus',
    extendedResourceClaimStatus: '18 core.PodExtendedResourceClaimStatus',
    allocatedResources: '19 map quantity',
    resources: '20 core.ResourceRequirements',
  },
  'core.PortworxVolumeSource': {
    volumeID: '1 string',
  },
  'core.RBDVolumeSource': {
    monitors: '1 list string',
    image: '2 string',
    pool: '4? string',
    readOnly: '8? bool',
  },
  'core.ResourceClaim': {
    name: '1 string',
    request: '2? string',
  },
  'core.ResourceRequirements': {
    limits: '1 map quantity',
    requests: '2 map quantity',
    claims: '3 list core.ResourceClaim',
  },
  'core.Taint': {
    key: '1 string',
    value: '2? string',
    effect: '3 string',
    timeAdded: '4 time',
  },
  'core.Toleration': {
    key: '1? string',
    operator: '2? string',
    value: '3? string',
    effect: '4? string',
    tolerationSeconds: '5 int',
  },
  'core.TopologySelectorLabelRequirement': {
    key: '1 string',
    values: '2 list string',
  },
  'core.TopologySelectorTerm': {
    matchLabelExpressions: '1 list core.TopologySelectorLabelRequirement',
  },
  'core.TopologySpreadConstraint': {
    maxSkew: '1 int',
    topologyKey: '2 string',
    whenUnsatisfiable: '3 string',
    labelSelector: '4 meta.LabelSelector',
    minDomains: '5 int',
    nodeAffinityPolicy: '6 string',
    nodeTaintsPolicy: '7 string',
    matchLabelKeys: '8 list string',
  },
  'core.Volume': {
    name: '1 string',
    '...': '2 core.VolumeSource',
  },
  'core.VolumeNodeAffinity': {
    required: '1 core.NodeSelector',
  },
  'core.VolumeResourceRequirements': {
    requests: '2 map quantity',
  },
  'core.VolumeSource': {
    gcePersistentDisk: '3 core.GCEPersistentDiskVolumeSource',
    awsElasticBlockStore: '4 core.AWSElasticBlockStoreVolumeSource',
    iscsi: '8 core.ISCSIVolumeSource',
    persistentVolumeClaim: '10 core.PersistentVolumeClaimVolumeSource',
    rbd: '11 core.RBDVolumeSource',
    cinder: '13 core.CinderVolumeSource',
    azureDisk: '22 core.AzureDiskVolumeSource',
    portworxVolume: '24 core.PortworxVolumeSource',
    ephemeral: '29 core.EphemeralVolumeSource',
  },
  'core.VsphereVirtualDiskVolumeSource': {
    volumePath: '1 string',
  },
  'meta.Condition': {
    type: '1 string',
    status: '2 string',
  },
  'meta.LabelSelector': {
    matchLabels: '1 map string',
    matchExpressions: '2 list meta.LabelSelectorRequirement',
  },
  'meta.LabelSelectorRequirement': {
    key: '1 string',
    operator: '2 string',
    values: '3 list string',
  },
  'meta.ObjectMeta': {
    name: '1? string',
    generateName: '2? string',
    namespace: '3? string',
    uid: '5? string',
    creationTimestamp: '8? time',
    deletionTimestamp: '9 time',
    labels: '11 map string',
    annotations: '12 map string',
    ownerReferences: '13 list meta.OwnerReference',
    finalizers: '14 list string',
  },
  'meta.OwnerReference': {
    apiVersion: '5 string',
    kind: '1 string',
    name: '3 string',
    uid: '4 string',
    controller: '6 bool',
  },
  'resource.AllocatedDeviceStatus': {
    driver: '1 string',
    pool: '2 string',
    device: '3 string',
    conditions: '4 list meta.Condition',
  },
  'resource.AllocationResult': {
    devices: '1 resource.DeviceAllocationResult',
    nodeSelector: '3 core.NodeSelector',
    allocationTimestamp: '5 time',
  },
  'resource.CELDeviceSelector': {
    expression: '1 string',
  },
  'resource.CapacityRequestPolicy': {
    default: '1 quantity',
    validValues: '3 list quantity',
    validRange: '4 resource.CapacityRequestPolicyRange',
  },
  'resource.CapacityRequestPolicyRange': {
    min: '1 quantity',
    max: '2 quantity',
    step: '3 quantity',
  },
  'resource.CapacityRequirements': {
    requests: '1 map quantity',
  },
  'resource.Counter': {
    value: '1 quantity',
  },
  'resource.CounterSet': {
    name: '1 string',
    counters: '2 map resource.Counter',
  },
  'resource.Device': {
    name: '1 string',
    attributes: '2 map resource.DeviceAttribute',
    capacity: '3 map resource.DeviceCapacity',
    consumesCounters: '4 list resource.DeviceCounterConsumption',
    nodeName: '5 string',
    nodeSelector: '6 core.NodeSelector',
    allNodes: '7 bool',
    taints: '8 list resource.DeviceTaint',
    bindsToNode: '9 bool',
    bindingConditions: '10 list string',
    bindingFailureConditions: '11 list string',
    allowMultipleAllocations: '12 bool',
  },
  'resource.DeviceAllocationResult': {
    results: '1 list resource.DeviceRequestAllocationResult',
  },
  'resource.DeviceAttribute': {
    int: '2 int',
    bool: '3 bool',
    string: '4 string',
    version: '5 string',
  },
  'resource.DeviceCapacity': {
    value: '1 quantity',
    requestPolicy: '2 resource.CapacityRequestPolicy',
  },
  'resource.DeviceClaim': {
    requests: '1 list resource.DeviceRequest',
    constraints: '2 list resource.DeviceConstraint',
  },
  'resource.DeviceClass': {
    metadata: '1 meta.ObjectMeta',
    spec: '2 resource.DeviceClassSpec',
  },
  'resource.DeviceClassSpec': {
    selectors: '1 list resource.DeviceSelector',
    extendedResourceName: '4 string',
  },
  'resource.DeviceConstraint': {
    requests: '1 list string',
    matchAttribute: '2 string',
    distinctAttribute: '3 string',
  },
  'resource.DeviceCounterConsumption': {
    counterSet: '1 string',
    counters: '2 map resource.Counter',
  },
  'resource.DeviceRequest': {
    name: '1 string',
    exactly: '2 resource.ExactDeviceRequest',
    firstAvailable: '3 list resource.DeviceSubRequest',
  },
  'resource.DeviceRequestAllocationResult': {
    request: '1 string',
    driver: '2 string',
    pool: '3 string',
    device: '4 string',
    adminAccess: '5 bool',
    bindingConditions: '7 list string',
    bindingFailureConditions: '8 list string',
    shareID: '9 string',
    consumedCapacity: '10 map quantity',
  },
  'resource.DeviceSelector': {
    cel: '1 resource.CELDeviceSelector',
  },
  'resource.DeviceSubRequest': {
    name: '1 string',
    deviceClassName: '2 string',
    selectors: '3 list resource.DeviceSelector',
    allocationMode: '4? string',
    count: '5? int',
    tolerations: '6 list resource.DeviceToleration',
    capacity: '7 resource.CapacityRequirements',
  },
  'resource.DeviceTaint': {
    key: '1 string',
    value: '2? string',
    effect: '3 string',
  },
  'resource.DeviceToleration': {
    key: '1? string',
    operator: '2? string',
    value: '3? string',
    effect: '4? string',
  },
  'resource.ExactDeviceRequest': {
    deviceClassName: '1 string',
    selectors: '2 list resource.DeviceSelector',
    allocationMode: '3? string',
    count: '4? int',
    adminAccess: '5 bool',
    tolerations: '6 list resource.DeviceToleration',
    capacity: '7 resource.CapacityRequirements',
  },
  'resource.ResourceClaim': {
    metadata: '1 meta.ObjectMeta',
    spec: '2 resource.ResourceClaimSpec',
    status: '3 resource.ResourceClaimStatus',
  },
  'resource.ResourceClaimConsumerReference': {
    resource: '3 string',
    name: '4 string',
    uid: '5 string',
  },
  'resource.ResourceClaimSpec': {
    devices: '1 resource.DeviceClaim',
  },
  'resource.ResourceClaimStatus': {
    allocation: '1 resource.AllocationResult',
    reservedFor: '2 list resource.ResourceClaimConsumerReference',
    devices: '4 list resource.AllocatedDeviceStatus',
  },
  'resource.ResourcePool': {
    name: '1 string',
    generation: '2 int',
    resourceSliceCount: '3 int',
  },
  'resource.ResourceSlice': {
    metadata: '1 meta.ObjectMeta',
    spec: '2 resource.ResourceSliceSpec',
  },
  'resource.ResourceSliceSpec': {
    driver: '1 string',
    pool: '2 resource.ResourcePool',
    nodeName: '3 string',
    nodeSelector: '4 core.NodeSelector',
    allNodes: '5 bool',
    devices: '6 list resource.Device',
    perDeviceNodeSelection: '7 bool',
    sharedCounters: '8 list resource.CounterSet',
  },
  'storage.CSIDriver': {
    metadata: '1 meta.ObjectMeta',
    spec: '2 storage.CSIDriverSpec',
  },
  'storage.CSIDriverSpec': {
    storageCapacity: '4 bool',
    preventPodSchedulingIfMissing: '11 bool',
  },
  'storage.CSINode': {
    metadata: '1 meta.ObjectMeta',
    spec: '2 storage.CSINodeSpec',
  },
  'storage.CSINodeDriver': {
    name: '1 string',
    nodeID: '2 string',
    topologyKeys: '3 list string',
    allocatable: '4 storage.VolumeNodeResources',
  },
  'storage.CSINodeSpec': {
    drivers: '1 list storage.CSINodeDriver',
  },
  'storage.CSIStorageCapacity': {
    metadata: '1 meta.ObjectMeta',
    nodeTopology: '2 meta.LabelSelector',
    storageClassName: '3 string',
    capacity: '4 quantity',
    maximumVolumeSize: '5 quantity',
  },
  'storage.StorageClass': {
    metadata: '1 meta.ObjectMeta',
    provisioner: '2 string',
    volumeBindingMode: '7 string',
    allowedTopologies: '8 list core.TopologySelectorTerm',
  },
  'storage.VolumeAttachment': {
    metadata: '1 meta.ObjectMeta',
    spec: '2 storage.VolumeAttachmentSpec',
  },
  'storage.VolumeAttachmentSource': {
    persistentVolumeName: '1 string',
  },
  'storage.VolumeAttachmentSpec': {
    attacher: '1 string',
    source: '2 storage.VolumeAttachmentSource',
    nodeName: '3 string',
  },
  'storage.VolumeNodeResources': {
    count: '1 int',
  },
}
