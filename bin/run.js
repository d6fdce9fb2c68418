#!/usr/bin/env node
// Starts the bundled program. In a checkout the bundle is made again first when a source file is newer than it.
import { existsSync, mkdirSync, statSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`error: kubectl taintdoctor needs Node 20 or newer; this is ${process.version}`)
  process.exit(3)
}
const build = new URL('../scripts/fresh-bundle.mjs', import.meta.url)
if (existsSync(build)) (await import(build.href)).freshBundle()
keepCompiled()
createRequire(import.meta.url)('../dist/kubectl-taintdoctor.cjs')

/**
 * Lets Node keep the compiled program in a folder that is this user's alone, which makes the next start faster. Where
 * that cannot be, the program starts as ever. NODE_DISABLE_COMPILE_CACHE=1 turns it off.
 */
function keepCompiled() {
  try {
    const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env
    const own = process.platform === 'darwin' ? join(homedir(), 'Library/Caches') : join(homedir(), '.cache')
    const folder = join((process.platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME) || own, 'kubectl-taintdoctor')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { uid, mode } = statSync(folder)
    const isPrivate = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0)
    if (isPrivate) module.enableCompileCache?.(folder)
  } catch {
    // A home that is missing or not writable.
  }
}
