// Writes src/output/blockers-pages.ts from the pages of docs/blockers/, so that `explain --code` has them with it, and
// their list docs/blockers/README.md; with --check only says whether both are right.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const root = new URL('..', import.meta.url)
const pages = readdirSync(new URL('docs/blockers/', root))
  .filter((file) => file.endsWith('.md') && file !== 'README.md')
  .sort()
  .map((file) => ({ code: file.slice(0, -3), text: readFileSync(new URL(`docs/blockers/${file}`, root), 'utf8') }))

const source = `// Written by scripts/blockers-pages.mjs from docs/blockers/.

/** The page of each cause code, as Markdown. */
export const blockersPages: Readonly<Record<string, string>> = {
${pages.map(({ code, text }) => `  ${code}: \`${text.replaceAll(/[\\`]|\$\{/g, '\\$&')}\`,`).join('\n')}
}
`
const index = `# What keeps a Pod waiting

A page for each code that \`kubectl taintdoctor explain\` names: what the scheduler means, how to see it with kubectl alone, what helps, and what only seems to. \`kubectl taintdoctor explain --code CODE\` prints the same page without a network.

| code | in a sentence |
| --- | --- |
${pages.map(({ code, text }) => `| [${code}](${code}.md) | ${/^\*\*(.*)\.\*\*$/m.exec(text)?.[1] ?? ''} |`).join('\n')}
`
const written = [
  ['src/output/blockers-pages.ts', source],
  ['docs/blockers/README.md', index],
]

const wrong = written.filter(([path, text]) => !process.argv.includes('--check') || text !== read(path))
if (!process.argv.includes('--check')) for (const [path, text] of wrong) writeFileSync(new URL(path, root), text)
else if (wrong.length > 0) {
  console.error(`${wrong.map(([path]) => path).join(', ')}: out of date. Run node scripts/blockers-pages.mjs`)
  process.exit(1)
}

function read(path) {
  try {
    return readFileSync(new URL(path, root), 'utf8')
  } catch {
    return ''
  }
}
