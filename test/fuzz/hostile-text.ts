import fc from 'fast-check'

/** Strings that somebody chose to do harm, or that no one expects. */
const chosen: readonly string[] = [
  '\u001b[31mred\u001b[0m',
  '\u001b]0;title\u0007',
  '\u009b2J',
  'a\u202etxt.exe',
  'line\nbreak: "x"',
  'carriage\rreturn',
  '\u2028',
  '\u200b',
  '\ud800',
  '__proto__',
  'constructor',
  'toString',
  '$' + '{jndi:x}',
  '$(reboot)',
  '`reboot`',
  '"; rm -rf /; "',
  "'; rm -rf /; '",
  '- !!js/function x',
  '*alias',
  '&anchor',
  '{{ .Values.x }}',
  '--flag',
  '',
  ' ',
  '0x10',
  '1e9999',
  '9'.repeat(600),
  ' '.repeat(5000),
  'a'.repeat(5000),
]

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...chosen),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

/** A JSON value of any shape, with such texts as keys and values. */
export const hostileJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    hostileText,
    fc.integer(),
    fc.double(),
    fc.constantFrom(null, true, false, 1e308, -1),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(hostileText, tie('value'), { maxKeys: 4 }),
  ),
})).value
