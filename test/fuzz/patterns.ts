import fc from 'fast-check'
import { hostileText } from './hostile-text.ts'

const patternPieces = [
  ...[
    'a',
    'b',
    'A',
    '1',
    '.',
    '*',
    '+',
    '?',
    '(',
    ')',
    '[',
    ']',
    '^',
    '$',
    '|',
    '-',
    '{2}',
    '{1,3}',
    '{1000}',
    '{1001}',
  ],
  ...[
    '\\d',
    '\\w',
    '\\b',
    '\\pL',
    '\\PN',
    '\\z',
    '\\Q',
    '\\E',
    '(?i)',
    '(?s:',
    '(?m)',
    '(?:',
    '(?P<n>',
    '[[:alpha:]]',
    '\\x{10ffff}',
  ],
]

/** A regular expression, mostly of RE2's syntax, and what it is held against. */
export const hostilePattern: fc.Arbitrary<readonly [pattern: string, value: string]> = fc.tuple(
  fc.oneof(
    fc.string({ unit: fc.constantFrom(...patternPieces), maxLength: 60 }),
    fc.string({ unit: fc.constantFrom('a', '{9}', '{1,30}', '(', ')', '*', '|', '\\pL', '.'), maxLength: 60 }),
    hostileText,
  ),
  fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', 'A', '1', '-', '.', '\n', 'é', 'K'), maxLength: 256 }),
    fc.integer({ min: 1, max: 2000 }).map((size) => 'a'.repeat(size)),
    hostileText,
  ),
)
