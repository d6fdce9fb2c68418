import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import type { HelmRelease } from '#model/helm-release.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { anObject, aRecord, aRelease, releaseJson, rendered } from '#test/builders/owned.ts'

const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'migrate' },
  spec: {
    template: {
      spec: {
        tolerations: [{ key: 'tier', operator: 'Exists' }],
        containers: [
          { name: 'main', image: 'shop:1', env: [{ name: 'PASSWORD', value: 'secret' }], args: ['--token=x'] },
        ],
      },
    },
  },
}
const facts = {
  status: 'pending-install',
  chart: {
    metadata: {
      name: 'shop',
      version: '1.4.0',
      appVersion: '2.3',
      dependencies: [{ name: 'component', alias: 'backend', version: '1.0.0', condition: 'backend.enabled' }],
    },
    templates: [{ name: 'templates/web.yaml', data: Buffer.from('{{ .Values.tolerations }}').toString('base64') }],
    values: { tolerations: [] },
  },
  values: { tolerations: [{ key: 'tier', operator: 'Exists' }] },
  manifest:
    rendered('shop/templates/web.yaml', {
      ...job,
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: { name: 'web', namespace: 'front' },
    }) +
    '---\n# Source: shop/templates/secret.yaml\napiVersion: v1\nkind: Secret\nmetadata:\n  name: login\n  labels:\n    name: other\nstringData:\n  password: hunter2\n' +
    '---\n# Source: shop/templates/list.yaml\n' +
    JSON.stringify({
      kind: 'List',
      items: [
        { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } },
        { apiVersion: 'v1', kind: 'Service', metadata: { name: 'b' } },
      ],
    }) +
    '\n---\n# only a comment\n---\n# Source: shop/templates/broken.yaml\na: [1,\n',
  hooks: [
    {
      name: 'migrate',
      kind: 'Job',
      path: 'shop/templates/migrate.yaml',
      manifest: JSON.stringify(job),
      events: ['post-install'],
      weight: 5,
      delete_policies: ['hook-succeeded'],
    },
  ],
}

function releases(...objects: readonly object[]): readonly HelmRelease[] {
  const { objects: kept } = aCluster(objects)
  expect(kept.every((object) => object.kind === 'HelmRelease')).toBe(true)
  return kept as unknown as readonly HelmRelease[]
}

const only = (object: object): HelmRelease => releases(object)[0] as HelmRelease

describe('a Helm release record', () => {
  test('is unpacked to what says where workloads come from and what feeds them', () => {
    const release = only(aRelease('shop', 'shop', facts))
    expect(release).toMatchObject({
      apiVersion: 'taintdoctor.dev/v1alpha1',
      metadata: { name: 'shop.v1', namespace: 'shop' },
      release: 'shop',
      revision: 1,
      status: 'pending-install',
      storedIn: 'Secret sh.helm.release.v1.shop.v1',
      values: facts.values,
      chart: {
        name: 'shop',
        version: '1.4.0',
        appVersion: '2.3',
        dependencies: [{ name: 'component', alias: 'backend', version: '1.0.0', condition: 'backend.enabled' }],
        templates: [{ name: 'templates/web.yaml', text: '{{ .Values.tolerations }}' }],
        values: { tolerations: [] },
      },
    })
    expect(release.problem).toBeUndefined()
  })

  test('names the template of each object, and what cannot be read does not hide the rest', () => {
    const { objects = [] } = only(aRelease('shop', 'shop', facts))
    expect(objects.map(({ source, kind, namespace, name }) => [source, kind, namespace, name])).toEqual([
      ['shop/templates/web.yaml', 'Deployment', 'front', 'web'],
      ['shop/templates/secret.yaml', 'Secret', undefined, 'login'],
      ['shop/templates/list.yaml', 'Service', undefined, 'a'],
      ['shop/templates/list.yaml', 'Service', undefined, 'b'],
      ['shop/templates/broken.yaml', undefined, undefined, undefined],
    ])
    expect(objects[4]?.problem).toMatch(/^the document is not YAML/)
  })

  test('lists its hooks, which stand in no manifest', () => {
    expect(only(aRelease('shop', 'shop', facts)).hooks).toMatchObject([
      {
        source: 'shop/templates/migrate.yaml',
        kind: 'Job',
        name: 'migrate',
        events: ['post-install'],
        weight: 5,
        deletePolicies: ['hook-succeeded'],
      },
    ])
  })

  test('keeps tolerations of workloads, and neither environment, arguments nor the data of Secrets', () => {
    const text = JSON.stringify(only(aRelease('shop', 'shop', facts)).objects)
    expect(text).toContain('"tolerations":[{"key":"tier"')
    expect(text).not.toMatch(/PASSWORD|token|hunter2/)
  })

  test('in a ConfigMap is wrapped in base64 once', () => {
    const packed = gzipSync(JSON.stringify(releaseJson('shop', 'shop', facts))).toString('base64')
    const map = anObject('v1 ConfigMap', 'sh.helm.release.v1.shop.v1')
      .in('shop')
      .labelled({ owner: 'helm', name: 'shop', status: 'deployed', version: '1' })
      .having({ data: { release: packed } })
    expect(only(map)).toMatchObject({
      release: 'shop',
      chart: { version: '1.4.0' },
      storedIn: 'ConfigMap sh.helm.release.v1.shop.v1',
    })
  })

  test('need not be gzip', () => {
    const plain = Buffer.from(JSON.stringify(releaseJson('shop', 'shop', facts))).toString('base64')
    expect(only(aRecord('shop', 'shop', plain))).toMatchObject({ chart: { name: 'shop' } })
  })

  test('of the newest revision is kept, and the newest deployed one beside it', () => {
    const at = (revision: number, status: string) => aRelease('shop', 'shop', { ...facts, revision, status })
    const kept = releases(at(9, 'superseded'), at(12, 'pending-upgrade'), at(11, 'deployed'), at(10, 'superseded'))
    expect(kept.map(({ revision, status }) => [revision, status])).toEqual([
      [11, 'deployed'],
      [12, 'pending-upgrade'],
    ])
  })

  test('that a snapshot holds unpacked reads the same', () => {
    const release = only(aRelease('shop', 'shop', facts))
    expect(only(JSON.parse(JSON.stringify(release)) as object)).toEqual(release)
  })

  test('that a snapshot holds in other shapes leaves out what is not right', () => {
    const odd = {
      apiVersion: 'taintdoctor.dev/v1alpha1',
      kind: 'HelmRelease',
      metadata: { name: 'x' },
      release: 7,
      objects: 'no',
      hooks: [3],
    }
    expect(only(odd)).toEqual({
      apiVersion: 'taintdoctor.dev/v1alpha1',
      kind: 'HelmRelease',
      metadata: { name: 'x' },
      hooks: [{}],
    })
  })
})

