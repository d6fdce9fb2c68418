import { neededReads, type PolicyRule, rulesFor } from '#commands/needed-reads.ts'

/** What a user may do, as RBAC writes it. */
export interface Rights {
  /** Rules of a ClusterRole bound for the whole cluster. */
  readonly cluster?: readonly Rule[]
  /** Rules of a Role in the namespace that is asked about. */
  readonly namespaced?: readonly Rule[]
}

export interface Rule extends PolicyRule {
  readonly resourceNames?: readonly string[]
}

/** One user, and what the answer about the namespace lacks for them. */
export interface RightsRow extends Rights {
  readonly who: string
  /** Resources that `incomplete` names; the answer is the administrator's where there are none. */
  readonly lacks: readonly string[]
  /** Pods whose verdict reads Undetermined; all others read as the administrator's. */
  readonly undetermined: readonly string[]
  /** Words of the text. */
  readonly says?: readonly string[]
  /** Set where nothing can be read at all: words of the error. */
  readonly error?: RegExp
}

const all = ['tainted', 'claimed', 'released']
const everything: readonly Rule[] = rulesFor(neededReads)

export const rightsRows: readonly RightsRow[] = [
  { who: 'who has the shipped ClusterRole', cluster: everything, lacks: [], undetermined: [] },
  {
    who: 'who may read but Nodes',
    cluster: without('nodes'),
    lacks: ['nodes'],
    undetermined: all,
    says: ['nodes'],
  },
  {
    who: 'who may read but Secrets',
    cluster: without('secrets'),
    lacks: ['secrets'],
    undetermined: [],
    says: ['secrets'],
  },
  {
    who: 'who may get one Secret by its name',
    cluster: without('secrets'),
    namespaced: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['one'] }],
    lacks: ['secrets'],
    undetermined: [],
  },
  {
    who: 'who may read no StorageClasses and no PersistentVolumes',
    cluster: without('storageclasses', 'persistentvolumes'),
    lacks: ['persistentvolumes', 'storageclasses.storage.k8s.io'],
    undetermined: ['claimed'],
    says: ['storageclasses.storage.k8s.io'],
  },
  {
    who: 'who may read claims in the namespace only',
    cluster: without('persistentvolumeclaims'),
    namespaced: [{ apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: ['list'] }],
    lacks: ['persistentvolumeclaims'],
    undetermined: [],
  },
  {
    who: 'who may read in the namespace only',
    namespaced: everything,
    lacks: [
      'csidrivers.storage.k8s.io',
      'csinodes.storage.k8s.io',
      'csistoragecapacities.storage.k8s.io',
      'nodes',
      'persistentvolumeclaims',
      'persistentvolumes',
      'pods',
      'storageclasses.storage.k8s.io',
      'volumeattachments.storage.k8s.io',
    ],
    undetermined: all,
    says: ['nodes', 'pods'],
  },
  {
    who: 'who may read Nodes, and in the namespace Pods and nothing else',
    cluster: only('nodes'),
    namespaced: only('pods'),
    lacks: [
      'configmaps',
      'csidrivers.storage.k8s.io',
      'csinodes.storage.k8s.io',
      'csistoragecapacities.storage.k8s.io',
      'events',
      'namespaces',
      'persistentvolumeclaims',
      'persistentvolumes',
      'pods',
      'secrets',
      'storageclasses.storage.k8s.io',
      'volumeattachments.storage.k8s.io',
    ],
    undetermined: ['claimed'],
  },
  {
    who: 'who may get one Pod by its name',
    cluster: only('nodes'),
    namespaced: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'], resourceNames: ['tainted'] }],
    lacks: [],
    undetermined: [],
    error: /^error: you may not list Pods in namespace \S+: .*\na Role in \S+ with this rule would allow it/,
  },
  {
    who: 'who may do nothing',
    lacks: [],
    undetermined: [],
    error: /^error: you may not list Pods/,
  },
]

function without(...resources: readonly string[]): readonly Rule[] {
  return rulesFor(neededReads.filter(({ resource }) => !resources.includes(resource)))
}

function only(...resources: readonly string[]): readonly Rule[] {
  return rulesFor(neededReads.filter(({ resource, group }) => group === '' && resources.includes(resource)))
}

const container = { name: 'main', image: 'example.com/app:1' }

/** Pods that wait in a namespace, each for another reason; on nodes of their own, so that clusters may hold others. */
export function rightsObjects(namespace: string, mark: string): readonly object[] {
  const here = { nodeSelector: { run: mark } }
  const helm = { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': namespace }
  return [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: `${mark}-slow` },
      provisioner: 'kubernetes.io/no-provisioner',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: `${mark}-slow`,
        resources: { requests: { storage: '1Gi' } },
      },
      status: { phase: 'Pending' },
    },
    pod('tainted', namespace, { ...here, containers: [container] }),
    pod('claimed', namespace, {
      ...here,
      tolerations: [{ operator: 'Exists' }],
      containers: [container],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    }),
    pod('released', namespace, { ...here, containers: [container] }, helm),
  ]
}

function pod(name: string, namespace: string, spec: object, annotations?: object): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app: name }, ...(annotations === undefined ? {} : { annotations }) },
    spec,
    status: { phase: 'Pending' },
  }
}
