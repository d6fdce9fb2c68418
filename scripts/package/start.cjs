#!/usr/bin/env node
/* In the syntax of old Nodes: they must be able to read this far to say what is wrong. */
const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error('error: kubectl taintdoctor needs Node 20 or newer; this is %s', process.version)
  process.exit(3)
}
/* npm starts programs in ways of its own, so the name they were called by does not say which one is meant. */
if (/complete\.js$/.test(__filename)) process.argv.splice(2, 0, '__complete')
keepCompiled()
require('./kubectl-taintdoctor.cjs')

/*
 * Lets Node keep the compiled program in a folder that is this user's alone, which makes the next start faster, as
 * bin/run.js does. Where that cannot be, the program starts as ever. NODE_DISABLE_COMPILE_CACHE=1 turns it off.
 */
function keepCompiled() {
  const fs = require('node:fs')
  const { join } = require('node:path')
  const { enableCompileCache } = require('node:module')
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env
  if (enableCompileCache === undefined) return
  try {
    const home = require('node:os').homedir()
    const own = process.platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache')
    const folder = join((process.platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME) || own, 'kubectl-taintdoctor')
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    const stats = fs.statSync(folder)
    const isPrivate = process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o022) === 0)
    if (isPrivate) enableCompileCache(folder)
  } catch (_) {
    // A home that is missing or not writable.
  }
}
