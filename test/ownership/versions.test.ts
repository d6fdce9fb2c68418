import { describe, expect, test } from '@jest/globals'
import { parseChartLabel } from '#ownership/helm/chart-label.ts'
import { compareVersions, parseChartVersion, versionFrom, versionOfImage } from '#ownership/versions.ts'

describe('a chart version', () => {
  const rows: readonly [text: string, packaged: string | undefined, upstream: string | undefined][] = [
    ['0.12.0', undefined, '0.12.0'],
    ['v0.12.0', undefined, '0.12.0'],
    ['106.0.0+up0.12.0', '106.0.0', '0.12.0'],
    ['106.0.1+up0.7.1', '106.0.1', '0.7.1'],
    ['105.0.0-rc.1+up4.8.0', '105.0.0-rc.1', '4.8.0'],
    ['104.1.0+up0.10.4-rc.2', '104.1.0', '0.10.4-rc.2'],
    ['34.2.1+up34.2.0', '34.2.1', '34.2.0'],
    ['1.2.3+build.5', undefined, '1.2.3+build.5'],
    ['', undefined, undefined],
    ['latest', undefined, undefined],
    ['106.0.0+upnext', undefined, undefined],
  ]
  for (const [text, packaged, upstream] of rows) {
    test(`${JSON.stringify(text)} is ${upstream ?? 'no version'}`, () => {
      const parsed = parseChartVersion(text)
      expect([parsed?.packaged, parsed?.upstream]).toEqual([packaged, upstream])
    })
  }
})

describe('a version of an image', () => {
  const rows: readonly [image: string, version: string | undefined][] = [
    ['rancher/fleet:v0.12.0', '0.12.0'],
    ['registry.example.com:5000/rancher/fleet-agent:v0.11.3', '0.11.3'],
    ['registry.example.com:5000/rancher/fleet-agent', undefined],
    ['rancher/fleet:v0.12.0-rc.1@sha256:0123', '0.12.0-rc.1'],
    ['rancher/fleet@sha256:0123', undefined],
    ['rancher/rancher:head', undefined],
    ['rancher/rancher:v2.11-head', '2.11-head'],
    ['fleetdm/fleet:v4.68.0', '4.68.0'],
    ['', undefined],
  ]
  for (const [image, version] of rows) {
    test(`${image} is ${version ?? 'unknown'}`, () => expect(versionOfImage(image)).toBe(version))
  }
})

describe('a chart label', () => {
  const rows: readonly [label: string, chart: string, version: string | undefined][] = [
    ['shop-1.4.0', 'shop', '1.4.0'],
    ['kube-prometheus-stack-75.0.0', 'kube-prometheus-stack', '75.0.0'],
    ['fleet-106.0.0_up0.12.0', 'fleet', '106.0.0+up0.12.0'],
    ['app-2-1.0.0-rc.1', 'app-2', '1.0.0-rc.1'],
    ['fleet', 'fleet', undefined],
  ]
  for (const [label, chart, version] of rows) {
    test(label, () => expect(parseChartLabel(label)).toEqual({ chart, ...(version === undefined ? {} : { version }) }))
  }
})

describe('a version from several sources', () => {
  const image = { from: 'image of fleet-controller', text: 'rancher/fleet:v0.12.0', read: 'Image' as const }
  const chart = { from: 'chart version', text: '106.0.0+up0.12.0', read: 'ChartVersion' as const }
  const label = { from: 'label helm.sh/chart', text: 'fleet-0.11.3', read: 'ChartLabel' as const }

  test('is what the first readable one says', () => {
    expect(versionFrom([{ ...image, text: 'rancher/fleet:head' }, chart])).toEqual({
      version: '0.12.0',
      from: 'chart version',
      disagree: [],
    })
  })
  test('names those that say otherwise', () => {
    expect(versionFrom([image, chart, label])).toEqual({
      version: '0.12.0',
      from: 'image of fleet-controller',
      disagree: [{ version: '0.11.3', from: 'label helm.sh/chart' }],
    })
  })
  test('is unknown where none can be read', () => {
    expect(versionFrom([{ ...image, text: undefined }])).toBeUndefined()
  })
})

describe('versions compare by their numbers', () => {
  const rows: readonly [a: string, b: string, sign: number | undefined][] = [
    ['0.9.18', '0.10.0', -1],
    ['0.12.0', '0.12.0', 0],
    ['0.12', '0.12.0', 0],
    ['v2.11.2', '2.11.1', 1],
    ['0.12.0-rc.1', '0.12.0', -1],
    ['0.12.0-alpha.15', '0.12.0-alpha.5', 1],
    ['0.12.0-rc.1', '0.12.0-beta.2', 1],
    ['1.0.0+a', '1.0.0+b', 0],
    ['head', '1.0.0', undefined],
  ]
  for (const [a, b, sign] of rows) {
    test(`${a} and ${b}`, () => {
      const compared = compareVersions(a, b)
      expect(compared === undefined ? undefined : Math.sign(compared)).toBe(sign)
    })
  }
})
