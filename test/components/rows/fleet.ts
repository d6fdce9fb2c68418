import type { Known } from '../workloads.ts'

const fleet = 'cattle-fleet-system'
const fleetJob = { app: 'fleet-job' }

/** Workloads of Rancher Fleet, built from what is known of them. */
export const fleetWorkloads: readonly Known[] = [
  [
    'fleet/controller',
    {
      owners: 'ReplicaSet/fleet-controller-1 Deployment/fleet-controller',
      namespace: fleet,
      labels: { app: 'fleet-controller' },
      images: ['rancher/fleet:v0.12.0'],
    },
  ],
  [
    'fleet/controller',
    {
      owners: 'ReplicaSet/x Deployment/fleet-controller-shard-a',
      namespace: fleet,
      labels: { app: 'fleet-controller' },
      images: ['registry.example.com:5000/rancher/fleet:v0.12.0@sha256:00'],
    },
  ],
  [
    'fleet/gitjob',
    {
      owners: 'ReplicaSet/gitjob-1 Deployment/gitjob',
      namespace: fleet,
      labels: { app: 'gitjob' },
      images: ['rancher/fleet:v0.12.0'],
    },
  ],
  [
    'fleet/gitjob',
    {
      owners: 'ReplicaSet/gitjob-1 Deployment/gitjob',
      namespace: fleet,
      labels: { app: 'gitjob' },
      images: ['rancher/gitjob:v0.9.26'],
    },
  ],
  [
    'fleet/helmops',
    {
      owners: 'ReplicaSet/helmops-1 Deployment/helmops',
      namespace: fleet,
      labels: { app: 'helmops' },
      images: ['rancher/fleet:v0.13.0'],
    },
  ],
  [
    'fleet/agent',
    {
      owners: 'ReplicaSet/fleet-agent-1 Deployment/fleet-agent',
      namespace: fleet,
      labels: { app: 'fleet-agent' },
      images: ['rancher/fleet-agent:v0.12.0'],
    },
  ],
  [
    'fleet/agent',
    {
      owners: 'StatefulSet/fleet-agent',
      namespace: fleet,
      labels: { app: 'fleet-agent' },
      images: ['rancher/fleet-agent:v0.11.0'],
    },
  ],
  [
    'fleet/git-job',
    { owners: 'Job/platform-e18d0 GitRepo/platform', namespace: 'fleet-local', images: ['rancher/fleet:v0.12.3'] },
  ],
  [
    'fleet/git-job',
    {
      owners: 'Job/platform-e18d0 GitJob/platform',
      apiVersion: 'gitjob.cattle.io/v1',
      namespace: 'fleet-local',
      images: ['rancher/fleet:v0.9.0'],
    },
  ],
  [
    'fleet/cleanup-clusterregistrations',
    {
      owners: 'Job/fleet-cleanup-clusterregistrations',
      namespace: fleet,
      labels: fleetJob,
      images: ['rancher/fleet:v0.11.3'],
    },
  ],
  [
    'fleet/cleanup-gitrepo-jobs',
    {
      owners: 'Job/fleet-cleanup-gitrepo-jobs-29922193 CronJob/fleet-cleanup-gitrepo-jobs',
      namespace: fleet,
      labels: fleetJob,
      images: ['rancher/fleet:v0.11.3'],
    },
  ],
  [
    'fleet/migrate-gitrepo-helm-url-regex',
    {
      owners: 'Job/fleet-migrate-gitrepo-helm-url-regex',
      namespace: fleet,
      labels: fleetJob,
      images: ['rancher/fleet:v0.12.15'],
    },
  ],
  [
    'fleet/patch-sa',
    {
      owners: 'Job/patch-fleet-sa',
      namespace: fleet,
      serviceAccount: 'fleet-agent',
      images: ['rancher/kubectl:v1.29'],
    },
  ],
]
