// Bundles src/main.ts with all it needs into dist/kubectl-taintdoctor.cjs: one CommonJS file that runs on Node 20 and newer.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
const out = 'dist/kubectl-taintdoctor.cjs'
// Two builds at once must not write one file.
const own = `${out}.${process.pid}`

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

/**
 * Of client-node only OpenID Connect is used, and that asks its `config.js` for this one function; without the rest,
 * which brings the generated API models along, the program is a third smaller.
 */
const oidcAlone = {
  name: 'oidc-alone',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/config\.js$/ }, ({ importer }) =>
      importer.endsWith('oidc_auth.js') ? { path: 'client-node-config', namespace: 'oidc-alone' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'oidc-alone' }, () => ({
      contents: `import { readFileSync } from 'node:fs'
        export const bufferFromFileOrString = (file, data) => file ? readFileSync(file) : data ? Buffer.from(data, 'base64') : null`,
      loader: 'js',
    }))
  },
}

/** The libraries for CEL, loaded when they are first called: hardly any cluster has such an expression. */
const onDemand = {
  '@marcbachmann/cel-js': (load) =>
    `export function Environment(options) { return new (${load}.Environment)(options) }`,
  re2js: (load) => `export const RE2JS = { compile: (pattern) => ${load}.RE2JS.compile(pattern) }`,
}

const celOnDemand = {
  name: 'cel-on-demand',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(@marcbachmann\/cel-js|re2js)$/ }, ({ importer, namespace, path }) =>
      namespace === 'cel-on-demand' || !/cel(-regex)?\.ts$/.test(importer)
        ? undefined
        : { path, namespace: 'cel-on-demand' },
    )
    onLoad({ filter: /.*/, namespace: 'cel-on-demand' }, ({ path }) => ({
      contents: onDemand[path](`require('${path}')`),
      loader: 'js',
      resolveDir: process.cwd(),
    }))
  },
}

mkdirSync('dist', { recursive: true })
const { metafile } = await build({
  entryPoints: ['src/main.ts'],
  outfile: own,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  logLevel: 'error',
  legalComments: 'none',
  define: { 'process.env.TAINTDOCTOR_VERSION': JSON.stringify(version) },
  plugins: [unused, oidcAlone, celOnDemand],
  metafile: true,
})
// What went in, for the licences and the bill of materials of the packages.
writeFileSync('dist/bundle-inputs.json', JSON.stringify(Object.keys(metafile.inputs).sort()))
// Whole or not at all: another process may be running the old one.
renameSync(own, out)
