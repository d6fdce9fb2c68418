#!/usr/bin/env node
// Starts the bundled program. In a checkout the bundle is made again first when a source file is newer than it.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`error: kubectl taintdoctor needs Node 20 or newer; this is ${process.version}`)
  process.exit(3)
}
const build = new URL('../scripts/fresh-bundle.mjs', import.meta.url)
if (existsSync(build)) (await import(build.href)).freshBundle()
createRequire(import.meta.url)('../dist/kubectl-taintdoctor.cjs')
