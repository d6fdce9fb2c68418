import { command } from '#components/command.ts'
import type { Piece, Placement, PlacementQuestion } from '#components/component.ts'
import { find } from '#components/lookup.ts'
import { coversAll } from '#components/made-before.ts'
import { also, jobOf, placement, podPatch, present } from '#components/placements.ts'
import { imageNamed, ownerOfKind, type Subject, tolerationsOf } from '#components/subject.ts'
import { hasChange } from '#components/version.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { labelOf, valueAt } from '#model/raw-object.ts'
import { fleetNamespace } from './install.ts'
import { fleetValue } from './values.ts'

/** From here on git jobs copy the tolerations of Deployment fleet-controller. */
const copiedSince = ['0.12.0-alpha.15']

/** The Job that renders the bundles of a GitRepo. */
export const gitJob: Piece = {
  id: 'fleet/git-job',
  docs: {
    recognised: 'Job owned by a GitRepo (`fleet.cattle.io`), up to 0.9 by a GitJob, image `rancher/fleet`',
    set: '`tolerations` of chart fleet, copied from Deployment `fleet-controller`; then raise `spec.forceSyncGeneration` of the GitRepo',
    versions: 'from 0.12; before, nothing reaches it',
    source: 'internal/cmd/controller/gitops/reconciler/gitjob_controller.go; rancher/fleet#3362, #3323',
  },
  recognises: (subject) => {
    const owner = ownerOfKind(subject, 'GitRepo') ?? ownerOfKind(subject, 'GitJob')
    if (owner !== undefined)
      return /^(fleet|gitjob)\.cattle\.io\//.test(owner.apiVersion) && jobOf(subject) !== undefined
    const job = subject.root.kind === 'Job' ? subject.root : undefined
    return (
      job !== undefined &&
      labelOf(job, 'fleet.cattle.io/gitrepo-generation') !== undefined &&
      imageNamed(subject, 'rancher/fleet') !== undefined
    )
  },
  placements: (question) => {
    const { subject, version, wanted } = question
    if (wanted.length > 0 && coversAll(tolerationsOf(controllerOf(subject)), wanted)) return madeEarlier(question)
    if (version !== undefined && !hasChange(version.version, copiedSince)) return notCopied(question)
    const reach =
      version === undefined
        ? ({
            kind: 'Unknown',
            because: "Fleet's version is not known; git jobs copy the controller's tolerations from 0.12 on",
          } as const)
        : ({ kind: 'Documented' } as const)
    const value = fleetValue(subject, version, {
      path: 'tolerations',
      evidence: 'from 0.12 on git jobs copy the tolerations of Deployment fleet-controller (rancher/fleet#3362)',
      facts: { reach },
    })
    const [natural, ...others] = value
    const afterwards = [
      `Then make the Job anew: raise spec.forceSyncGeneration of GitRepo ${repoName(subject)}. Deleting the Job brings no new one from 0.10.4 on.`,
    ]
    const warnings = ["Fleet's own entries may stand twice in the Pod (built in, and copied): that is normal."]
    return present(
      natural === undefined ? undefined : also(natural, { afterwards, warnings }),
      podPatch(subject),
      ...others,
    )
  },
}

function controllerOf({ cluster }: Subject): ApiObject | undefined {
  return find(cluster, 'apps/v1', 'Deployment', fleetNamespace, 'fleet-controller')
}

/** The controller tolerates it already; the Job was built before, and Jobs do not change. */
function madeEarlier({ subject, version }: PlacementQuestion): readonly Placement[] {
  if (version !== undefined && !hasChange(version.version, copiedSince))
    return notCopied({ subject, version, wanted: [] })
  const repo = repoName(subject)
  const object = find(subject.cluster, 'fleet.cattle.io/v1alpha1', 'GitRepo', subject.namespace, repo)
  const generation = valueAt(object, 'spec', 'forceSyncGeneration')
  const next = (typeof generation === 'number' ? generation : 0) + 1
  return [
    placement({
      target: {
        kind: 'CustomResource',
        path: 'spec.forceSyncGeneration',
        resource: 'GitRepo.fleet.cattle.io',
        namespace: subject.namespace,
        name: repo,
      },
      takesTolerations: false,
      sets: [{ path: 'spec.forceSyncGeneration', value: next }],
      evidence:
        "Deployment fleet-controller tolerates this already; the git job was made before, and a Job's template does not change",
      apply: [
        `${command`kubectl -n ${subject.namespace} patch gitrepos.fleet.cattle.io ${repo}`} --type merge -p '{"spec":{"forceSyncGeneration":${next}}}'`,
      ],
      afterwards: ['Fleet deletes the old Job and builds a new one with the tolerations.'],
      warnings: [
        'The values hold these tolerations already: do not set them again.',
        'Deleting the Job by hand brings no new one from 0.10.4 on.',
      ],
    }),
    podPatch(subject),
  ]
}

/** Up to 0.11 nothing reaches git jobs. */
function notCopied({ subject, version }: PlacementQuestion): readonly Placement[] {
  const [natural] = fleetValue(subject, version, {
    path: 'tolerations',
    evidence: `Fleet ${version?.version.text ?? ''} builds git jobs with fixed tolerations; from 0.12.0 on it copies those of fleet-controller. A GitRepo has no field for them (rancher/fleet#3362, #3323)`,
    facts: { reach: { kind: 'NotReached', mendedIn: ['0.12.0'] } },
  })
  if (natural === undefined) return []
  const isRancher = natural.target.release === 'rancher'
  const newer: Placement = {
    ...natural,
    reach: { kind: 'Documented' },
    requires: isRancher ? 'Rancher 2.11.0 or newer, which brings Fleet 0.12' : 'chart fleet 0.12.0 or newer',
    evidence: 'from 0.12 on git jobs copy the tolerations of Deployment fleet-controller (rancher/fleet#3362)',
  }
  return [natural, podPatch(subject, { warnings: ['The next git job is made without it.'] }), newer]
}

function repoName(subject: Subject): string {
  const owner = ownerOfKind(subject, 'GitRepo') ?? ownerOfKind(subject, 'GitJob')
  return owner?.name ?? subject.serviceAccount?.replace(/^git-/, '') ?? 'NAME'
}
