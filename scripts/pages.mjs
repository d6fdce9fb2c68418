// Writes what the pages show of the program: real runs, flag tables, the picture. With --check it only compares.
//   <!-- run: explain -n x --context platform -->   the command's output on the demo's clusters
//   <!-- flags: explain -->                          the command's flags
// Each stands before its block and ends with <!-- end -->. docs/picture.svg is the first run, as a terminal shows it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { commands, main } from '../src/commands/program.ts'
import { kubeconfig } from '../test/apiserver/kubeconfig.ts'
import { startApiServer } from '../test/apiserver/server.ts'
import { demoClusters } from '../test/demo/cluster.ts'
import { terminalPicture } from './terminal-picture.mjs'

const check = process.argv.includes('--check')
const now = new Date('2026-11-23T15:04:05Z')
const different = []

const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-pages-'))
const servers = []
try {
  for (const { objects, version, context } of demoClusters(now))
    servers.push(await startApiServer({ objects, version, context, tls: true, token: 'demo' }))
  process.env.KUBECONFIG = join(folder, 'kubeconfig')
  writeFileSync(process.env.KUBECONFIG, kubeconfig(...servers.map((server) => server.access())), { mode: 0o600 })
  for (const page of [
    'README.md',
    ...readdirSync('docs')
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ])
    await update(page)
  const picture = ['explain', '-n', 'cattle-fleet-system', '--context', 'platform']
  write(
    'docs/picture.svg',
    terminalPicture(`$ kubectl taintdoctor ${picture.slice(0, 3).join(' ')}\n\n${(await run(picture, true)).text}`),
  )
} finally {
  await Promise.all(servers.map((server) => server.close()))
  rmSync(folder, { recursive: true, force: true })
}
if (different.length > 0) {
  console.error(`pages: not as the program is now: ${different.join(', ')}; run "npm run pages"`)
  process.exitCode = 1
}

async function update(page) {
  const text = readFileSync(page, 'utf8')
  let changed = ''
  let at = 0
  for (const found of text.matchAll(/<!-- (run|flags): (.*?) -->\n([\s\S]*?)<!-- end -->/g)) {
    const block = found[1] === 'run' ? await runBlock(found[2]) : await flagTable(found[2])
    changed += `${text.slice(at, found.index)}<!-- ${found[1]}: ${found[2]} -->\n${block}<!-- end -->`
    at = found.index + found[0].length
  }
  write(page, changed + text.slice(at))
}

function write(path, text) {
  let old = ''
  try {
    old = readFileSync(path, 'utf8')
  } catch {
    // It is written for the first time.
  }
  if (old === text) return
  if (check) different.push(path)
  else writeFileSync(path, text)
}

async function runBlock(words) {
  const { text, aside } = await run(words.split(' '), false)
  const shown = words.replace(/ --context \S+/, '')
  const beside = aside === '' ? '' : `\nand on standard error:\n\n\`\`\`\n${aside}\`\`\`\n`
  return `\`\`\`\n$ kubectl taintdoctor ${shown}\n${text}\`\`\`\n${beside}`
}

async function run(argv, isTTY) {
  let text = ''
  let aside = ''
  const output = (add) => ({ isTTY, columns: 80, write: add })
  const code = await main(argv, {
    stdin: Readable.from([]),
    stdout: output((part) => {
      text += part
    }),
    stderr: {
      columns: 80,
      write: (part) => {
        aside += part
      },
    },
    env: {},
    now: () => now.getTime(),
  })
  process.exitCode = 0
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${aside}`)
  return { text, aside }
}

async function flagTable(name) {
  const { default: command } = await commands[name].load()
  const rows = Object.entries(command.flags).map(([flag, { char, description, helpValue, type, options }]) => {
    const value = type === 'boolean' ? '' : ` ${helpValue ?? options?.join('\\|') ?? 'VALUE'}`
    return `| ${char === undefined ? '' : `\`-${char}\`, `}\`--${flag}${value.replaceAll('\\|', '|')}\` | ${description} |`.replaceAll(
      /`([^`]*)\|([^`]*)`/g,
      (all) => all.replaceAll('|', '\\|'),
    )
  })
  return `| flag | what it does |\n|---|---|\n${rows.join('\n')}\n`
}
