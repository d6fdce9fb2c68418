import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { packagingTools } from './tools.ts'

const { missing, npmPackage } = packagingTools()
const title = missing === '' ? 'installed by npm' : `installed by npm (skipped: ${missing})`

;(missing === '' ? describe : describe.skip)(title, () => {
  const folder = mkdtempSync(join(tmpdir(), 'taintdoctor npm-'))
  const own = join(folder, 'lib', 'node_modules', 'kubectl-taintdoctor')
  const run = (command: string, args: readonly string[]) => spawnSync(command, args, { encoding: 'utf8', cwd: folder })

  beforeAll(() => {
    const { status, stderr } = run('npm', [
      'install',
      '-g',
      '--offline',
      '--ignore-scripts',
      '--prefix',
      folder,
      npmPackage,
    ])
    if (status !== 0) throw new Error(stderr)
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  test('brings no other package and no script', () => {
    expect(readdirSync(join(folder, 'lib', 'node_modules'))).toEqual(['kubectl-taintdoctor'])
    const published = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as Record<string, unknown>
    expect(Object.keys(published)).not.toEqual(expect.arrayContaining(['dependencies']))
    expect(Object.keys(published)).not.toEqual(expect.arrayContaining(['scripts']))
  })

  test('runs', () => {
    const { status, stdout } = run(join(folder, 'bin', 'kubectl-taintdoctor'), ['version'])
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^kubectl-taintdoctor v\d/) })
  })

  test('completes', () => {
    const { status, stdout } = run(join(folder, 'bin', 'kubectl_complete-taintdoctor'), ['expl'])
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'explain\tWhy is it Pending?\n:4\n' })
  })

  test('says which Node it needs', () => {
    const script = `Object.defineProperty(process, 'versions', { value: { node: '18.20.0' } })
      Object.defineProperty(process, 'version', { value: 'v18.20.0' })
      require(${JSON.stringify(join(own, 'bin', 'run.js'))})`
    const { status, stderr } = run(process.execPath, ['-e', script])
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: 'error: kubectl taintdoctor needs Node 20 or newer; this is v18.20.0\n',
    })
  })
})
