import type { TaintClass } from './taint-class.ts'

/** A row of the table: which taints, and what is known of them. */
export interface WellKnownTaint {
  /** The key; one that ends in `*` is a prefix, one that begins with `*` a suffix. */
  readonly key: string
  /** The taint's value, where the row is about that value only. */
  readonly value?: string
  readonly class: TaintClass
  readonly meaning: string
  readonly source: string
  readonly instead?: string
  /** Set where an ordinary Pod never should tolerate it although its class would allow it. */
  readonly never?: true
}

type Row = readonly [key: string, meaning: string, instead?: string]

const rows = (taintClass: TaintClass, source: string, never: boolean, list: readonly Row[]): WellKnownTaint[] =>
  list.map(([key, meaning, instead]) => {
    const at = key.indexOf('=')
    return {
      key: at === -1 ? key : key.slice(0, at),
      ...(at === -1 ? {} : { value: key.slice(at + 1) }),
      class: taintClass,
      meaning,
      source,
      ...(instead === undefined ? {} : { instead }),
      ...(never ? { never } : {}),
    }
  })

const conditions: readonly Row[] = [
  [
    'node.kubernetes.io/not-ready',
    'set by Kubernetes while the node is not Ready',
    'find out why its kubelet is not Ready',
  ],
  [
    'node.kubernetes.io/unreachable',
    'set by Kubernetes when the kubelet stopped reporting',
    'bring the node back or remove it',
  ],
  [
    'node.kubernetes.io/memory-pressure',
    'set by Kubernetes while the kubelet reports memory pressure',
    'free memory on the node',
  ],
  [
    'node.kubernetes.io/disk-pressure',
    'set by Kubernetes while the kubelet reports disk pressure',
    'free disk space on the node',
  ],
  [
    'node.kubernetes.io/pid-pressure',
    'set by Kubernetes while the kubelet reports too many processes',
    'end processes on the node',
  ],
  [
    'node.kubernetes.io/network-unavailable',
    'set by Kubernetes while the node has no network: its CNI or route controller has not reported NetworkUnavailable=False',
    'mend the CNI network plugin or the cloud route controller',
  ],
  [
    'node.kubernetes.io/out-of-service',
    'set by a person after a node went down hard, so that its Pods and volumes are released',
    'bring the node back, then remove the taint by hand',
  ],
  [
    'node.cloudprovider.kubernetes.io/shutdown',
    'set by the cloud controller while the instance is stopped',
    'start the instance',
  ],
]

const lifecycle: readonly Row[] = [
  [
    'node.kubernetes.io/unschedulable',
    'set by Kubernetes while the node is cordoned',
    'uncordon the node when its maintenance is over',
  ],
  [
    'node.cloudprovider.kubernetes.io/uninitialized',
    'set by the kubelet until the cloud controller manager has initialized the node',
    'get the cloud controller manager running: it must tolerate this taint itself',
  ],
  [
    'node.cluster.x-k8s.io/uninitialized',
    'set by Cluster API until it has initialized the node',
    'see why the Machine is not finished',
  ],
  ['node.cluster.x-k8s.io/outdated-revision', 'set by Cluster API on a node that a rollout will replace'],
  [
    'readiness.k8s.io/*',
    'set by the Node Readiness Controller until a NodeReadinessRule is met',
    'see which rule is not met',
  ],
  ['node.cilium.io/agent-not-ready', 'set until the Cilium agent runs on the node', 'mend the Cilium agent there'],
  ['cni.istio.io/not-ready', 'set until Istio CNI runs on the node', 'mend istio-cni there'],
  ['k8s.ovn.org/network-unavailable', 'set by OVN-Kubernetes until the node has its network', 'mend ovnkube there'],
  ['*.csi.aws.com/agent-not-ready', 'set until the AWS CSI driver runs on the node', 'mend the CSI driver there'],
  [
    'disk.csi.azure.com/agent-not-ready',
    'set until the Azure disk CSI driver runs on the node',
    'mend the CSI driver there',
  ],
  ['*/agent-not-ready', 'a startup taint: set until an agent runs on the node', 'mend that agent there'],
  ['amd-dcm', 'set by a GPU operator during maintenance of the device', 'wait until the maintenance is over'],
  ['kubevirt.io/drain', 'set by KubeVirt while it moves virtual machines away', 'wait until the drain is over'],
  ['medik8s.io/*', 'set by a node remediation operator', 'wait until the remediation is over'],
  [
    'remediator.kubernetes.azure.com/unschedulable',
    'set by AKS while it drains the node',
    'wait until AKS has repaired the node',
  ],
  [
    'aws-node-termination-handler/*',
    'set by the AWS Node Termination Handler: the node is about to end',
    'wait for its replacement',
  ],
  ['cloud.google.com/impending-node-termination', 'set by GKE: the node is about to end', 'wait for its replacement'],
  [
    '*.storage.dell.com',
    'set by Dell CSM Resiliency while it fences the node, or until its driver runs there',
    'mend the driver there; where it was left behind, remove it by hand',
  ],
  ['ix-svc-start', 'set by TrueNAS SCALE while it starts its apps', 'wait until the apps service has started'],
  ['ix-svc-stop', 'set by TrueNAS SCALE while it stops its apps', 'start the apps service again'],
  ['nidhogg.uswitch.com/*', 'set by Nidhogg until a DaemonSet runs on the node', 'mend that DaemonSet there'],
  [
    'UpdateInProgress',
    'set by the OpenShift machine-config operator during an update',
    'wait until the update is over',
  ],
]

