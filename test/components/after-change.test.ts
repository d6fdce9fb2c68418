import { describe, expect, test } from '@jest/globals'
import { hookJob } from '#components/after-change.ts'
import { subjectOf } from '#components/subject.ts'
import type { ApiObject } from '#model/cluster-state.ts'
import { aCluster } from '#test/builders/cluster.ts'

/** What is still to be done about a hook Job with these annotations. */
function steps(hook: string, policy?: string): string {
  const root: ApiObject = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: 'check',
      namespace: 'shop',
      annotations: {
        'helm.sh/hook': hook,
        ...(policy === undefined ? {} : { 'helm.sh/hook-delete-policy': policy }),
      },
    },
  }
  return hookJob(subjectOf({ root, chain: { owners: [] }, cluster: aCluster([root]) })).join('\n')
}

describe('what is still to be done about a hook Job after its values were changed', () => {
  const rows: readonly [rule: string, hook: string, policy: string | undefined, says: string][] = [
    ['one of upgrades is made anew by the next', 'pre-install, pre-upgrade', undefined, 'and makes it anew'],
    ['one that nothing deletes is deleted first', 'post-upgrade', 'hook-succeeded', 'already exists'],
    [
      'one of installs only is made anew by no upgrade',
      'post-install',
      'before-hook-creation',
      'does not make it anew',
    ],
    [
      'one of both ends of an install neither',
      'pre-install,post-install',
      undefined,
      'hook of pre-install and post-install only',
    ],
  ]
  for (const [rule, hook, policy, says] of rows) {
    test(rule, () => {
      expect(steps(hook, policy)).toContain(says)
    })
  }
})
