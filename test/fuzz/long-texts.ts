import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { parseAllDocuments } from 'yaml'

/**
 * The clusters of `test/cases`, in which a few of the texts have become very long wherever they stand: as long as an
 * annotation or a message may be, of what patterns stumble over.
 */
export const longTexts: fc.Arbitrary<string> = fc
  .record({
    cluster: fc.nat(),
    places: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
    unit: fc.constantFrom(
      ...[
        'a',
        ' ',
        '\n',
        '.',
        '-',
        '/',
        ':',
        ',',
        '=',
        '"',
        '\\',
        '[',
        '{{',
        '{{/*',
        '<script>',
        '*',
        '_',
        '`',
        '0',
        '9.',
      ],
      ...[
        '-1.1',
        '+up1.1',
        ', used: ',
        ', requested: 1, used: 1',
        'tolerations',
        'topology',
        'a: ',
        '- ',
        'eyJaaaaaaaa.',
      ],
      ...[
        '://a',
        'a@',
        'Bearer 1',
        ' for: a',
        '\u001b[31m',
        '\u202e',
        'é',
        '# ',
        '---\n',
        'a, ',
        'a/b, ',
        '(',
        '"a": ',
      ],
    ),
    how: fc.constantFrom('before', 'after', 'instead'),
    size: fc.constantFrom(20_000, 60_000, 250_000),
    end: fc.constantFrom('', '\n', '!', '/', ' x'),
  })
  .map(({ cluster, places, unit, how, size, end }) => {
    const items = clusters()[cluster % clusters().length] ?? []
    const words = [...wordsOf(items)]
    const chosen = new Set(places.map((place) => words[place % words.length]))
    const long = `${unit.repeat(Math.ceil(size / unit.length))}${end}`
    const changed = (text: string) =>
      how === 'instead' ? long : how === 'before' ? `${long}${text}` : `${text}${long}`
    const replace = (key: string, value: unknown) =>
      typeof value === 'string' && !fixed.has(key) && chosen.has(value) ? changed(value) : value
    return JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, replace)
  })

/** What makes an object what it is; with another value there it is not read. */
const fixed = new Set(['apiVersion', 'kind', 'type', 'status', 'phase', 'operator', 'effect'])

function wordsOf(items: readonly unknown[]): ReadonlySet<string> {
  const words = new Set<string>()
  JSON.stringify(items, (key, value) => {
    if (typeof value === 'string' && !fixed.has(key)) words.add(value)
    return value
  })
  return words
}

let read: readonly (readonly unknown[])[] | undefined

function clusters(): readonly (readonly unknown[])[] {
  const folder = new URL('../cases/', import.meta.url)
  read ??= readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const text = readFileSync(new URL(`${name}/cluster.yaml`, folder), 'utf8')
      return parseAllDocuments(text).flatMap((document) => {
        const value: unknown = document.toJS()
        return isList(value) ? value.items : [value]
      })
    })
  return read
}

function isList(value: unknown): value is { items: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items)
}
