import fc from 'fast-check'
import { hostileJson, hostileText } from './hostile-text.ts'

/** Stands where a credential does; no error may repeat it. */
export const planted = 'PLANTED9credential8marker7'

const or = (right: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 8, arbitrary: right }, { weight: 1, arbitrary: hostileJson })
const record = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, or(one)])), { requiredKeys: [] })

const names = fc.constantFrom('a', 'b', '', '__proto__')
const files = fc.oneof(fc.constantFrom('/nowhere/file', '/dev/null', '.', 'a\0b', ''), hostileText)
const secret = fc.constantFrom(
  planted,
  `${planted}\n`,
  `${planted} ${planted}`,
  Buffer.from(planted).toString('base64'),
  Buffer.from(`-----BEGIN CERTIFICATE-----\n${planted}\n-----END CERTIFICATE-----\n`).toString('base64'),
  Buffer.from(`-----BEGIN EC PRIVATE KEY-----\n${planted}\n-----END EC PRIVATE KEY-----\n`).toString('base64'),
)
const address = fc.oneof(
  fc.constantFrom(
    'https://127.0.0.1:6443',
    'http://127.0.0.1',
    'host',
    '[::1]:1',
    'https://[::1',
    'https://host:99999',
    'ftp://host',
    'socks5://host:1',
    'https://host/k8s/../../x',
    `https://name:${planted}@host`,
    `://${planted}@`,
    `https://${planted}@:99999`,
  ),
  hostileText,
)
const cluster = record({
  server: address,
  'tls-server-name': hostileText,
  'insecure-skip-tls-verify': fc.constantFrom(true, false, 'true', 'maybe'),
  'certificate-authority': files,
  'certificate-authority-data': secret,
  'proxy-url': address,
  extensions: fc.array(record({ name: fc.constant('client.authentication.k8s.io/exec'), extension: hostileJson }), {
    maxLength: 2,
  }),
})
const user = record({
  token: secret,
  tokenFile: files,
  username: hostileText,
  password: secret,
  'client-certificate': files,
  'client-certificate-data': secret,
  'client-key': files,
  'client-key-data': secret,
  as: hostileText,
  'as-uid': hostileText,
  'as-groups': fc.array(hostileText, { maxLength: 3 }),
  'as-user-extra': fc.dictionary(hostileText, fc.array(hostileText, { maxLength: 2 }), { maxKeys: 2 }),
  // Never started: a plugin is run at the first request, and none is made.
  exec: record({
    command: fc.constantFrom('/nowhere/plugin', 'plugin', ''),
    apiVersion: fc.constantFrom('client.authentication.k8s.io/v1', 'v0'),
    args: fc.array(hostileText, { maxLength: 2 }),
    env: fc.array(record({ name: hostileText, value: secret }), { maxLength: 2 }),
    interactiveMode: fc.constantFrom('Never', 'Always', 'Perhaps'),
  }),
  'auth-provider': record({
    name: fc.constantFrom('oidc', 'gcp'),
    config: fc.dictionary(hostileText, secret, { maxKeys: 2 }),
  }),
})
const list = (part: string, of: fc.Arbitrary<unknown>) =>
  fc.array(or(record({ name: names, [part]: of })), { minLength: 1, maxLength: 3 })

/** A kubeconfig that is nearly right, so that most of them reach the credentials; in JSON, which is YAML too. */
export const hostileKubeconfig: fc.Arbitrary<string> = fc
  .record(
    {
      'current-context': or(names),
      clusters: or(list('cluster', cluster)),
      contexts: or(list('context', record({ cluster: names, user: names, namespace: hostileText }))),
      users: or(list('user', user)),
    },
    { requiredKeys: [] },
  )
  .map((value) => JSON.stringify(value))
