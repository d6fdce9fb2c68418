import { expect, test } from '@jest/globals'
import { connect } from '#cluster/access/index.ts'

test('a kubeconfig’s contents, given where its name belongs, are not repeated', async () => {
  const contents = 'apiVersion: v1\nusers:\n  - name: me\n    user: {client-key-data: VERY-SECRET}\n'
  const error = await connect({ kubeconfig: contents }).then(
    () => undefined,
    (trouble: Error & { code?: string }) => trouble,
  )
  expect(error?.code).toBe('BadOption')
  expect(`${error?.message}${error?.stack}`).not.toContain('VERY-SECRET')
})
