// The software bill of materials (CycloneDX) of an archive: what `npm sbom` says of the locked packages, without those that
// are not in the bundle, and the Node that is in the archive. Nothing in it depends on when or where it is made.
import { spawnSync } from 'node:child_process'
import { sha256 } from './runtimes.mjs'

/** What `npm sbom` says of the project; run once for all archives. */
export function projectSbom() {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--loglevel=error']
  const npm = process.env.npm_execpath
  const command = npm ? [process.execPath, [npm, ...args]] : ['npm', args]
  const { status, stdout, stderr } = spawnSync(...command, { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`)
  return JSON.parse(stdout)
}

/** The bill of one archive as text. `node` is `{ version, sha256 }`, absent for the npm package. */
export function archiveSbom(project, packages, { name, version, description }, node) {
  const root = `${name}@${version}`
  const bundled = new Set(packages.map((one) => `${one.name}@${one.version}`))
  const components = project.components.filter((one) => bundled.delete(`${one.name}@${one.version}`))
  if (bundled.size > 0) throw new Error(`npm sbom does not know ${[...bundled].join(', ')}`)
  const kept = new Set([root, ...components.map((one) => one['bom-ref'])])
  const dependencies = project.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }))
  if (node !== undefined) {
    components.push(nodeComponent(node))
    dependencies.find(({ ref }) => ref === root)?.dependsOn.push(`node@${node.version}`)
  }
  const { purl, licenses } = project.metadata.component
  const bom = {
    $schema: project.$schema,
    bomFormat: 'CycloneDX',
    specVersion: project.specVersion,
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      tools: [{ vendor: 'npm', name: 'cli' }],
      component: { 'bom-ref': root, type: 'application', name, version, description, purl, licenses },
    },
    components,
    dependencies,
  }
  return `${JSON.stringify({ ...bom, serialNumber: serial(JSON.stringify(bom)) }, null, 2)}\n`
}

function nodeComponent({ version, sha256: content }) {
  return {
    'bom-ref': `node@${version}`,
    type: 'platform',
    name: 'node',
    version,
    scope: 'required',
    cpe: `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*`,
    purl: `pkg:generic/node@${version}`,
    hashes: [{ alg: 'SHA-256', content }],
    licenses: [{ license: { id: 'MIT' } }],
  }
}

/** A UUID (version 8, RFC 9562) made of the content. */
function serial(text) {
  const hex = sha256(text)
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)]
  return `urn:uuid:${parts.join('-')}`
}
