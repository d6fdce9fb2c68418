// Writes plugin.yaml, krew's manifest, from package.json and dist/checksums.txt. With --verify only says whether it is
// what would be written: its own sums stand in for those of the archives, which only `npm run package` knows; with
// `--verify --sums` the archives in dist/ count.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse, stringify } from 'yaml'
import { archiveName, targets } from './package/targets.mjs'

const file = 'plugin.yaml'
const { verify, sums: fromArchives } = parseArgs({
  options: { verify: { type: 'boolean' }, sums: { type: 'boolean' } },
}).values
const { version, homepage } = JSON.parse(readFileSync('package.json', 'utf8'))

if (!verify) writeFileSync(file, manifest(sumsOfArchives()))
else {
  const written = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (written !== manifest(fromArchives ? sumsOfArchives() : sumsOfManifest(written))) {
    fail(
      `${file} is not what package.json${fromArchives ? ' and dist/checksums.txt' : ''} would make of it: npm run manifest`,
    )
  }
}

function manifest(sums) {
  const platforms = Object.values(targets).map((target) => {
    const { os, arch, form, exe } = target
    const name = archiveName(target, version)
    if (!/^[0-9a-f]{64}$/.test(sums.get(name) ?? '')) fail(`there is no SHA-256 of ${name}: npm run package`)
    const program = form === 'sea' ? [exe] : [exe, 'node', 'start.cjs', 'kubectl-taintdoctor.cjs']
    return {
      selector: { matchLabels: { os, arch } },
      uri: `${homepage}/releases/download/v${version}/${name}`,
      sha256: sums.get(name),
      files: [...program, 'LICENSE', 'THIRD_PARTY_LICENSES.txt', 'sbom.cdx.json'].map((from) => ({ from, to: '.' })),
      bin: exe,
    }
  })
  return stringify(
    {
      apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
      kind: 'Plugin',
      metadata: { name: 'taintdoctor' },
      spec: {
        version: `v${version}`,
        homepage,
        shortDescription: 'Explain why Pods are Pending and how to mend it',
        description: [
          'Says for every Pending Pod which nodes would not take it and all the',
          "reasons why, as kube-scheduler's own filters judge it; who owns the Pod;",
          'and the smallest change, in the file that one really edits, that makes it',
          'schedulable, with the proof that it is enough. Knows Rancher, Fleet, K3s',
          'and MicroK8s. Works on a live cluster or on a saved one. It only reads.',
          '',
        ].join('\n'),
        caveats: [
          'Try: kubectl taintdoctor explain -A',
          'For completion with the Tab key: kubectl taintdoctor completion',
          'On Linux it needs glibc 2.28 or newer and libstdc++. For Alpine see',
          `${homepage}/blob/v${version}/docs/installing.md`,
          '',
        ].join('\n'),
        platforms,
      },
    },
    { lineWidth: 0 },
  )
}

function sumsOfArchives() {
  if (!existsSync('dist/checksums.txt')) fail('there is no dist/checksums.txt: npm run package')
  const lines = readFileSync('dist/checksums.txt', 'utf8').trim().split('\n')
  return new Map(lines.map((line) => line.split('  ')).map(([sum, name]) => [name, sum]))
}

function sumsOfManifest(text) {
  const { spec } = parse(text) ?? {}
  return new Map((spec?.platforms ?? []).map(({ uri, sha256 }) => [uri.slice(uri.lastIndexOf('/') + 1), sha256]))
}

function fail(message) {
  console.error(`manifest: ${message}`)
  process.exit(1)
}
