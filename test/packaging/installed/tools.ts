import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/** What the tests of the installed program need; `missing` says in words why they are skipped. */
export interface Tools {
  readonly missing: string
  /** kubectl, kubectl-krew, validate-krew-manifest and what the tests themselves need; Node is none of them. */
  readonly programs: readonly string[]
  /** The Linux archive of `npm run package` for this machine, and the npm package. */
  readonly archive: string
  readonly npmPackage: string
}

/** Looks for the tools on the PATH, then beside the checkout, where a script builds them. */
export function packagingTools(): Tools {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  const archive = resolve(`dist/taintdoctor_v${version}_linux_${arch}.tar.gz`)
  const npmPackage = resolve(`dist/taintdoctor_v${version}_npm.tgz`)
  const without = (missing: string) => ({ missing, programs: [], archive, npmPackage })
  if (process.platform !== 'linux') return without('they run on Linux')
  if (!existsSync(archive) || !existsSync(npmPackage)) return without('npm run test:package makes the archives')
  const found = ['kubectl', 'kubectl-krew', 'validate-krew-manifest', 'tar', 'gzip'].map(fileOf)
  if (found.includes(undefined)) return without('kubectl, kubectl-krew or validate-krew-manifest is not on PATH')
  return { ...without(''), programs: found as string[] }
}

function fileOf(program: string): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program))
  return onPath.find(existsSync) ?? [join(builtFolder(), program)].find(existsSync)
}

let built: string | undefined

/** Where `../shared/cluster/build` puts what it makes; empty where there is no such script. */
function builtFolder(): string {
  const script = '../shared/cluster/build'
  if (built === undefined && existsSync(script)) {
    const { stdout } = spawnSync(script, ['kubectl', 'krew'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 2] })
    built = stdout.trim()
  }
  return built ?? ''
}
