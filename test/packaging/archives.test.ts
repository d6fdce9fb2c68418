import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { type PackedFile, packageScripts } from './scripts.ts'

const { archives, signature, targets } = await packageScripts()
const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-archives-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string, executable = false): PackedFile => {
  return { name, bytes: Buffer.from(text), executable }
}
const files = [file('program', 'x'.repeat(70_000), true), file('LICENSE', 'ours'), file('empty', '')]

describe('an archive', () => {
  for (const [ending, make, unpack] of [
    ['tar.gz', archives.tarGz, ['tar', '-xpzf']],
    ['zip', archives.zip, ['unzip', '-q']],
  ] as const) {
    const [program, option] = unpack
    const isThere = spawnSync(program, ['--help']).error === undefined

    test(`.${ending} has the same bytes whatever the order of its files`, () => {
      expect(make([...files].reverse()).equals(make(files))).toBe(true)
    })

    ;(isThere ? test : test.skip)(`.${ending} is unpacked by ${program}, with its modes and dates`, () => {
      const archive = join(folder, `a.${ending}`)
      const into = mkdtempSync(join(folder, 'into-'))
      writeFileSync(archive, make(files))
      const { status, stderr } = spawnSync(program, [option, archive], { cwd: into, encoding: 'utf8' })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      for (const { name, bytes, executable } of files) {
        const { mode, mtime } = statSync(join(into, name))
        expect(readFileSync(join(into, name)).equals(bytes)).toBe(true)
        expect(mode & 0o777).toBe(executable ? 0o755 : 0o644)
        expect(mtime.getUTCFullYear() + (mtime.getUTCMonth() === 11 ? 1 : 0)).toBe(2000)
      }
    })
  }
})

describe('the signature of a Windows program', () => {
  test('is taken off with its entry', () => {
    const bare = signature.withoutSignature(windowsProgram(512, 64))
    expect(bare.length).toBe(512)
    expect(bare.equals(windowsProgram(512, 0))).toBe(true)
  })
  test('may not be there', () => {
    expect(signature.withoutSignature(windowsProgram(512, 0)).length).toBe(512)
  })
  test('is not looked for in something else', () => {
    expect(() => signature.withoutSignature(Buffer.alloc(512))).toThrow('not a 64-bit Windows program')
  })
})

describe('the platforms', () => {
  const own = JSON.parse(readFileSync('package.json', 'utf8')) as { optionalDependencies: Record<string, string> }

  for (const [key, { os, form, exe, runtime }] of Object.entries(targets.targets)) {
    test(`${key} has a pinned Node`, () => {
      expect(runtime.tarball).toMatch(/^[0-9a-f]{64}$/)
      expect(runtime.binary).toMatch(/^[0-9a-f]{64}$/)
      expect(runtime.version).toMatch(/^2[46]\.\d+\.\d+$/)
    })
    if (form === 'sea') {
      test(`${key} ships the Node that develops it`, () => {
        expect(own.optionalDependencies[runtime.package]).toBe(runtime.version)
      })
    }
    if (os === 'darwin') test(`${key} keeps Node as it was signed`, () => expect(form).toBe('launcher'))
    if (os === 'windows') test(`${key} is an .exe`, () => expect([form, exe.slice(-4)]).toEqual(['sea', '.exe']))
  }
})

/** The head of a program, its body, and a signature of that many bytes. */
function windowsProgram(body: number, signed: number): Buffer {
  const bytes = Buffer.alloc(body + signed, 1)
  bytes.writeUInt32LE(64, 60)
  bytes.write('PE\0\0', 64, 'latin1')
  bytes.writeUInt16LE(0x20b, 88)
  bytes.writeUInt32LE(signed === 0 ? 0 : body, 88 + 144)
  bytes.writeUInt32LE(signed, 88 + 148)
  return bytes
}
