// A terminal's bytes as an SVG: what `explain` prints on a terminal of 80 columns, colours included.
const esc = '\u001b'
const colors = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341' }

/** Text with SGR escapes as an SVG with one line of text for each line. */
export function terminalPicture(text) {
  const lines = text.trimEnd().split('\n')
  const height = lines.length * 18 + 32
  const body = lines.map(
    (line, index) => `<text x="16" y="${28 + index * 18}" xml:space="preserve">${spans(line)}</text>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="760" height="${height}" viewBox="0 0 760 ${height}" role="img" aria-label="A run of kubectl taintdoctor explain in a terminal">`,
    '<rect width="100%" height="100%" rx="8" fill="#0d1117"/>',
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3">',
    ...body,
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

function spans(line) {
  let style = ''
  return line
    .split(new RegExp(`(${esc}\\[\\d+m)`))
    .map((part) => {
      const code = new RegExp(`^${esc}\\[(\\d+)m$`).exec(part)?.[1]
      if (code === undefined) return part === '' ? '' : `<tspan${style}>${escaped(part)}</tspan>`
      style =
        code === '0'
          ? ''
          : code === '1'
            ? ' font-weight="bold"'
            : code === '2'
              ? ' fill="#8b949e"'
              : ` fill="${colors[code] ?? '#e6edf3'}"`
      return ''
    })
    .join('')
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
