// Writes the tables of docs/components.md from src/components/registry.ts; with --check only says whether they are right.
import { readFileSync, writeFileSync } from 'node:fs'
import { knownSystems } from '../src/components/registry.ts'

const file = new URL('../docs/components.md', import.meta.url)
const begin = '<!-- written by scripts/component-docs.mjs -->'
const text = readFileSync(file, 'utf8')
const head = text.slice(0, text.indexOf(begin) + begin.length)
const written = `${head}\n${knownSystems.map(section).join('')}`

if (!process.argv.includes('--check')) writeFileSync(file, written)
else if (written !== text) {
  console.error('docs/components.md is out of date: run node scripts/component-docs.mjs')
  process.exit(1)
}

function section({ name, pieces }) {
  const rows = pieces.map(({ id, docs }) => row([`\`${id}\``, docs.recognised, docs.set, docs.versions, docs.source]))
  return `\n## ${name}\n\n${row(['component', 'recognised by', 'tolerations are set in', 'versions', 'source'])}| --- | --- | --- | --- | --- |\n${rows.join('')}`
}

function row(cells) {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
}
