import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'

const folder = mkdtempSync(join(tmpdir(), "taint doctor's läuncher-"))
const store = join(folder, 'store', 'v1')
const bin = join(folder, 'bin')
afterAll(() => rmSync(folder, { recursive: true }))

/** Says which file it is, with which words and Node options it was started. */
const program = `process.stdout.write(JSON.stringify({ file: __filename, words: process.argv.slice(2), options: process.env.NODE_OPTIONS }))`

mkdirSync(store, { recursive: true })
mkdirSync(bin)
copyFileSync('scripts/package/launcher.sh', join(store, 'kubectl-taintdoctor'))
chmodSync(join(store, 'kubectl-taintdoctor'), 0o755)
symlinkSync(process.execPath, join(store, 'node'))
copyFileSync('scripts/package/start.cjs', join(store, 'start.cjs'))
writeFileSync(join(store, 'kubectl-taintdoctor.cjs'), program)
symlinkSync(join(store, 'kubectl-taintdoctor'), join(bin, 'kubectl-taintdoctor'))
symlinkSync('kubectl-taintdoctor', join(bin, 'kubectl_complete-taintdoctor'))
symlinkSync(join(folder, 'bin'), join(folder, 'linked'))

const suite = process.platform === 'win32' ? describe.skip : describe

suite('the launcher of macOS', () => {
  const rows: [title: string, command: string, words: string[]][] = [
    ['starts in its own folder', join(store, 'kubectl-taintdoctor'), ['explain', '', 'a b']],
    ['starts through a link of krew', join(bin, 'kubectl-taintdoctor'), ['explain']],
    ['starts through a folder that is a link', join(folder, 'linked', 'kubectl-taintdoctor'), ['-A']],
    ['starts from the PATH', 'kubectl-taintdoctor', ['version']],
  ]
  for (const [title, command, words] of rows) {
    test(title, () => {
      expect(start(command, words)).toEqual({ file: join(store, 'kubectl-taintdoctor.cjs'), words })
    })
  }

  test('completes under the other name', () => {
    const { words } = start(join(bin, 'kubectl_complete-taintdoctor'), ['explain', ''])
    expect(words).toEqual(['__complete', 'explain', ''])
  })

  test('says that a part is missing', () => {
    const broken = mkdtempSync(join(folder, 'broken '))
    copyFileSync(join(store, 'kubectl-taintdoctor'), join(broken, 'kubectl-taintdoctor'))
    const { status, stderr } = spawnSync(join(broken, 'kubectl-taintdoctor'), { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: `error: ${broken} holds only a part of kubectl taintdoctor: install it again\n`,
    })
  })
})

function start(command: string, words: readonly string[]): { file: string; words: string[]; options?: string } {
  const { stdout, stderr } = spawnSync(command, words, {
    encoding: 'utf8',
    env: { PATH: `${bin}:/usr/bin:/bin`, HOME: '/nowhere', NODE_OPTIONS: '--no-such-option' },
    cwd: tmpdir(),
  })
  if (stderr !== '') throw new Error(stderr)
  return JSON.parse(stdout)
}
