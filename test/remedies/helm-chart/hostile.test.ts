import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { answered } from './asked.ts'
import { chartRows, deployment } from './charts.ts'

const pieces = [
  '{{',
  '}}',
  '{{-',
  '-}}',
  '{{ if .Values.a }}',
  '{{ else }}',
  '{{ else if .b }}',
  '{{ end }}',
  '{{ with .Values.tolerations }}',
  '{{ range $k, $v := .Values }}',
  '{{ define "x" }}',
  '{{ include "x" . }}',
  '{{ template "x" . }}',
  '{{ toYaml . }}',
  '{{ tpl .Values.t . }}',
  '{{ $x := .Values.tolerations }}',
  '{{ $x = 1 }}',
  '{{ $x }}',
  '{{/*',
  '*/}}',
  'tolerations:',
  '\n      ',
  '---',
  '- a',
  '(',
  ')',
  '|',
  '"',
  '`',
  '.Values.a.b',
  '{{ .Values.a | nindent 8 }}',
  '{{ index . "a" 1 }}',
  '{{ break }}',
  '\uE000',
  '{{ dict "a" }}',
  '{{ merge . . }}',
  '{{ printf "%s" }}',
  '{{ repeat 9999 "x" }}',
  '{{ __proto__ }}',
  '{{ constructor . }}',
  '&a *a',
]
const text = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), { maxLength: 30 })
  .map((parts) => parts.join(''))
const values = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant({ tolerations: 'x', a: { b: [] }, t: '{{ tpl .Values.t . }}', __proto__: null }),
)

describe('whatever a release record holds', () => {
  test('no template text and no values make it throw or hang', () => {
    fc.assert(
      fc.property(text, fc.boolean(), values, (template, isInside, given) => {
        const files = { 'templates/web.yaml': isInside ? deployment(template) : template }
        const user = typeof given === 'object' && given !== null ? given : {}
        const places = answered({ rule: '', files, user, path: null, reach: 'Unknown' })
        expect(places.length).toBeGreaterThan(0)
        for (const { target } of places) expect(JSON.stringify(target)).not.toMatch(/[\uE000-\uF8FF]/)
      }),
      { numRuns: 300 },
    )
  })

  test('a chart that is cut off anywhere never makes it throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...chartRows), fc.nat(600), (row, length) => {
        const files = Object.fromEntries(
          Object.entries(row.files).map(([path, whole]) => [path, whole.slice(0, length)]),
        )
        expect(answered({ ...row, files }).length).toBeGreaterThan(0)
      }),
      { numRuns: 150 },
    )
  })
})
