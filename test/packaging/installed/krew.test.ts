import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { type ApiServer, startApiServer } from '#test/apiserver/server.ts'
import { demoClusters } from '#test/demo/cluster.ts'
import { packagingTools } from './tools.ts'

const { missing, programs, archive } = packagingTools()
const title = missing === '' ? 'installed by krew, without Node' : `installed by krew (skipped: ${missing})`

/** The archives are large and the machine may be busy. */
const patience = 120_000

;(missing === '' ? describe : describe.skip)(title, () => {
  const folder = mkdtempSync(join(tmpdir(), 'taint doctor Größe 节点-'))
  const [home, root] = [join(folder, 'home'), join(folder, 'krew')]
  const manifest = join(folder, 'taintdoctor.yaml')
  const snapshot = join(folder, 'cluster.json')
  const environment = {
    PATH: `${join(root, 'bin')}:${join(folder, 'tools')}`,
    HOME: home,
    KREW_ROOT: root,
    KUBECONFIG: join(folder, 'kubeconfig'),
  }
  let server: ApiServer

  const run = (command: string, args: readonly string[], more: Record<string, string | undefined> = {}) =>
    new Promise<Result>((resolve) => {
      const env = Object.fromEntries(
        Object.entries({ ...environment, ...more }).filter(([, value]) => value !== undefined),
      )
      execFile(command, args, { encoding: 'utf8', env: env as NodeJS.ProcessEnv, cwd: folder }, (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err })
      })
    })
  const kubectl = (line: string, more?: Record<string, string | undefined>) => run('kubectl', line.split(' '), more)
  const krew = (file: string, into = root) =>
    run('kubectl-krew', ['install', `--manifest=${manifest}`, `--archive=${file}`], { KREW_ROOT: into })

  beforeAll(async () => {
    const [demo] = demoClusters(new Date())
    if (demo === undefined) throw new Error('there is no demo cluster')
    server = await startApiServer({ ...demo, tls: true, token: 'secret' })
    mkdirSync(home)
    mkdirSync(join(folder, 'tools'))
    for (const program of programs) symlinkSync(program, join(folder, 'tools', basename(program)))
    writeFileSync(join(folder, 'kubeconfig'), server.kubeconfig())
    writeFileSync(snapshot, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: demo.objects }))
    writeFileSync(manifest, manifestFor(archive))
    const installed = await krew(archive)
    if (installed.code !== 0) throw new Error(installed.err)
    chmodSync(home, 0o555)
  }, patience)
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('the manifest is valid by the rules of krew', async () => {
    const file = join(folder, 'index', 'taintdoctor.yaml')
    mkdirSync(join(folder, 'index'))
    copyFileSync('plugin.yaml', file)
    expect(await run('validate-krew-manifest', ['-manifest', file, '-skip-install'])).toMatchObject({ code: 0 })
  })

  const answers: [line: string, code: number, says: RegExp][] = [
    ['taintdoctor version', 0, /^kubectl-taintdoctor v\d+\.\d+\.\d+ \(Node 24\./],
    ['taintdoctor', 0, /Try:[\s\S]+kubectl taintdoctor explain/],
    ['taintdoctor explain --help', 0, /Examples:[\s\S]+Usage:\n {2}kubectl taintdoctor explain/],
    [`taintdoctor explain -A --snapshot cluster.json`, 0, /Pending|blocked|nodes? /],
    ['taintdoctor explain -A', 0, /Pending|blocked|nodes? /],
    ['taintdoctor explain -A -o json', 0, /"kind": "ExplainReport"/],
    ['taintdoctor suggest -A -o json', 0, /"kind": "SuggestReport"/],
    ['taintdoctor explain --context nowhere', 3, /^$/],
    ['taintdoctor explian', 2, /^$/],
  ]
  for (const [line, code, says] of answers) {
    test(
      `kubectl ${line}`,
      async () => {
        const answer = await kubectl(line)
        expect(answer).toMatchObject({ code, out: expect.stringMatching(says) })
        if (code !== 0) expect(answer.err).toMatch(/error: /)
      },
      patience,
    )
  }

  test(
    'the answer is the same with and without the cluster',
    async () => {
      const [live, saved] = await Promise.all(
        ['', ' --snapshot cluster.json'].map((more) => kubectl(`taintdoctor explain -A -o name${more}`)),
      )
      expect(live?.out).not.toBe('')
      expect(live).toEqual(saved)
    },
    patience,
  )

  const homes: [title: string, env: Record<string, string | undefined>][] = [
    ['without a home', { HOME: undefined }],
    ['with a home that is not there', { HOME: '/nowhere/at all' }],
    ["with options for the user's own Node", { NODE_OPTIONS: '--require /nowhere.js --no-such-option' }],
    ["with the user's own Node modules", { NODE_PATH: '/nowhere', NODE_ENV: 'production', NODE_DEBUG: '' }],
    ['with no place for temporary files', { TMPDIR: '/nowhere' }],
  ]
  for (const [title, env] of homes) {
    test(
      `runs ${title}`,
      async () => {
        const answer = await kubectl('taintdoctor explain -A -o name', env)
        expect(answer).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/\w/) })
      },
      patience,
    )
  }

  test('there was no Node on the PATH, and nothing was written into the home', () => {
    expect(environment.PATH.split(':').filter((one) => existsSync(join(one, 'node')))).toEqual([])
    expect(readdirSync(home)).toEqual([])
  })

  test(
    'runs from a folder that was moved, and beside another version',
    async () => {
      const other = join(folder, 'other')
      mkdirSync(other)
      await run('tar', ['-xzf', archive, '-C', other])
      renameSync(other, join(folder, 'moved'))
      const [moved, installed] = await Promise.all([
        run(join(folder, 'moved', 'kubectl-taintdoctor'), ['version']),
        kubectl('taintdoctor version'),
      ])
      expect(moved).toMatchObject({ code: 0 })
      expect(moved).toEqual(installed)
    },
    patience,
  )

  test('the archive holds the licences and the bill of materials', async () => {
    const store = join(root, 'store', 'taintdoctor')
    const version = join(store, readdirSync(store)[0] ?? '')
    expect(readdirSync(version).sort()).toEqual([
      'LICENSE',
      'THIRD_PARTY_LICENSES.txt',
      'kubectl-taintdoctor',
      'sbom.cdx.json',
    ])
    const bill = JSON.parse(readFileSync(join(version, 'sbom.cdx.json'), 'utf8')) as Bill
    const names = bill.components.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['@oclif/core', 'yaml', 'node']))
    expect(names).not.toContain('jest')
    const licences = readFileSync(join(version, 'THIRD_PARTY_LICENSES.txt'), 'utf8')
    expect(
      bill.components.filter(
        ({ name, version: of }) => !licences.includes(`\n${name === 'node' ? 'Node.js' : name} ${of}`),
      ),
    ).toEqual([])
  })

  for (const [how, change] of [
    ['a wrong archive', (file: string) => writeFileSync(file, 'x', { flag: 'a' })],
    ['a cut archive', (file: string) => truncateSync(file, 1_000_000)],
  ] as const) {
    test(
      `krew refuses ${how}`,
      async () => {
        const file = join(folder, basename(archive))
        copyFileSync(archive, file)
        change(file)
        expect(await krew(file, join(folder, 'refused'))).toMatchObject({
          code: 1,
          err: expect.stringMatching(/checksum/),
        })
      },
      patience,
    )
  }

  describe('completion', () => {
    test(
      'is told how, then made',
      async () => {
        const link = join(root, 'bin', 'kubectl_complete-taintdoctor')
        expect((await kubectl('taintdoctor completion')).out).toContain(`ln -s kubectl-taintdoctor '${link}'`)
        expect((await kubectl('taintdoctor completion --install')).out).toContain(`${link} is made`)
        expect(readlinkSync(link)).toBe('kubectl-taintdoctor')
        expect((await kubectl('taintdoctor completion --install')).out).toContain('is there already')
      },
      patience,
    )

    const rows: [line: string, says: RegExp][] = [
      ['taintdoctor ', /^explain\t.*\nsuggest\t/],
      ['taintdoctor explain --out', /^--output\t.*\n:4\n$/],
      ['taintdoctor explain -o j', /^json\n:4\n$/],
      ['taintdoctor explain -n fleet', /^fleetdm\n:4\n$|^\S*fleet\S*\n/],
      ['taintdoctor explain -A deplo', /deploy\/\tDeployment\n:6\n$/],
      ['taintdoctor explain -A node/', /^node\/\S+\n/],
      ['taintdoctor explain -A fleet', /^fleet-\S+\tPod\n/],
    ]
    for (const [line, says] of rows) {
      test(
        `kubectl __complete ${line}|`,
        async () => {
          const { code, out, err } = await kubectl(`__complete ${line}`)
          expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(says) })
          expect(err).toMatch(nothingElse)
        },
        patience,
      )
    }

    test(
      'is silent where the cluster is not there',
      async () => {
        const { out, err } = await kubectl('__complete taintdoctor explain -s https://127.0.0.1:9 deploy/')
        expect(out).toBe(':4\n')
        expect(err).toMatch(nothingElse)
      },
      patience,
    )
  })

  /** plugin.yaml with the sum of this archive: it may be made of newer sources. */
  function manifestFor(file: string): string {
    const content = parse(readFileSync('plugin.yaml', 'utf8')) as Manifest
    const sum = createHash('sha256').update(readFileSync(file)).digest('hex')
    for (const platform of content.spec.platforms) if (platform.uri.endsWith(basename(file))) platform.sha256 = sum
    return stringify(content)
  }
})

/** What kubectl itself says of a completion; the program says nothing. */
const nothingElse = /^(?:\[Debug\] .*\n)*Completion ended with directive: .+\n$/

interface Result {
  readonly code: number
  readonly out: string
  readonly err: string
}

interface Bill {
  readonly components: readonly { readonly name: string; readonly version: string }[]
}

interface Manifest {
  readonly spec: { readonly platforms: { readonly uri: string; sha256: string }[] }
}
