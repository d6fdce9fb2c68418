// The npm package: the bundle and what starts it. It needs no other package and runs no script when it is installed.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'

const folder = 'dist/npm'

/** Writes dist/npm and packs it; the name of the .tgz in dist/. */
export function npmPackage({ bundle, licences, sbom }) {
  const own = JSON.parse(readFileSync('package.json', 'utf8'))
  const { name, version, description, license, homepage, repository, bugs, keywords, engines } = own
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(`${folder}/bin`, { recursive: true })
  const published = {
    ...{ name, version, description, license, homepage, repository, bugs, keywords, engines },
    bin: { 'kubectl-taintdoctor': 'bin/run.js', 'kubectl_complete-taintdoctor': 'bin/complete.js' },
  }
  writeFileSync(`${folder}/package.json`, `${JSON.stringify(published, null, 2)}\n`)
  for (const file of Object.values(published.bin)) {
    copyFileSync('scripts/package/start.cjs', `${folder}/${file}`)
    chmodSync(`${folder}/${file}`, 0o755)
  }
  copyFileSync(bundle, `${folder}/bin/kubectl-taintdoctor.cjs`)
  writeFileSync(`${folder}/THIRD_PARTY_LICENSES.txt`, licences)
  writeFileSync(`${folder}/sbom.cdx.json`, sbom)
  for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md']) {
    if (existsSync(file)) copyFileSync(file, `${folder}/${file}`)
  }
  const args = ['pack', '--silent', '--loglevel=error', '--ignore-scripts', '--pack-destination', 'dist', `./${folder}`]
  const npm = process.env.npm_execpath
  const command = npm ? [process.execPath, [npm, ...args]] : ['npm', args]
  const { status, stderr } = spawnSync(...command, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`)
  const packed = `taintdoctor_v${version}_npm.tgz`
  renameSync(`dist/${name}-${version}.tgz`, `dist/${packed}`)
  return packed
}
