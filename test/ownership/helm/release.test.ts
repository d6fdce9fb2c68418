import { describe, expect, test } from '@jest/globals'
import type { ApiObject } from '#model/cluster-state.ts'
import { releaseHolding } from '#ownership/helm/release.ts'
import { aCluster } from '#test/builders/cluster.ts'
import { anObject, aRelease, rendered } from '#test/builders/owned.ts'

const spec = (image: string) => ({ spec: { template: { spec: { containers: [{ name: 'main', image }] } } } })
const web = anObject('apps/v1 Deployment', 'web').in('shop')
const ofShop = { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'shop' }
const hook = anObject('batch/v1 Job', 'migrate').in('shop').annotated({ 'helm.sh/hook': 'pre-upgrade' })
const hookEntry = {
  name: 'migrate',
  kind: 'Job',
  manifest: JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate' } }),
  events: ['pre-upgrade'],
}
const manifestOf = (image: string) =>
  rendered('shop/templates/web.yaml', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    ...spec(image),
  })
const at = (version: string, revision: number, status: string) =>
  aRelease('shop', 'shop', {
    revision,
    status,
    chart: { metadata: { name: 'shop', version } },
    manifest: manifestOf(`shop:${version}`),
    hooks: [hookEntry],
  })

interface Row {
  readonly title: string
  readonly object: object
  readonly records: readonly object[]
  readonly holds:
    | readonly [release: string, by: string, chartVersion: string | undefined, source: string | undefined]
    | undefined
}

const template = 'shop/templates/web.yaml'
const rows: readonly Row[] = [
  {
    title: 'annotations name the release, its record the chart and the template',
    object: web.annotated(ofShop).having(spec('shop:1.0.0')),
    records: [at('1.0.0', 1, 'deployed')],
    holds: ['shop/shop', 'Annotation', '1.0.0', template],
  },
  {
    title: 'annotations stand without a record',
    object: web.annotated(ofShop),
    records: [],
    holds: ['shop/shop', 'Annotation', undefined, undefined],
  },
  {
    title: 'a release of that name in another namespace is another release',
    object: web.annotated(ofShop),
    records: [aRelease('other', 'shop', { manifest: manifestOf('x') })],
    holds: ['shop/shop', 'Annotation', undefined, undefined],
  },
  {
    title: 'while an upgrade waits before it changes anything, the object is still the old chart’s',
    object: web.annotated(ofShop).having(spec('shop:1.0.0')),
    records: [at('1.0.0', 1, 'deployed'), at('2.0.0', 2, 'pending-upgrade')],
    holds: ['shop/shop', 'Annotation', '1.0.0', template],
  },
  {
    title: 'once the upgrade has changed it, the new one’s',
    object: web.annotated(ofShop).having(spec('shop:2.0.0')),
    records: [at('1.0.0', 1, 'deployed'), at('2.0.0', 2, 'pending-upgrade')],
    holds: ['shop/shop', 'Annotation', '2.0.0', template],
  },
  {
    title: 'where the images tell nothing, the newest',
    object: web.annotated(ofShop).having(spec('shop:custom')),
    records: [at('1.0.0', 1, 'deployed'), at('2.0.0', 2, 'failed')],
    holds: ['shop/shop', 'Annotation', '2.0.0', template],
  },
  {
    title: 'a hook is found by the list of hooks',
    object: hook,
    records: [at('1.0.0', 1, 'deployed'), at('2.0.0', 2, 'pending-upgrade')],
    holds: ['shop/shop', 'Hook', '2.0.0', undefined],
  },
  {
    title: 'a hook that no release lists has none',
    object: hook,
    records: [aRelease('shop', 'other')],
    holds: undefined,
  },
  {
    title: 'a hook that two releases list has none that is sure',
    object: hook,
    records: [at('1.0.0', 1, 'deployed'), aRelease('shop', 'twin', { hooks: [hookEntry] })],
    holds: undefined,
  },
  {
    title: 'a Job of the hook’s name that is no hook is not the hook',
    object: anObject('batch/v1 Job', 'migrate').in('shop'),
    records: [at('1.0.0', 1, 'deployed')],
    holds: undefined,
  },
  {
    title: 'an object that lost its annotations is found in the manifest',
    object: web,
    records: [at('1.0.0', 1, 'deployed')],
    holds: ['shop/shop', 'Manifest', '1.0.0', template],
  },
  {
    title: 'an object of that name in another namespace is not the manifest’s',
    object: web.in('other'),
    records: [at('1.0.0', 1, 'deployed')],
    holds: undefined,
  },
  {
    title: 'labels alone say nothing',
    object: web.labelled({ 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/instance': 'shop' }),
    records: [],
    holds: undefined,
  },
]

describe('the Helm release that made an object', () => {
  for (const { title, object, records, holds } of rows) {
    test(title, () => {
      const held = releaseHolding(object as ApiObject, aCluster(records))
      const got = held && [`${held.namespace}/${held.name}`, held.by, held.record?.chart?.version, held.entry?.source]
      expect(got).toEqual(holds)
    })
  }
})