const zip = (value: unknown): string =>
  gzipSync(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64')
const packed = zip(releaseJson('shop', 'shop', facts))
const deep = `{"name":"shop","chart":{},"config":${'{"a":'.repeat(300)}1${'}'.repeat(300)}}`

describe('a Helm release record that cannot be read', () => {
  const rows: readonly [title: string, packed: string, problem: RegExp][] = [
    ['cut off', packed.slice(0, packed.length / 2 - ((packed.length / 2) % 4)), /is cut off/],
    ['not base64', '!!!', /is not base64/],
    ['empty', '', /holds no release/],
    ['no gzip and no JSON', Buffer.from('hello').toString('base64'), /is neither gzip nor whole JSON/],
    ['gzip of no JSON', zip('hello'), /is neither gzip nor whole JSON/],
    ['JSON of another kind', zip([1]), /is no JSON object/],
    ['of another Helm', zip({ name: 'shop', info: {} }), /another Helm wrote it/],
    ['nested without end', zip(deep), /nested more than 200 levels/],
    ['a bomb', gzipSync(Buffer.alloc(80 * 2 ** 20, 32)).toString('base64'), /unpacks to more than 64 MiB/],
  ]
  for (const [title, content, problem] of rows) {
    test(`${title}: says so, and keeps what its labels say`, () => {
      const release = only(aRecord('shop', 'shop', content, { revision: 3, status: 'failed' }))
      expect(release.problem).toMatch(problem)
      expect(release).toMatchObject({ release: 'shop', revision: 3, status: 'failed' })
    })
  }

  test('without data, and of odd shapes', () => {
    const bare = anObject('v1 Secret', 'sh.helm.release.v1.shop.v1').having({ type: 'helm.sh/release.v1' })
    expect(only(bare)).toMatchObject({ release: 'shop', revision: 1, problem: 'the record holds no release' })
  })

  test('a document that aliases blow up is not expanded', () => {
    const levels = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(',')}]`),
    ]
    const manifest = `---\n# Source: bomb.yaml\n${levels.join('\n')}\n`
    expect(only(aRelease('shop', 'shop', { manifest })).objects?.[0]?.problem).toMatch(/not YAML/)
  })
})

describe('objects of odd shapes', () => {
  const odd: readonly object[] = [
    { apiVersion: 'v1', kind: 'Secret', type: 'helm.sh/release.v1' },
    { apiVersion: 'v1', kind: 'Secret', type: 'helm.sh/release.v1', metadata: { name: 7 } },
    { apiVersion: 'v1', kind: 'Secret', metadata: null },
  ]
  for (const object of odd) {
    test(`${JSON.stringify(object)} is left out`, () => expect(aCluster([object]).objects).toEqual([]))
  }
  test('labels and fields of other types are passed over', () => {
    const record = {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'helm.sh/release.v1',
      metadata: { name: 'x', namespace: 3, labels: { version: 9, name: ['a'] }, uid: {} },
      data: { release: 12 },
    }
    expect(only(record)).toMatchObject({
      metadata: { name: 'x.v0' },
      release: 'x',
      problem: 'the record holds no release',
    })
  })
})

describe('other Secrets', () => {
  test('are not kept', () => {
    const token = anObject('v1 Secret', 'token').having({ type: 'Opaque', data: { token: 'eA==' } })
    expect(aCluster([token]).objects).toEqual([])
  })
  test('ConfigMaps that only look like records stay what they are', () => {
    const map = anObject('v1 ConfigMap', 'settings')
      .labelled({ owner: 'helm' })
      .having({ data: { release: 'x' } })
    expect(aCluster([map]).objects.map(({ kind }) => kind)).toEqual(['ConfigMap'])
  })
})