const autoscaler: readonly Row[] = [
  [
    'ToBeDeletedByClusterAutoscaler',
    'set by Cluster Autoscaler: it is removing the node',
    'if the node stays, remove the left-over taint by hand',
  ],
  ['DeletionCandidateOfClusterAutoscaler', 'set by Cluster Autoscaler: a candidate for removal'],
  [
    'startup-taint.cluster-autoscaler.kubernetes.io/*',
    'a startup taint known to Cluster Autoscaler',
    'mend what removes it',
  ],
  [
    'status-taint.cluster-autoscaler.kubernetes.io/*',
    'a status taint known to Cluster Autoscaler',
    'mend what removes it',
  ],
  [
    'ignore-taint.cluster-autoscaler.kubernetes.io/*',
    'a startup taint known to Cluster Autoscaler',
    'mend what removes it',
  ],
]

const karpenter: readonly Row[] = [
  [
    'karpenter.sh/unregistered',
    'set until Karpenter has registered the node',
    'see why the NodeClaim is not registered',
  ],
  ['karpenter.sh/disrupted', 'set by Karpenter: the node is being replaced or removed', 'wait for its replacement'],
  ['karpenter.sh/disruption', 'set by Karpenter: the node is being replaced or removed', 'wait for its replacement'],
]

const controlPlane: readonly Row[] = [
  ['node-role.kubernetes.io/control-plane', 'keeps ordinary Pods off control-plane nodes'],
  ['node-role.kubernetes.io/master', 'keeps ordinary Pods off control-plane nodes (the older name of the role)'],
  ['node-role.kubernetes.io/controlplane', 'keeps ordinary Pods off Rancher control-plane nodes (RKE1 spelling)'],
  ['node-role.kubernetes.io/etcd', 'keeps ordinary Pods off Rancher etcd nodes'],
]

const hardware: readonly Row[] = [
  ['nvidia.com/gpu', 'keeps Pods that need no GPU off NVIDIA GPU nodes'],
  ['amd.com/gpu', 'keeps Pods that need no GPU off AMD GPU nodes'],
  ['gpu.intel.com/*', 'keeps Pods that need no GPU off Intel GPU nodes'],
  ['aws.amazon.com/neuron*', 'keeps Pods that need no accelerator off AWS Neuron nodes'],
  ['habana.ai/gaudi', 'keeps Pods that need no accelerator off Gaudi nodes'],
  ['google.com/tpu', 'keeps Pods that need no accelerator off TPU nodes'],
  ['devic.es/*', 'keeps Pods that need no such device off the node'],
  ['sku=gpu', 'keeps Pods that need no GPU off GPU nodes (a habit on AKS)'],
  ['kubernetes.io/arch', 'marks nodes of another processor architecture: the image must be built for it'],
  ['cloud.google.com/gke-accelerator', 'keeps Pods that need no accelerator off GKE accelerator nodes'],
]

const platform: readonly Row[] = [
  ['CriticalAddonsOnly', 'reserves system nodes for critical add-ons (AKS and EKS system pools, K3s and RKE2 servers)'],
  ['kubernetes.azure.com/scalesetpriority', 'marks AKS spot nodes, which may end at any time'],
  ['cloud.google.com/gke-spot', 'marks GKE spot nodes, which may end at any time'],
  ['cloud.google.com/gke-preemptible', 'marks GKE preemptible nodes, which may end at any time'],
  ['oci.oraclecloud.com/oke-is-preemptible', 'marks OKE preemptible nodes, which may end at any time'],
  ['scheduling.cast.ai/spot', 'marks spot nodes of CAST AI, which may end at any time'],
  ['cloud.google.com/compute-class', 'reserves GKE nodes for a compute class'],
  ['sandbox.gke.io/runtime', 'reserves GKE nodes for Pods in the gVisor sandbox'],
  ['virtual-kubelet.io/provider', 'marks a virtual node, which runs only some kinds of Pods'],
  ['node.kubernetes.io/os', 'keeps Linux Pods off nodes of another operating system, or the other way round'],
  ['os', 'keeps Pods off nodes of another operating system'],
  ['cattle.io/os', 'set by Rancher on Linux nodes of clusters with Windows nodes'],
  ['node-role.kubernetes.io/infra', 'reserves nodes for infrastructure Pods'],
  ['node.ocs.openshift.io/storage', 'reserves OpenShift nodes for storage'],
]

const reservedPlatform: readonly Row[] = [
  [
    'eks.amazonaws.com/compute-type=fargate',
    'marks an EKS Fargate node, made for one Pod alone',
    'give the Pod a Fargate profile',
  ],
  [
    'components.gke.io/gke-managed-components',
    'reserves GKE nodes for what GKE itself runs',
    'use other nodes, or add some',
  ],
]

const policy: readonly Row[] = [
  ['dedicated', 'set by people: reserves nodes for some workloads'],
  ['workload', 'set by people: reserves nodes for some workloads'],
  ['feature.node.kubernetes.io/*', 'set by people through Node Feature Discovery'],
  ['node-role.kubernetes.io/*', 'set by people: reserves nodes for a role'],
]

/**
 * The taints that are known by name. The first row that fits holds, so exact keys stand before prefixes of the same name.
 * Sources: Kubernetes' node lifecycle controller and admission, and the projects named in each row.
 */
export const wellKnownTaints: readonly WellKnownTaint[] = [
  ...rows('NodeCondition', 'Kubernetes', true, conditions),
  ...rows('Lifecycle', 'the component named', true, lifecycle),
  ...rows('Autoscaler', 'Cluster Autoscaler', true, autoscaler),
  ...rows('Autoscaler', 'Karpenter', true, karpenter),
  ...rows('ControlPlane', 'Kubernetes distributions', false, controlPlane),
  ...rows('Hardware', 'device vendors and clouds', false, hardware),
  ...rows('Platform', 'the platform', false, platform),
  ...rows('Platform', 'the platform', true, reservedPlatform),
  ...rows('Policy', 'convention', false, policy),
]
