import { describe, expect, test } from '@jest/globals'
import { refusalOf } from '#diagnosis/not-created/refusal.ts'

const rows = [
  {
    title: 'a quota that is exceeded tells its numbers',
    text: 'Error creating: pods "web-1" is forbidden: exceeded quota: limits, requested: pods=1,requests.cpu=2, used: pods=1,requests.cpu=100m, limited: pods=1,requests.cpu=1',
    code: 'QuotaExceeded',
    says: 'pods 1 of 1 used, 1 more asked; requests.cpu 100m of 1 used, 2 more asked',
  },
  {
    title: 'what a StatefulSet puts before the server’s words is left out',
    text: 'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: failed quota: q: must specify requests.cpu,requests.memory',
    code: 'QuotaNeedsRequests',
    says: 'requests.cpu, requests.memory',
  },
  {
    title: 'a LimitRange is named as what it is',
    text: 'pods "a" is forbidden: maximum cpu usage per Container is 1, but limit is 2',
    code: 'OutsideLimitRange',
    says: 'maximum cpu usage per Container is 1',
  },
  {
    title: 'a service account that is missing',
    text: 'pods "a-" is forbidden: error looking up service account shop/runner: serviceaccount "runner" not found',
    code: 'ServiceAccountMissing',
    says: 'shop/runner',
  },
  {
    title: 'a priority class that is missing',
    text: 'pods "a-" is forbidden: no PriorityClass with name gold was found',
    code: 'PriorityClassMissing',
    says: 'gold',
  },
  {
    title: 'a webhook that says no, with its words',
    text: 'admission webhook "v.example.com" denied the request: no latest tag',
    code: 'WebhookDenied',
    says: 'no latest tag',
  },
  {
    title: 'a webhook that does not answer',
    text: 'Internal error occurred: failed calling webhook "v.example.com": failed to call webhook: Post "https://policy.sec.svc:443/x?timeout=10s": no endpoints available for service "policy"',
    code: 'WebhookUnreachable',
    says: 'no endpoints available',
  },
  {
    title: 'Pod Security',
    text: 'pods "a" is forbidden: violates PodSecurity "restricted:latest": privileged (container "x" must not set it)',
    code: 'PodSecurityDenied',
    says: 'restricted:latest',
  },
  {
    title: 'a toleration that the API does not take',
    text: 'Pod "a-0" is invalid: spec.tolerations[0].operator: Invalid value: "": operator must be Exists when `key` is empty',
    code: 'InvalidPod',
    says: 'spec.tolerations[0].operator',
  },
  {
    title: 'a namespace with a whitelist of tolerations',
    text: 'pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace whitelist',
    code: 'OutsideTolerationsWhitelist',
    says: 'whitelist',
  },
  {
    title: 'a namespace with a whitelist of node selectors',
    text: 'pods "a" is forbidden: pod node label selector labels conflict with its namespace whitelist',
    code: 'NamespaceSelectorConflict',
    says: 'admission plugin PodNodeSelector',
  },
  {
    title: 'a quota that counts what some containers do not set, in the words of newer servers',
    text: 'pods "a" is forbidden: failed quota: q: must specify limits.cpu for: main,sidecar; requests.memory for: main',
    code: 'QuotaNeedsRequests',
    says: 'limits.cpu, not set in main, sidecar; requests.memory, not set in main',
  },
  {
    title: 'a quota of a priority class that the namespace does not have',
    text: 'pods "a" is forbidden: insufficient quota to match these scopes: [{PriorityClass In [system-cluster-critical]}]',
    code: 'RefusedByServer',
    says: 'only where a ResourceQuota of that scope is in the namespace',
  },
  { title: 'no words at all', text: 'Error creating: ', code: 'RefusedByServer', says: 'in words that are empty' },
  {
    title: 'what nobody knows is repeated, and cut where it is long',
    text: `something new ${'x'.repeat(400)}`,
    code: 'RefusedByServer',
    says: '...',
  },
]

describe('why the API server takes no Pod', () => {
  for (const { title, text, code, says } of rows) {
    test(title, () => {
      const refusal = refusalOf(text)
      expect(refusal.code).toBe(code)
      expect(refusal.why).toContain(says)
    })
  }

  const invalid: readonly [words: string, mend: string][] = [
    ['operator: Invalid value: "": operator must be Exists when `key` is empty', 'complete it with a key'],
    [
      'effect: Invalid value: "NoSchedule": effect must be \'NoExecute\' when `tolerationSeconds` is set',
      'take tolerationSeconds out',
    ],
    ['operator: Invalid value: "x": value must be empty when `operator` is \'Exists\'', 'take the value out'],
    [
      'effect: Unsupported value: "NO_SCHEDULE": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
      'write NoSchedule or PreferNoSchedule or NoExecute instead of NO_SCHEDULE',
    ],
    ['key: Invalid value: "a b": name part must consist of', 'mend that entry'],
  ]
  for (const [words, mend] of invalid) {
    test(`an invalid toleration: ${mend}`, () => {
      const refusal = refusalOf(`Pod "a-0" is invalid: spec.tolerations[0].${words}`)
      expect([refusal.code, refusal.mend]).toEqual(['InvalidPod', expect.stringContaining(mend)])
    })
  }

  test('the Service behind a webhook is read from its address', () => {
    const { service } = refusalOf('failed calling webhook "v": Post "https://policy.sec.svc:443/x": refused')
    expect(service).toEqual({ namespace: 'sec', name: 'policy' })
  })
})
