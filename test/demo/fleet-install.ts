import { cleanup, configMap, controllers, dailyCleanup, system, workloadTemplate } from './fleet.ts'
import { type Hook, releaseSecret } from './helm-release.ts'
import { type Ago, type DemoObject, namespace, toleration } from './objects.ts'
import { job, type Standing } from './workloads.ts'

/**
 * Fleet 0.11.3 whose install hangs: the values tolerate the infra nodes, the controllers run there, but neither the
 * hook Job nor the CronJob's Job gets the tolerations.
 */
export function fleetInstall(ago: Ago, refused: Standing): DemoObject[] {
  const version = '0.11.3'
  const values = { tolerations: [toleration('dedicated=infra:NoSchedule')] }
  const parts = { version, minutes: 15, tolerations: values.tolerations, hashes: ['6c9f7d5b8d', '75b8f9c5c7'] as const }
  const [controller, gitjob] = controllers({ ...parts, on: ['infra-1', 'infra-2'] }, ago)
  const hookJob = job(`${system}/fleet-cleanup-clusterregistrations`, ago(14), {
    annotations: {
      'helm.sh/hook': 'post-install, post-upgrade',
      'helm.sh/hook-delete-policy': 'hook-succeeded, before-hook-creation',
    },
    spec: { backoffLimit: 1 },
    template: cleanup(version, 'clusterregistration', 'fleet-controller'),
    ...{ suffix: 'cnf8q', standing: refused },
  })
  const cronJob = dailyCleanup(version, ago(15), ago(9))
  const number = Math.floor(Date.parse(ago(9)) / 60_000)
  const cronRun = job(`${system}/fleet-cleanup-gitrepo-jobs-${number}`, ago(9), {
    owner: cronJob,
    template: cleanup(version, 'gitjob', 'gitjob'),
    ...{ suffix: 'rv7cn', standing: refused },
  })
  const hook: Hook = {
    path: 'templates/job_cleanup_clusterregistrations.yaml',
    object: hookJob[0] as DemoObject,
    events: ['post-install', 'post-upgrade'],
    deletePolicies: ['hook-succeeded', 'before-hook-creation'],
  }
  const config = configMap(version, ago(15))
  const release = releaseSecret({
    ...{ name: 'fleet', namespace: system, revision: 1, status: 'pending-install', deployed: ago(15) },
    chart: { name: 'fleet', version, appVersion: version, description: 'Fleet Controller - GitOps at Scale' },
    defaults: {
      tolerations: [],
      nodeSelector: {},
      migrations: { clusterRegistrationCleanup: true, gitrepoJobsCleanup: true },
    },
    values,
    templates: {
      'templates/deployment.yaml': workloadTemplate('Deployment', 'fleet-controller', true),
      'templates/deployment_gitjob.yaml': workloadTemplate('Deployment', 'gitjob', true),
      'templates/job_cleanup_clusterregistrations.yaml': workloadTemplate(
        'Job',
        'fleet-cleanup-clusterregistrations',
        false,
      ),
      'templates/job_cleanup_gitrepojobs.yaml': workloadTemplate('CronJob', 'fleet-cleanup-gitrepo-jobs', false),
    },
    rendered: {
      'templates/configmap.yaml': [config],
      'templates/deployment.yaml': controller.slice(0, 1),
      'templates/deployment_gitjob.yaml': gitjob.slice(0, 1),
      'templates/job_cleanup_gitrepojobs.yaml': [cronJob],
    },
    hooks: [hook],
  })
  return [namespace(system, ago(16)), release, config, ...controller, ...gitjob, ...hookJob, cronJob, ...cronRun]
}
