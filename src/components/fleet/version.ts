import type { KnownVersion } from '#components/component.ts'
import { mostTrusted } from '#components/known-version.ts'
import { find, imageIn } from '#components/lookup.ts'
import { imageNamed, imageOf, type Subject } from '#components/subject.ts'
import { textAt } from '#model/raw-object.ts'
import { fleetChartVersion, fleetConfig, fleetNamespace } from './install.ts'

/**
 * Fleet's version. For what the chart renders the chart's version is most to be trusted; for what controllers build
 * (agents, git jobs) the image of the controller that builds it. Images of gitjob count from 0.10 on: before, it had
 * a version of its own.
 */
export function fleetVersion(subject: Subject, builtBy: 'chart' | 'controller'): KnownVersion | undefined {
  const { cluster } = subject
  const chart = fleetChartVersion(subject)
  const own = imageNamed(subject, 'rancher/fleet', 'rancher/fleet-agent')
  const controller = imageIn(
    find(cluster, 'apps/v1', 'Deployment', fleetNamespace, 'fleet-controller'),
    'rancher/fleet',
  )
  const agentImage = imageOf(textAt(fleetConfig(cluster), 'agentImage'))
  const setting = find(cluster, 'management.cattle.io/v3', 'Setting', undefined, 'fleet-version')
  const fromChart = { written: chart, source: `chart fleet ${chart}` }
  const fromImages = [
    { written: controller?.tag, source: `image ${controller?.text} of Deployment fleet-controller` },
    { written: own?.tag, source: `image ${own?.text}` },
  ]
  return mostTrusted([
    ...(builtBy === 'chart' ? [fromChart, ...fromImages] : [...fromImages, fromChart]),
    { written: agentImage?.tag, source: `ConfigMap fleet-controller, agentImage ${agentImage?.text}` },
    { written: textAt(setting, 'value'), source: 'setting fleet-version' },
  ])
}
