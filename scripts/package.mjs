// Builds what is released into dist/: an archive for each platform, the npm package, the bills of materials, and
// checksums.txt of all of them. `--only linux-x64,win32-x64,npm` builds some of it. Same input, same bytes.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { tarGz, zip } from './package/archives.mjs'
import { bundledPackages, thirdPartyLicences } from './package/bundled.mjs'
import { executable } from './package/executable.mjs'
import { npmPackage } from './package/npm.mjs'
import { runtimeFile, runtimeLicence, sha256 } from './package/runtimes.mjs'
import { archiveSbom, projectSbom } from './package/sbom.mjs'
import { archiveName, archiveStem, targets } from './package/targets.mjs'

const project = JSON.parse(readFileSync('package.json', 'utf8'))
const { version } = project
const bundle = 'dist/kubectl-taintdoctor.cjs'

const wanted = wantedParts()
build()
const packages = bundledPackages()
const known = projectSbom()
for (const part of wanted) {
  if (part === 'npm') report(makeNpm())
  else report(await makeArchive(part, targets[part]))
}
writeChecksums()

function wantedParts() {
  const all = [...Object.keys(targets), 'npm']
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values
  const parts = only === undefined ? all : only.split(',')
  const unknown = parts.find((part) => !all.includes(part))
  if (unknown === undefined) return parts
  console.error(`package: --only ${unknown}: not one of ${all.join(', ')}`)
  process.exit(2)
}

function build() {
  mkdirSync('dist', { recursive: true })
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(status ?? 1)
}

async function makeArchive(key, target) {
  const { runtime, form, exe, os } = target
  const node = { version: runtime.version, sha256: runtime.binary, licence: runtimeLicence(runtime) }
  const sbom = archiveSbom(known, packages, project, node)
  const text = (name, content) => ({ name, bytes: Buffer.from(content), executable: false })
  const program =
    form === 'sea'
      ? [{ name: exe, bytes: await executable(key, bundle), executable: true }]
      : [
          { name: exe, bytes: readFileSync('scripts/package/launcher.sh'), executable: true },
          { name: 'node', bytes: readFileSync(runtimeFile(runtime)), executable: true },
          { name: 'start.cjs', bytes: readFileSync('scripts/package/start.cjs'), executable: false },
          { name: 'kubectl-taintdoctor.cjs', bytes: readFileSync(bundle), executable: false },
        ]
  const files = [
    ...program,
    text('LICENSE', readFileSync('LICENSE')),
    text('THIRD_PARTY_LICENSES.txt', thirdPartyLicences(packages, node)),
    text('sbom.cdx.json', sbom),
  ]
  const name = archiveName(target, version)
  writeFileSync(`dist/${archiveStem(target, version)}.cdx.json`, sbom)
  writeFileSync(`dist/${name}`, os === 'windows' ? zip(files) : tarGz(files))
  return name
}

function makeNpm() {
  const sbom = archiveSbom(known, packages, project)
  writeFileSync(`dist/taintdoctor_v${version}_npm.cdx.json`, sbom)
  return npmPackage({ bundle, licences: thirdPartyLicences(packages), sbom })
}

/** Of all that stands in dist/ for this version, so that parts may be built one after the other. */
function writeChecksums() {
  const names = readdirSync('dist').filter((name) => name.startsWith(`taintdoctor_v${version}_`))
  const lines = names.sort().map((name) => `${sha256(readFileSync(`dist/${name}`))}  ${name}\n`)
  writeFileSync('dist/checksums.txt', lines.join(''))
}

function report(name) {
  const bytes = readFileSync(`dist/${name}`)
  console.log(`${(bytes.length / 1e6).toFixed(1).padStart(6)} MB  ${sha256(bytes)}  ${name}`)
}
