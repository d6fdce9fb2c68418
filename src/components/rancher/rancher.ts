import type { KnownSystem, KnownVersion } from '#components/component.ts'
import { mostTrusted } from '#components/known-version.ts'
import { rancherVersion } from '#components/rancher-server.ts'
import { imageNamed, type Subject } from '#components/subject.ts'
import { parseVersion } from '#components/version.ts'
import { agentPieces } from './agents.ts'
import { operationPieces } from './operations.ts'
import { serverPieces } from './server.ts'
import { systemChartPieces } from './system-charts.ts'
import { webhook } from './webhook.ts'

/** Rancher 2.8 to 2.15: its server, its agents and what they make. */
export const rancher: KnownSystem = {
  name: 'rancher',
  pieces: [...serverPieces, webhook, ...agentPieces, ...operationPieces, ...systemChartPieces],
  versionOf: rancherVersionOf,
}

function rancherVersionOf(subject: Subject): KnownVersion | undefined {
  const own = imageNamed(subject, 'rancher/rancher', 'rancher/rancher-agent')
  const inCluster = rancherVersion(subject.cluster)
  const fromOwn = { written: own?.tag, source: `image ${own?.text}` }
  if (inCluster !== undefined) {
    const rest = [inCluster, ...inCluster.disagreeing].map(({ version, source }) => ({ written: version.text, source }))
    return mostTrusted([fromOwn, ...rest])
  }
  return mostTrusted([fromOwn, fromWebhookChart(subject)])
}

/** Majors of rancher-webhook's chart follow Rancher's minors: 103 is 2.8, 110 is 2.15. */
function fromWebhookChart({ origin }: Subject): { written: string | undefined; source: string } {
  const chart = origin?.chart === 'rancher-webhook' ? origin.chartVersion : undefined
  const major = Number(/^(\d{3})\./.exec(chart ?? '')?.[1] ?? 0)
  const written = parseVersion(chart) === undefined || major < 103 ? undefined : `2.${major - 95}.0`
  return { written, source: `chart rancher-webhook ${chart}` }
}
