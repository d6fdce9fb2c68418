import { hookJob } from '#components/after-change.ts'
import { deleteCommand, helmUpgrade } from '#components/command.ts'
import type { Piece, Placement, PlacementQuestion, PlacementReach } from '#components/component.ts'
import { releaseOf } from '#components/lookup.ts'
import { documented, jobOf, noPlace, placement, podPatch, present, workloadPatch } from '#components/placements.ts'
import { imageNamed, isNamed, labelled, type Subject } from '#components/subject.ts'
import { hasChange, isAtLeast } from '#components/version.ts'
import { cloudToleration, fleetNamespace, osToleration } from './install.ts'
import { fleetValue } from './values.ts'

const deployment = ['Deployment']

/** Whether the workload runs an image of Rancher Fleet, which FleetDM's `fleetdm/fleet` is not. */
function runsFleet(subject: Subject, ...more: readonly string[]): boolean {
  return imageNamed(subject, 'rancher/fleet', 'rancher/fleet-agent', ...more) !== undefined
}

/** A Deployment of the chart, with its shards. */
function deploymentPiece(id: string, name: string, docs: Piece['docs'], more: readonly string[] = []): Piece {
  const named = new RegExp(`^${name}(-shard-.+)?$`)
  return {
    id,
    docs,
    recognises: (subject) =>
      isNamed(subject, deployment, named) && labelled(subject, 'app') === name && runsFleet(subject, ...more),
    placements: deploymentPlaces,
  }
}

function deploymentPlaces({ subject, version }: PlacementQuestion): readonly Placement[] {
  const value = fleetValue(subject, version, {
    path: 'tolerations',
    evidence:
      'the fleet chart appends values.tolerations to its own in every Deployment (charts/fleet/templates/deployment*.yaml)',
  })
  return present(...value, workloadPatch(subject, { lasts: 'until the next helm upgrade' }))
}

const controller = deploymentPiece('fleet/controller', 'fleet-controller', {
  recognised: 'Deployment `fleet-controller` or `fleet-controller-shard-*`, label `app`, image `rancher/fleet`',
  set: '`tolerations` of chart fleet; under Rancher `fleet.tolerations` of chart rancher',
  versions: '0.8 to 0.16; under Rancher 2.8.3 and newer',
  source: 'charts/fleet/templates/deployment.yaml; rancher/rancher#43682',
})

const helmops = deploymentPiece('fleet/helmops', 'helmops', {
  recognised: 'Deployment `helmops` or `helmops-shard-*`, label `app`, image `rancher/fleet`',
  set: '`tolerations` of chart fleet',
  versions: '0.12 to 0.16',
  source: 'charts/fleet/templates/deployment_helmops.yaml',
})

const gitjob: Piece = {
  ...deploymentPiece(
    'fleet/gitjob',
    'gitjob',
    {
      recognised: 'Deployment `gitjob` or `gitjob-shard-*`, label `app`, image `rancher/fleet` or `rancher/gitjob`',
      set: '`tolerations` of chart fleet; up to 0.9 `gitjob.tolerations`, which replaces its default list',
      versions: '0.8 to 0.16; `gitjob.tolerations` is ignored from 0.10',
      source: 'charts/fleet/charts/gitjob; charts/fleet/templates/deployment_gitjob.yaml',
    },
    ['rancher/gitjob'],
  ),
  placements: (question) => {
    const { subject, version } = question
    const ownKey =
      imageNamed(subject, 'rancher/gitjob') !== undefined ||
      (version !== undefined && !isAtLeast(version.version, '0.10.0-alpha.1'))
    if (!ownKey) return deploymentPlaces(question)
    return fleetValue(subject, version, {
      path: 'gitjob.tolerations',
      defaults: [osToleration],
      evidence: 'up to 0.9 gitjob is a subchart with a list of its own (charts/fleet/charts/gitjob/values.yaml)',
      facts: {
        warnings: [
          'The list replaces the default, which holds cattle.io/os: repeat it. From 0.10 on the key is tolerations.',
        ],
      },
    })
  },
}

/** Both cleanup workloads got the chart's tolerations with these releases; 0.8 to 0.10 never did. */
const cleanupMended = ['0.11.4', '0.12.0']

function jobPiece(
  id: string,
  name: string,
  off: string,
  mended: readonly string[] | undefined,
  docs: Piece['docs'],
): Piece {
  return {
    id,
    docs,
    recognises: (subject) =>
      isNamed(
        subject,
        ['Job', 'CronJob'],
        name === 'fleet-cleanup-gitrepo-jobs' ? /^fleet-cleanup-gitrepo-jobs(-\d+)?$/ : name,
      ) &&
      (labelled(subject, 'app') === 'fleet-job' || runsFleet(subject)),
    placements: (question) => jobPlacements(question, off, mended),
  }
}

function jobPlacements(
  { subject, version }: PlacementQuestion,
  off: string,
  mended: readonly string[] | undefined,
): Placement[] {
  const job = jobOf(subject) ?? subject.name
  const reach = reachOf(version, mended)
  const dropped = reach.kind === 'NotReached'
  const evidence = dropped
    ? `chart fleet ${version?.version.text ?? ''} does not pass tolerations to this workload; mended in ${cleanupMended.join(' and ')} (rancher/fleet#3180)`
    : 'the chart passes values.tolerations to this workload (charts/fleet/templates/job_*.yaml)'
  const value = fleetValue(subject, version, { path: 'tolerations', evidence, facts: { reach } })
  const [natural, ...others] = value
  const switchedOff = fleetValue(subject, version, {
    path: off,
    evidence: `the chart leaves the workload out where ${off} is false`,
    facts: {
      takesTolerations: false,
      standing: { entries: [] },
      sets: [{ path: off, value: false }],
      lasts: null,
      afterwards: afterSwitchingOff(subject, job),
    },
  })[0]
  const newer = dropped && natural !== undefined ? newerChart(natural) : undefined
  return present(natural, newer, podPatch(subject, untilNext(subject)), switchedOff, ...(dropped ? [] : others))
}

