/**
 * What differs between releases of kube-scheduler, as switches with their default feature gates.
 * `profile.ts` sets them from the server's version; plugins ask these and never a version.
 */
export interface Rules {
  /** Minor version that is judged as: 28 to 36. */
  readonly minor: number
  /** `node(s) had untolerated taint {key: value}` (up to 1.34.1) rather than `node(s) had untolerated taint(s)`. */
  readonly taintIsNamed: boolean
  /** `node has pod using PersistentVolumeClaim with the same name …` (up to 1.33). */
  readonly oldReadWriteOncePodText: boolean
  /** `node(s) had volume node affinity conflict` (up to 1.32). */
  readonly oldVolumeAffinityText: boolean
  /** Nodes that PreFilter leaves out stand in the message (since 1.32). */
  readonly leftOutNodesAreNamed: boolean
  /** A request above allocatable is `UnschedulableAndUnresolvable` (since 1.34). */
  readonly tooSmallIsUnresolvable: boolean
  /** Restartable init containers count as running ones (since 1.29). */
  readonly sidecars: boolean
  /** Host ports of restartable init containers count (since 1.33.6). */
  readonly sidecarPorts: boolean
  /** `spec.resources` of the Pod (since 1.34). */
  readonly podLevelResources: boolean
  /** `status.resources` of running Pods (since 1.36). */
  readonly podLevelResize: boolean
  /** Container statuses of resized running Pods (since 1.33). */
  readonly containerResize: boolean
  /** VolumeAttachments without a Pod count against a driver's limit (since 1.32). */
  readonly attachmentsCount: boolean
  /** Volume limits in a node's `allocatable` (`attachable-volumes-csi-…`) count too (up to 1.31). */
  readonly allocatableVolumeLimits: boolean
  /** A missing claim breaks the volume limit plugins, rather than being a refusal (up to 1.29). */
  readonly missingClaimBreaksLimits: boolean
  /** Whether Portworx volumes are CSI volumes: never (up to 1.30), where the CSINode lists them (1.31), always (1.36). */
  readonly portworxMigration: 'never' | 'listed' | 'always'
  /** A local volume's host names are taken for node names, and no other node is looked at (up to 1.29.10, 1.30.6, 1.31.2). */
  readonly localVolumesNarrow: boolean
  /** VolumeAttributesClass: not looked at (up to 1.30), an error on a claim (up to 1.33), compared (since 1.34). */
  readonly volumeAttributesClass: 'ignored' | 'refused' | 'compared'
  /** A volume's beta zone or region label is held against the node's stable label too (since 1.29). */
  readonly betaZoneMatchesStable: boolean
  /** EBSLimits, GCEPDLimits and AzureDiskLimits are in the default profile (up to 1.30). */
  readonly inTreeVolumeLimits: boolean
  /** A namespaceSelector of `NotIn`/`DoesNotExist` alone matches every namespace (since 1.34.0). */
  readonly negativeNamespaceSelectorMatchesAll: boolean
  /** The scheduler itself merges a pod affinity term's `matchLabelKeys` never; the API server does since 1.31. */
  readonly podAffinityLabelKeys: boolean
  /** DynamicResources is in the default profile (since 1.34). */
  readonly dynamicResources: boolean
  /** Device taints, extended resources of a DeviceClass, partitionable devices, binding conditions (since 1.36). */
  readonly dynamicResourcesExtras: boolean
  /** Devices of an incomplete pool may be used for counted requests (1.34). */
  readonly incompletePoolsUsable: boolean
  /** `ResourceClaim … for pod … (pod is not owner)` with small letters (up to 1.35). */
  readonly oldClaimOwnerText: boolean
  /** NodeDeclaredFeatures is in the default profile (since 1.36). */
  readonly declaredFeatures: boolean
  /** `get constraints from pod: ` stands before a spread constraint's error (since 1.30). */
  readonly spreadErrorsNameTheStep: boolean
  /** Two spread constraints with one topology key count apart (since 1.33). */
  readonly spreadConstraintsCountApart: boolean
  /** Bad values stand in a selector's error as JSON rather than as Go writes them (since 1.34). */
  readonly selectorErrorsAsJson: boolean
  /** A selector's error speaks of label keys and bytes rather than of qualified names and characters (since 1.35). */
  readonly selectorErrorsInBytes: boolean
}
