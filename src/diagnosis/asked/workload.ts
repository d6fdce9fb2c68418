import type { Inquiry } from '#diagnosis/inquiry.ts'
import { countsOf } from '#diagnosis/not-created/short-of-pods.ts'
import { isReady } from '#diagnosis/waits/waiting-clause.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { valueAt } from '#model/raw-object.ts'
import type { AskedObject } from '#report/explain-parts.ts'

/** The answer about a workload of whose Pods no diagnosis speaks. */
export function askedWorkload(object: ApiObject, pods: readonly Pod[], inquiry: Inquiry): AskedObject {
  const { namespace, name = '' } = object.metadata
  return {
    kind: object.kind,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    answer: answerOf(object, pods, inquiry),
  }
}

function answerOf(object: ApiObject, pods: readonly Pod[], { events }: Inquiry): string {
  const { namespace = '', name = '' } = object.metadata
  const title = `${object.kind} ${name}`
  if (valueAt(object, 'spec', 'suspend') === true) return `${title} is suspended: it starts nothing.`
  const alive = pods.filter(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed')
  if (alive.length > 0) {
    const ready = alive.filter(isReady).length
    if (alive.length === 1) return `The Pod of ${title} has a node, and is ${ready === 1 ? '' : 'not '}ready.`
    return `All ${alive.length.toLocaleString('en')} Pods of ${title} have a node; ${ready.toLocaleString('en')} ${ready === 1 ? 'is' : 'are'} ready.`
  }
  if (object.kind === 'CronJob') return `${title} has no Pod now.`
  const wanted = object.kind === 'Deployment' ? deploymentReplicas(object) : countsOf(object).wanted
  if (wanted === 0) return `${title} wants no Pods now.`
  if (valueAt(object, 'spec', 'paused') === true) {
    return `${title} is paused: it makes no Pods until \`kubectl -n ${namespace} rollout resume deployment ${name}\`.`
  }
  const said = events.about(object.kind, namespace, name).findLast(({ type }) => type === 'Warning')
  const why = said === undefined ? 'and nothing that was read says why' : `and says: ${said.message}`
  return `${title} wants ${wanted === 1 ? 'a Pod' : `${wanted} Pods`} and has none, ${why}.`
}

function deploymentReplicas(object: ApiObject): number {
  const value = valueAt(object, 'spec', 'replicas')
  return typeof value === 'number' ? value : 1
}
