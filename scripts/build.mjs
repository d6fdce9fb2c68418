// Bundles src/main.ts with all it needs into dist/kubectl-taintdoctor.cjs: one CommonJS file that runs on Node 20 and newer.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
const out = 'dist/kubectl-taintdoctor.cjs'

/** Modules that oclif and client-node name but this program never calls: each throws if it is. */
const unused = {
  name: 'unused-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(tinyglobby|minimatch|lilconfig|undici|typescript)$/ }, ({ path }) => ({
      path,
      namespace: 'unused',
    }))
    onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({
      contents: `module.exports = new Proxy(function () {}, { get: (_, key) => (key === '__esModule' ? false : () => { throw new Error('${path} is not part of this program') }) })`,
      loader: 'js',
    }))
  },
}

mkdirSync('dist', { recursive: true })
const { metafile } = await build({
  entryPoints: ['src/main.ts'],
  outfile: `${out}.new`,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  keepNames: true,
  logLevel: 'error',
  legalComments: 'none',
  define: { 'process.env.TAINTDOCTOR_VERSION': JSON.stringify(version) },
  plugins: [unused],
  metafile: true,
})
// What went in, for the licences and the bill of materials of the packages.
writeFileSync('dist/bundle-inputs.json', JSON.stringify(Object.keys(metafile.inputs).sort()))
// Whole or not at all: another process may be running the old one.
renameSync(`${out}.new`, out)
