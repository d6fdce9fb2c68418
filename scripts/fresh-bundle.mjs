// In a checkout: builds dist/ again when a source file is newer than it, so that bin/run.js never runs old code.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Makes the bundle if it is missing or older than a source file. Talks on standard error only. */
export function freshBundle() {
  const made = timeOf(join(root, 'dist/kubectl-taintdoctor.cjs'))
  const sources = [join(root, 'package.json'), join(root, 'scripts/build.mjs'), ...filesOf(join(root, 'src'))]
  if (sources.every((file) => timeOf(file) < made)) return
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) {
    console.error('error: the program could not be built; run "npm ci" first')
    process.exit(3)
  }
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}

function timeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
