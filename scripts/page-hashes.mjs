// Writes the hashes of the page's style sheet and script into src/output/html/, where the page's policy names them;
// with --check only says whether they are right.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { script } from '../src/output/html/script.ts'
import { style } from '../src/output/html/style.ts'

let isRight = true
for (const [name, text] of [
  ['script', script],
  ['style', style],
]) {
  const file = new URL(`../src/output/html/${name}.ts`, import.meta.url)
  const hash = createHash('sha256').update(text).digest('base64')
  const source = readFileSync(file, 'utf8')
  const written = source.replace(new RegExp(`(export const ${name}Hash = )'.*'`), `$1'${hash}'`)
  if (written === source) continue
  isRight = false
  if (!process.argv.includes('--check')) writeFileSync(file, written)
}
if (!isRight && process.argv.includes('--check')) {
  console.error('The page has another style sheet or script than its policy names: run node scripts/page-hashes.mjs')
  process.exit(1)
}
