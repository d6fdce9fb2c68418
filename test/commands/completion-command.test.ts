import { mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, test } from '@jest/globals'
import { main } from '#commands/program.ts'

const root = mkdtempSync(join(tmpdir(), "taintdoctor's bin "))
afterAll(() => rmSync(root, { recursive: true }))

const suite = process.platform === 'win32' ? describe.skip : describe

suite('completion', () => {
  test('says how the link is made, fit to be pasted into a shell', async () => {
    const folder = binFolder('kubectl-taintdoctor')
    const { code, out } = await run(folder)
    const quoted = join(folder, 'kubectl_complete-taintdoctor').replaceAll("'", "'\\''")
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`ln -s kubectl-taintdoctor '${quoted}'`) })
  })

  test('makes a link that an upgrade keeps right, and leaves it when it is there', async () => {
    const folder = binFolder('kubectl-taintdoctor')
    const link = join(folder, 'kubectl_complete-taintdoctor')
    expect((await run(`/nowhere::${folder}`, '--install')).out).toContain(`${link} is made.`)
    expect(readlinkSync(link)).toBe('kubectl-taintdoctor')
    expect(await run(folder, '--install')).toMatchObject({ code: 0, out: expect.stringContaining('is there already') })
    expect((await run(folder)).out).toContain('is there already')
  })

  const refused: [title: string, folder: () => string, says: RegExp][] = [
    ['the program is not on the PATH', () => binFolder(), /kubectl-taintdoctor is not on the PATH/],
    ['a folder takes the name', () => taken('folder'), /is there already, and is not this program\nremove it/],
    ['a dangling link takes the name', () => taken('link'), /could not be made: EEXIST/],
  ]
  for (const [title, folder, says] of refused) {
    test(`makes no link where ${title}`, async () => {
      expect(await run(folder(), '--install')).toMatchObject({ code: 3, out: '', err: expect.stringMatching(says) })
    })
  }
})

function binFolder(...files: readonly string[]): string {
  const folder = mkdtempSync(join(root, 'bin-'))
  for (const file of files) writeFileSync(join(folder, file), '')
  return folder
}

function taken(by: 'folder' | 'link'): string {
  const folder = binFolder('kubectl-taintdoctor')
  const name = join(folder, 'kubectl_complete-taintdoctor')
  if (by === 'folder') mkdirSync(name)
  else symlinkSync('gone', name)
  return folder
}

async function run(path: string, ...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await main(['completion', ...words], {
    stdin: Readable.from([]),
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: { PATH: path },
    now: Date.now,
  })
  return { code, out, err }
}
