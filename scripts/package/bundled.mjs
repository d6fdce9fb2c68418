// Which npm packages are in the bundle, and their licences.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The packages of the bundle: `{ name, version, license, folder }`, by name. */
export function bundledPackages() {
  const inputs = JSON.parse(readFileSync('dist/bundle-inputs.json', 'utf8'))
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined))
  return [...folders]
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      if (typeof license !== 'string') throw new Error(`${name}@${version} names no licence`)
      return { name, version, license, folder }
    })
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
}

/** The text of THIRD_PARTY_LICENSES.txt: every package in the bundle, then, where there is one, Node and all in it. */
export function thirdPartyLicences(packages, node) {
  const sections = packages.map(({ name, version, license, folder }) => {
    return [`${name} ${version} (${license})`, licenceTexts(folder, `${name}@${version}`)]
  })
  if (node !== undefined) sections.push([`Node.js ${node.version}`, node.licence])
  const line = '='.repeat(80)
  const head =
    'kubectl taintdoctor is licensed under the Apache License 2.0 (file LICENSE). It contains the following.\n'
  return `${head}\n${sections.map(([title, text]) => `${line}\n${title}\n${line}\n\n${text.trim()}\n`).join('\n')}`
}

function packageFolder(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0]
}

function licenceTexts(folder, id) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
  if (files.length > 0) return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
  const written = `scripts/package/licences/${id.replace('/', '__')}.txt`
  if (existsSync(written)) return readFileSync(written, 'utf8')
  throw new Error(`${id} has no licence file: put its text into ${written}`)
}
