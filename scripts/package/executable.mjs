// One executable of Node and the bundle: Node's "single executable application".
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { inject } from 'postject'
import { runtimeFile } from './runtimes.mjs'
import { targets } from './targets.mjs'
import { withoutSignature } from './windows-signature.mjs'

const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

/**
 * The executable's bytes. V8's code cache, which saves about 60 ms at each start, can only be made on the platform that
 * it is for, so the other platforms' executables have none.
 */
export async function executable(key, bundle) {
  const host = `${process.platform}-${process.arch}`
  const maker = targets[host]
  if (maker?.form !== 'sea' || maker.os !== 'linux') throw new Error(`executables are made on Linux, not on ${host}`)
  const { runtime } = targets[key]
  if (runtime.version !== maker.runtime.version)
    throw new Error(`${key} needs the Node that makes it: ${runtime.version}`)
  const folder = mkdtempSync(join(tmpdir(), 'taintdoctor-package-'))
  try {
    const blob = await preparation(folder, runtimeFile(maker.runtime), bundle, key === host)
    const file = join(folder, 'program')
    copyFileSync(runtimeFile(runtime), file)
    if (targets[key].os === 'windows') writeFileSync(file, withoutSignature(readFileSync(file)))
    await quietly(() => inject(file, 'NODE_SEA_BLOB', blob, { sentinelFuse: fuse }))
    const bytes = readFileSync(file)
    if (!bytes.includes(`${fuse}:1`)) throw new Error(`${key}: the bundle was not put into the executable`)
    return bytes
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What Node reads at its start: the bundle, and how to run it. */
async function preparation(folder, node, bundle, useCodeCache) {
  // Relative names, because V8 writes the main file's name into the code cache.
  const settings = {
    main: 'kubectl-taintdoctor.cjs',
    output: 'sea.blob',
    disableExperimentalSEAWarning: true,
    useCodeCache,
    // Else the NODE_OPTIONS of the user's shell would run inside this program.
    execArgvExtension: 'none',
  }
  copyFileSync(bundle, join(folder, settings.main))
  writeFileSync(join(folder, 'sea.json'), JSON.stringify(settings))
  // A fixed seed, because the order in V8's tables, and so the code cache's bytes, follow from it. (--hash-seed would do
  // as well, but V8 then refuses the cache in a process that was started without that option.)
  const options = ['--random-seed=1', '--experimental-sea-config', 'sea.json']
  const { status, stderr } = spawnSync(resolve(node), options, {
    cwd: folder,
    encoding: 'utf8',
    env: {},
  })
  if (status !== 0) throw new Error(`node --experimental-sea-config failed: ${stderr}`)
  return readFileSync(join(folder, settings.output))
}

/** postject talks of signatures and sections while it works. */
async function quietly(work) {
  const { log, warn, error } = console
  Object.assign(console, { log: () => {}, warn: () => {}, error: () => {} })
  try {
    await work()
  } finally {
    Object.assign(console, { log, warn, error })
  }
}
