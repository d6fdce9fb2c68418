import type { Inquiry } from '#diagnosis/inquiry.ts'
import { serviceSelects } from '#diagnosis/services.ts'
import type { Pod } from '#model/api/pod.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { listAt, textAt } from '#model/raw-object.ts'
import type { Held } from '#report/explain-parts.ts'
import { isReady } from './waiting-clause.ts'

const webhookKinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const

/** The webhooks that cannot answer while this Pod waits, because no other Pod stands behind their Service. */
export function webhooksHeldBy(pod: Pod, inquiry: Inquiry): readonly Held[] {
  const configurations = webhookKinds.flatMap((kind) => inquiry.index.ofKind('admissionregistration.k8s.io', kind))
  return configurations.flatMap((configuration) => heldOf(configuration, pod, inquiry))
}

function heldOf(configuration: ApiObject, pod: Pod, inquiry: Inquiry): readonly Held[] {
  const hooks = listAt(configuration, 'webhooks').filter((hook) => {
    const service = textAt(hook, 'clientConfig', 'service', 'name')
    const namespace = textAt(hook, 'clientConfig', 'service', 'namespace')
    return service !== undefined && namespace === pod.metadata.namespace && isOnlyBackend(service, pod, inquiry)
  })
  if (hooks.length === 0) return []
  const failing = hooks.filter((hook) => (textAt(hook, 'failurePolicy') ?? 'Fail') === 'Fail')
  const resources = [
    ...new Set(failing.flatMap((hook) => listAt(hook, 'rules').flatMap((rule) => listAt(rule, 'resources')))),
  ]
  const shown = resources
    .filter((one) => typeof one === 'string')
    .slice(0, 4)
    .join(', ')
  const why =
    failing.length === 0
      ? 'The webhook is skipped while nothing stands behind it (failurePolicy Ignore).'
      : `While nothing stands behind the webhook, the API server refuses requests for ${shown === '' ? 'what it covers' : shown} (failurePolicy Fail).`
  return [{ kind: configuration.kind, name: configuration.metadata.name ?? '', why }]
}

/** Whether the Service selects the Pod and no Pod that is ready. */
function isOnlyBackend(name: string, pod: Pod, inquiry: Inquiry): boolean {
  const service = inquiry.index.find('v1', 'Service', pod.metadata.namespace, name)
  if (service === undefined || !serviceSelects(service, pod)) return false
  return !inquiry.podsIn(pod.metadata.namespace ?? '').some((other) => isReady(other) && serviceSelects(service, other))
}