function reachOf(version: PlacementQuestion['version'], mended: readonly string[] | undefined): PlacementReach {
  if (mended === undefined) return documented
  if (version === undefined)
    return {
      kind: 'Unknown',
      because: `Fleet's version is not known; the value reaches this workload from ${mended.join(' and ')}`,
    }
  return hasChange(version.version, mended) ? documented : { kind: 'NotReached', mendedIn: mended }
}

function newerChart(natural: Placement): Placement {
  const isRancher = natural.target.release === 'rancher'
  return {
    ...natural,
    reach: documented,
    requires: isRancher
      ? 'Rancher 2.10.3 or 2.11.0 or newer, which brings chart fleet 0.11.4 or 0.12.0'
      : 'chart fleet 0.11.4 or newer',
    evidence:
      'from 0.11.4 and 0.12.0 on the chart passes tolerations to both cleanup workloads (rancher/fleet#3281, #3282)',
    apply: natural.apply.map((command) =>
      command.replace(/--version \S+/, isRancher ? '--version 2.11.0' : '--version 0.11.4'),
    ),
  }
}

/** What becomes of a patched Pod when the work is due again. */
function untilNext(subject: Subject): Partial<Placement> {
  const cron = subject.kind === 'CronJob'
  return {
    warnings: [
      cron ? 'The next Job of the CronJob is made without it.' : 'The Job of the next helm upgrade is made without it.',
    ],
  }
}

function afterSwitchingOff(subject: Subject, job: string): string[] {
  const ended =
    'End a helm install or upgrade that still waits for this Job first: the release refuses changes until then.'
  if (subject.kind === 'CronJob') return [ended, 'The CronJob goes with the upgrade, and its Job and Pod with it.']
  return [
    ended,
    `Delete the old Job by hand: helm forgets a hook that the values leave out, and it stays. ${deleteCommand('job', subject.namespace, job)}`,
  ]
}

const patchSa: Piece = {
  id: 'fleet/patch-sa',
  docs: {
    recognised: 'Job `patch-fleet-sa` in `cattle-fleet-system`, service account `fleet-agent`',
    set: '`kubectl.tolerations` of chart fleet-agent, which replaces its default list',
    versions: 'up to 0.10.16, 0.11.7, 0.12.2; gone since',
    source: 'charts/fleet-agent/templates/patch_default_serviceaccount.yaml; rancher/fleet#3602',
  },
  recognises: (subject) => isNamed(subject, ['Job'], 'patch-fleet-sa') && subject.serviceAccount === 'fleet-agent',
  placements: ({ subject }) => {
    const release = releaseOf(subject) ?? { name: 'fleet-agent', namespace: fleetNamespace }
    return [
      placement({
        target: {
          kind: 'HelmValues',
          path: 'kubectl.tolerations',
          release: release.name,
          namespace: release.namespace,
          file: 'values.yaml',
        },
        standing: { entries: [cloudToleration], from: "the chart's defaults" },
        evidence: 'charts/fleet-agent/templates/patch_default_serviceaccount.yaml',
        apply: [helmUpgrade(release.name, 'fleet/fleet-agent', release.namespace)],
        afterwards: hookJob(subject),
        warnings: ["The list replaces the chart's default: repeat its entry for uninitialized nodes."],
      }),
      podPatch(subject),
      noPlace('the Job is gone from chart fleet-agent 0.11.8, 0.12.3 and 0.13.0 on', {
        reach: documented,
        requires: 'chart fleet-agent 0.11.8, 0.12.3 or newer',
      }),
    ]
  },
}

export const chartPieces: readonly Piece[] = [
  controller,
  gitjob,
  helmops,
  jobPiece(
    'fleet/cleanup-clusterregistrations',
    'fleet-cleanup-clusterregistrations',
    'migrations.clusterRegistrationCleanup',
    cleanupMended,
    {
      recognised: 'Job `fleet-cleanup-clusterregistrations`, label `app=fleet-job`, image `rancher/fleet`',
      set: '`tolerations` of chart fleet',
      versions:
        'from 0.11.4 and 0.12.0; not in 0.8 to 0.10 nor up to 0.11.3: switch off with `migrations.clusterRegistrationCleanup`',
      source: 'rancher/fleet#3180, #3281, #3282',
    },
  ),
  jobPiece('fleet/cleanup-gitrepo-jobs', 'fleet-cleanup-gitrepo-jobs', 'migrations.gitrepoJobsCleanup', cleanupMended, {
    recognised: 'CronJob `fleet-cleanup-gitrepo-jobs` (a Job of it too), label `app=fleet-job`, image `rancher/fleet`',
    set: '`tolerations` of chart fleet',
    versions: 'from 0.11.4 and 0.12.0; not in 0.10 nor up to 0.11.3: switch off with `migrations.gitrepoJobsCleanup`',
    source: 'rancher/fleet#3180, #3281, #3282',
  }),
  jobPiece(
    'fleet/migrate-gitrepo-helm-url-regex',
    'fleet-migrate-gitrepo-helm-url-regex',
    'migrations.gitrepoHelmURLRegexMigration',
    undefined,
    {
      recognised: 'Job `fleet-migrate-gitrepo-helm-url-regex`, label `app=fleet-job`, image `rancher/fleet`',
      set: '`tolerations` of chart fleet',
      versions: 'from its first: 0.12.15, 0.13.11, 0.14.6, 0.15.2, 0.16.0',
      source: 'rancher/fleet#5141',
    },
  ),
  patchSa,
]
