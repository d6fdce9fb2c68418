import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

/** A file that breaks a rule of the rooms, and the rule's own advice. */
const rows: readonly (readonly [rule: string, file: string, source: string, advice: string])[] = [
  ['the scheduler knows no npm package', 'scheduler/x.ts', "import 'yaml'", 'src/scheduler is pure'],
  ['nor Node', 'scheduler/x.ts', "import 'node:fs'", 'src/scheduler is pure'],
  [
    'nor another room, be it for a type',
    'scheduler/x.ts',
    "import type { A } from '#cluster/access/index.ts'\nexport type B = A",
    'src/scheduler is pure',
  ],
  ['nor on demand', 'scheduler/x.ts', "await import('#output/json.ts')", 'src/scheduler is pure'],
  ['plugins are strangers', 'scheduler/plugins/x.ts', "import './node-name.ts'", 'plugins are strangers'],
  ['origins are strangers', 'ownership/origins/x.ts', "import './helm-release.ts'", 'origins are strangers'],
  ['the model imports nothing', 'model/x.ts', "import '#scheduler/evaluate.ts'", 'src/model is the floor'],
  ['output computes nothing', 'output/x.ts', "import '#diagnosis/diagnose.ts'", 'src/output renders the report'],
  [
    'diagnosis reads nothing',
    'diagnosis/x.ts',
    "import '#cluster/access/index.ts'",
    'src/diagnosis joins the pure rooms',
  ],
  ['no room is left by ../', 'taints/x.ts', "import '../model/quantity.ts'", 'src/taints knows taints'],
]

describe('the import rules of the rooms', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rooms-'))
    const rules = JSON.parse(readFileSync('biome.json', 'utf8'))
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...rules, vcs: undefined }))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  for (const [rule, file, source, advice] of rows) {
    test(`${rule}: breaking it fails the check`, () => {
      const path = join(folder, 'src', file)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, `${source}\nexport {}\n`)
      const biome = join(process.cwd(), 'node_modules/.bin/biome')
      const args = ['lint', '--only=style/noRestrictedImports', path]
      const { status, stdout, stderr } = spawnSync(biome, args, { encoding: 'utf8', cwd: folder })
      expect([status, `${stdout}${stderr}`]).toEqual([1, expect.stringContaining(advice)])
    })
  }
})
