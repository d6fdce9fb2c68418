import { expect, test } from '@jest/globals'
import { ask, somePods, withServer } from './ask.ts'

const custom = { apiVersion: 'cluster.example.com/v1', kind: 'Policy', metadata: { name: 'p' } }
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'datasets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'DataSet', plural: 'datasets', shortNames: ['dset'] },
    versions: [{ name: 'v1' }, { name: 'v1alpha1', served: false }],
  },
}
const objects = [...somePods('p'), custom, definition]
const aggregated = {
  headers: { accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json' },
}

test('the version is the one asked for', () =>
  withServer({ version: 'v1.33.5+k3s1' }, async (server) => {
    expect((await ask(server, '/version')).body).toMatchObject({ major: '1', minor: '33', gitVersion: 'v1.33.5+k3s1' })
  }))

test('the legacy lists name groups, versions and kinds', () =>
  withServer({ objects }, async (server) => {
    expect((await ask(server, '/api')).body.versions).toEqual(['v1'])
    const groups = (await ask(server, '/apis')).body.groups.map((group: { name: string }) => group.name)
    expect(groups).toEqual(expect.arrayContaining(['apps', 'batch', 'cluster.example.com', 'authorization.k8s.io']))
    const { resources } = (await ask(server, '/apis/cluster.example.com/v1')).body
    expect(resources[0]).toMatchObject({ name: 'policies', singularName: 'policy', namespaced: false, kind: 'Policy' })
    expect((await ask(server, '/apis/apps')).body).toMatchObject({
      kind: 'APIGroup',
      preferredVersion: { version: 'v1' },
    })
  }))

test('a CustomResourceDefinition serves its versions before there is any object of it', () =>
  withServer({ objects }, async (server) => {
    expect((await ask(server, '/apis/example.com/v1/datasets')).body).toMatchObject({ kind: 'DataSetList', items: [] })
    expect((await ask(server, '/apis/example.com/v1alpha1/datasets')).status).toBe(404)
  }))

test('aggregated discovery says it all in two answers', () =>
  withServer({ objects }, async (server) => {
    const core = await ask(server, '/api', aggregated)
    expect(core.headers.get('content-type')).toBe(
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    )
    const pods = core.body.items[0].versions[0].resources.find((one: { resource: string }) => one.resource === 'pods')
    expect(pods).toMatchObject({
      scope: 'Namespaced',
      singularResource: 'pod',
      shortNames: ['po'],
      responseKind: { kind: 'Pod' },
    })
    const groups = await ask(server, '/apis', aggregated)
    expect(groups.body.items.map((item: { metadata: { name: string } }) => item.metadata.name)).toContain('example.com')
  }))

test('a server before 1.34 does not serve resource.k8s.io/v1', () =>
  withServer({ version: 'v1.33.0' }, async (server) => {
    expect((await ask(server, '/apis/resource.k8s.io/v1/deviceclasses')).status).toBe(404)
  }))
