/** A type that may stand before the slash of `TYPE/NAME`. */
export interface ResourceType {
  readonly kind: string
  readonly group: string
  readonly plural: string
  readonly shortNames: readonly string[]
}

/** The types that questions can be asked about, with the names kubectl has for them. */
export const resourceTypes: readonly ResourceType[] = [
  { kind: 'Pod', group: '', plural: 'pods', shortNames: ['po'] },
  { kind: 'Node', group: '', plural: 'nodes', shortNames: ['no'] },
  { kind: 'PersistentVolumeClaim', group: '', plural: 'persistentvolumeclaims', shortNames: ['pvc'] },
  { kind: 'ReplicationController', group: '', plural: 'replicationcontrollers', shortNames: ['rc'] },
  { kind: 'Deployment', group: 'apps', plural: 'deployments', shortNames: ['deploy'] },
  { kind: 'ReplicaSet', group: 'apps', plural: 'replicasets', shortNames: ['rs'] },
  { kind: 'StatefulSet', group: 'apps', plural: 'statefulsets', shortNames: ['sts'] },
  { kind: 'DaemonSet', group: 'apps', plural: 'daemonsets', shortNames: ['ds'] },
  { kind: 'Job', group: 'batch', plural: 'jobs', shortNames: [] },
  { kind: 'CronJob', group: 'batch', plural: 'cronjobs', shortNames: ['cj'] },
]

/** Finds a type by what kubectl takes: plural, singular, short name, kind, also with group or version and group. */
export function findResourceType(text: string): ResourceType | undefined {
  const [name = '', ...rest] = text.toLowerCase().split('.')
  const group = rest.join('.')
  return resourceTypes.find((type) => {
    const names = [type.plural, type.kind.toLowerCase(), ...type.shortNames]
    return (
      names.includes(name) &&
      (group === '' || group === type.group || group === `v1.${type.group}` || (type.group === '' && group === 'v1'))
    )
  })
}
