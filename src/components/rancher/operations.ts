import { patchCommand } from '#components/command.ts'
import type { Piece } from '#components/component.ts'
import { find, standingInObject } from '#components/lookup.ts'
import { noPlace, placement, podPatch, present, untaintedNode } from '#components/placements.ts'
import { imageNamed, labelled, type Subject } from '#components/subject.ts'
import { isAtLeast } from '#components/version.ts'
import { annotationOf, textAt } from '#model/raw-object.ts'

const roleAnnotation = 'pod-impersonation.cattle.io/cluster-role'

/** Pods that Rancher's UI and controllers make on their own; each belongs to a ClusterRole, without controller flag. */
function isImpersonated(subject: Subject, name: RegExp, role: string): boolean {
  const { pod } = subject
  if (subject.kind !== 'Pod' || !name.test(pod?.metadata.name ?? '')) return false
  const marked =
    annotationOf(subject.root, roleAnnotation)?.startsWith(role) === true ||
    pod?.metadata.annotations?.[roleAnnotation]?.startsWith(role) === true
  return (
    marked ||
    (labelled(subject, 'pod-impersonation.cattle.io/token') !== undefined &&
      imageNamed(subject, 'rancher/shell') !== undefined)
  )
}

const helmOperation: Piece = {
  id: 'rancher/helm-operation',
  docs: {
    recognised: "Pod `helm-operation-*` with Rancher's impersonation label or annotation",
    set: "nowhere for system charts: patch the Pending Pod, or make one node schedulable; `operationTolerations` of the API for a person's own operations",
    versions: 'built-in list changed in 2.11.0; `operationTolerations` from 2.10.0',
    source: 'pkg/catalogv2/helmop/operation.go; rancher/rancher#48541, #46228, #48130',
  },
  recognises: (subject) => isImpersonated(subject, /^helm-operation-/, 'pod-impersonation-helm-op-'),
  placements: ({ subject, version }) => {
    const name = subject.pod?.metadata.name ?? ''
    const operation = find(subject.cluster, 'catalog.cattle.io/v1', 'Operation', subject.namespace, name)
    const release = textAt(operation, 'status', 'release')
    const action = textAt(operation, 'status', 'action') ?? 'operation'
    const doing = release === undefined ? '' : `It is the ${action} of release ${release}. `
    const old = version !== undefined && !isAtLeast(version.version, '2.11.0')
    return [
      podPatch(subject, {
        reach: { kind: 'NotReached', mendedIn: [] },
        evidence: `${doing}No setting gives tolerations to operations of system charts (rancher/rancher#48541)`,
        afterwards: ['Rancher makes a new Pod at its next try, without this toleration.'],
        warnings: [
          'Neither extraTolerations nor appendTolerations of an agent reaches it.',
          ...(old
            ? [
                'Up to 2.10 the built-in list spells the role node-role.kubernetes.io/controlplane and does not match node-role.kubernetes.io/control-plane; 2.11.0 mends that (rancher/rancher#46228).',
              ]
            : []),
        ],
      }),
      untaintedNode(
        'make one node schedulable for the minutes of the operation, or let a mutating policy add the toleration',
        {
          warnings: [
            "A person's own operation takes operationTolerations in the API from Rancher 2.10.0 on (rancher/rancher#46347).",
          ],
        },
      ),
    ]
  },
}

const shell: Piece = {
  id: 'rancher/shell',
  docs: {
    recognised: "Pod `dashboard-shell-*` with Rancher's impersonation label or annotation",
    set: 'nowhere: patch the Pending Pod, or use kubectl from elsewhere',
    versions: 'all; built-in entries carry value `true` and miss taints without a value',
    source: 'pkg/api/steve/clusters/shell.go; rancher/rancher#50931, #52552',
  },
  recognises: (subject) => isImpersonated(subject, /^dashboard-shell-/, 'pod-impersonation-shell-'),
  placements: ({ subject }) => [
    podPatch(subject, {
      reach: { kind: 'NotReached', mendedIn: [] },
      evidence:
        'Rancher builds kubectl shells with a fixed list, and its role entries have the value true (rancher/rancher#52552)',
      warnings: ['The next shell waits again.'],
    }),
    untaintedNode('make one node schedulable, or use kubectl with a downloaded kubeconfig'),
  ],
}

const upgradePlan: Piece = {
  id: 'rancher/upgrade-plan',
  docs: {
    recognised: 'Job or Pod with label `upgrade.cattle.io/plan`',
    set: '`spec.tolerations` of the Plan (`upgrade.cattle.io`)',
    versions: "all; Rancher's own plans tolerate every taint",
    source: 'rancher/system-upgrade-controller pkg/upgrade/job/job.go',
  },
  recognises: (subject) =>
    ['Job', 'Pod', 'Plan'].includes(subject.kind) && labelled(subject, 'upgrade.cattle.io/plan') !== undefined,
  placements: ({ subject }) => {
    const plan = labelled(subject, 'upgrade.cattle.io/plan') ?? 'NAME'
    const object = find(subject.cluster, 'upgrade.cattle.io/v1', 'Plan', subject.namespace, plan)
    return present(
      placement({
        target: {
          kind: 'CustomResource',
          path: 'spec.tolerations',
          resource: 'Plan.upgrade.cattle.io',
          namespace: subject.namespace,
          name: plan,
        },
        standing: standingInObject(object, ['spec', 'tolerations'], 'the Plan'),
        evidence: "system-upgrade-controller adds the Plan's spec.tolerations to its Jobs",
        apply: [patchCommand('plans.upgrade.cattle.io', subject.namespace, plan)],
      }),
      podPatch(subject),
    )
  },
}

const machineProvision: Piece = {
  id: 'rancher/machine-provision',
  docs: {
    recognised: 'Job `*-machine-provision`, label `rke.cattle.io/infra-machine-name`',
    set: 'nowhere: patch the Pending Pod, or make one node schedulable',
    versions: 'all',
    source: 'pkg/controllers/capr/machineprovision/template.go',
  },
  recognises: (subject) =>
    (subject.kind === 'Job' || subject.kind === 'Pod' || /\/?Machine$/.test(subject.kind)) &&
    labelled(subject, 'rke.cattle.io/infra-machine-name') !== undefined,
  placements: ({ subject }) => [
    noPlace('Rancher builds machine-provision Jobs without tolerations, and no setting changes that'),
    podPatch(subject, { warnings: ['The Job of the next machine waits again; until then no node is made.'] }),
    untaintedNode('make one node of the management cluster schedulable'),
  ],
}

/** Pods and Jobs that Rancher's controllers make for one task. */
export const operationPieces: readonly Piece[] = [helmOperation, shell, upgradePlan, machineProvision]
