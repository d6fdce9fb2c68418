import { editCommand, helmUpgrade } from '#components/command.ts'
import type { Piece, Placement, PlacementQuestion } from '#components/component.ts'
import { find, standingInRelease, standingInYaml } from '#components/lookup.ts'
import { helmTarget, placement, podPatch, present } from '#components/placements.ts'
import { clusterField, downstreamCluster, localCluster } from '#components/rancher-cluster.ts'
import { rancherChartVersion, rancherNamespace, runsRancherServer } from '#components/rancher-server.ts'
import { imageNamed, isNamed } from '#components/subject.ts'
import { hasChange, isAtLeast } from '#components/version.ts'
import { textAt } from '#model/raw-object.ts'

const webhookKeySince = ['2.7.7']
const fieldSince = '2.15.0-alpha.1'

/** rancher-webhook, in Rancher's own cluster and in those it manages. */
export const webhook: Piece = {
  id: 'rancher/webhook',
  docs: {
    recognised: 'Deployment `rancher-webhook` in `cattle-system`, image `rancher/rancher-webhook`',
    set: '`webhook.tolerations` of chart rancher; in managed clusters ConfigMap `rancher-config`, key `rancher-webhook`; from 2.15 `spec.webhookDeploymentCustomization.appendTolerations`',
    versions: '2.7.7 and newer',
    source: 'pkg/controllers/dashboard/systemcharts/controller.go; rancher/rancher#54335',
  },
  recognises: (subject) =>
    isNamed(subject, ['Deployment'], 'rancher-webhook') && imageNamed(subject, 'rancher/rancher-webhook') !== undefined,
  placements: (question) => present(...places(question), podPatch(question.subject)),
}

function places(question: PlacementQuestion): Placement[] {
  const { subject, version } = question
  const old = version !== undefined && !hasChange(version.version, webhookKeySince)
  const reach = old ? { reach: { kind: 'NotReached', mendedIn: webhookKeySince } as const } : {}
  const configMap = fromConfigMap(question, reach)
  const isLocal = runsRancherServer(subject.cluster)
  const hasField = version !== undefined && isAtLeast(version.version, fieldSince)
  const field = hasField
    ? clusterField(subject, isLocal ? localCluster : downstreamCluster(subject), 'webhookDeploymentCustomization', {
        evidence: 'Rancher 2.15 and newer passes it on to the webhook (rancher/rancher#54335)',
        requires: 'Rancher 2.15.0 or newer',
      })
    : undefined
  return isLocal ? present(fromRancherChart(question, reach), configMap, field) : present(field, configMap)
}

const overwritten = 'Not in the values of release rancher-webhook: Rancher overwrites them.'

function fromRancherChart({ subject }: PlacementQuestion, facts: Partial<Placement>): Placement {
  const standing = standingInRelease(subject.cluster, rancherNamespace, 'rancher', ['webhook', 'tolerations'])
  const live = standingInRelease(subject.cluster, rancherNamespace, 'rancher-webhook', ['tolerations'])
  return placement({
    target: helmTarget('rancher', rancherNamespace, 'webhook.tolerations'),
    standing: live.unknown === undefined && live.entries.length > standing.entries.length ? live : standing,
    evidence:
      "the rancher chart writes webhook: into ConfigMap rancher-config, which Rancher passes to the webhook's chart (2.7.7 and newer)",
    apply: [helmUpgrade('rancher', 'rancher-stable/rancher', rancherNamespace, rancherChartVersion(subject.cluster))],
    afterwards: [
      'Rancher then upgrades release rancher-webhook by a helm-operation Pod, which must find a node itself.',
    ],
    warnings: [overwritten, 'extraTolerations does not reach the webhook.'],
    ...facts,
  })
}

function fromConfigMap({ subject }: PlacementQuestion, facts: Partial<Placement>): Placement {
  const object = find(subject.cluster, 'v1', 'ConfigMap', rancherNamespace, 'rancher-config')
  const text = textAt(object, 'data', 'rancher-webhook')
  return placement({
    target: {
      kind: 'ConfigMap',
      path: 'data[rancher-webhook] tolerations',
      namespace: rancherNamespace,
      name: 'rancher-config',
    },
    standing:
      object !== undefined && text === undefined
        ? { entries: [] }
        : standingInYaml(subject, text, ['tolerations'], 'rancher-config key rancher-webhook'),
    evidence: "Rancher passes the YAML text of key rancher-webhook to the webhook's chart (2.7.7 and newer)",
    apply: [editCommand('configmap', rancherNamespace, 'rancher-config')],
    warnings: [overwritten],
    ...facts,
  })
}
