import { describe, expect, test } from '@jest/globals'
import { mostTrusted } from '#components/known-version.ts'
import { imageOf } from '#components/subject.ts'
import { compareVersions, hasChange, isAtLeast, parseVersion } from '#components/version.ts'

describe('parseVersion', () => {
  const rows: readonly [written: string, text: string | undefined][] = [
    ['0.11.3', '0.11.3'],
    ['v0.12.0-rc.4', '0.12.0-rc.4'],
    ['106.0.0+up0.12.0', '0.12.0'],
    ['106.1.0+up0.12.2-rc.1', '0.12.2-rc.1'],
    ['v2.11.1-hotfix-ab12.3', '2.11.1'],
    ['v1.32.3+k3s1', '1.32.3'],
    ['1.0.0+build.5', '1.0.0'],
    ['head', undefined],
    ['v2.11-head', undefined],
    ['latest', undefined],
    ['', undefined],
    ['1.2', undefined],
    ['1.2.3.4', undefined],
    ['9999999999.1.1', undefined],
    ['sha256:00', undefined],
  ]
  for (const [written, text] of rows) {
    test(`${written || '(empty)'} is ${text ?? 'no version'}`, () => expect(parseVersion(written)?.text).toBe(text))
  }
})

describe('hasChange', () => {
  const rows: readonly [version: string, has: boolean][] = [
    ['0.8.6', false],
    ['0.10.16', false],
    ['0.11.3', false],
    ['0.11.4-rc.1', false],
    ['0.11.4', true],
    ['0.11.14', true],
    ['0.12.0-rc.4', false],
    ['0.12.0', true],
    ['0.16.1', true],
    ['1.0.0', true],
  ]
  for (const [version, has] of rows) {
    test(`a change of 0.11.4 and 0.12.0 is ${has ? '' : 'not '}in ${version}`, () => {
      const parsed = parseVersion(version)
      expect(parsed !== undefined && hasChange(parsed, ['0.11.4', '0.12.0'])).toBe(has)
    })
  }
})

describe('compareVersions', () => {
  test('pre-releases come before their release, in the order of their numbers', () => {
    const texts = ['0.12.0', '0.12.0-rc.10', '0.12.0-alpha.5', '0.11.9', '0.12.0-rc.9']
    const sorted = texts.flatMap((text) => parseVersion(text) ?? []).sort(compareVersions)
    expect(sorted.map(({ text }) => text)).toEqual([
      '0.11.9',
      '0.12.0-alpha.5',
      '0.12.0-rc.9',
      '0.12.0-rc.10',
      '0.12.0',
    ])
    expect(sorted.map((version) => isAtLeast(version, '0.12.0-rc.9'))).toEqual([false, false, true, true, true])
  })
})

describe('mostTrusted', () => {
  test('takes the first that is a version, and keeps those that say otherwise', () => {
    const known = mostTrusted([
      { written: 'head', source: 'image' },
      { written: '106.0.0+up0.12.0', source: 'chart' },
      { written: 'v0.12.0', source: 'setting' },
      { written: '0.11.3', source: 'App' },
    ])
    expect([known?.version.text, known?.source, known?.disagreeing.map(({ source }) => source)]).toEqual([
      '0.12.0',
      'chart',
      ['App'],
    ])
  })
})

describe('imageOf', () => {
  const rows: readonly [text: string, repository: string, tag: string | undefined][] = [
    ['busybox', 'busybox', undefined],
    ['rancher/fleet:v0.12.0', 'rancher/fleet', 'v0.12.0'],
    ['registry.example.com:5000/rancher/fleet', 'registry.example.com:5000/rancher/fleet', undefined],
    ['registry.example.com:5000/rancher/fleet:v1@sha256:00', 'registry.example.com:5000/rancher/fleet', 'v1'],
  ]
  for (const [text, repository, tag] of rows) {
    test(`${text} is of ${repository}, ${tag === undefined ? 'without a tag' : `tag ${tag}`}`, () => {
      expect(imageOf(text)).toEqual({ repository, tag, text })
    })
  }
})
