// Run after every `npm install` here: npm leaves platform packages that the registry in reach does not hold out of the
// lock file, and `npm ci` then refuses it. Each is put back with the exact version its parent pins.
import { readFileSync, writeFileSync } from 'node:fs'

const path = 'package-lock.json'
const lock = JSON.parse(readFileSync(path, 'utf8'))
const { packages } = lock
let added = 0
for (const parent of Object.values({ ...packages })) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`
    if (packages[key] !== undefined || !/^\d/.test(version)) continue
    packages[key] = { version, ...platformOf(name), ...(parent.dev ? { dev: true } : {}), optional: true }
    added++
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
console.error(`mend-lock: ${added} platform packages put back`)

/** The platform that a package's name says it is for. */
function platformOf(name) {
  const words = name.split(/[-/]/)
  const os = [
    'darwin',
    'linux',
    'win32',
    'freebsd',
    'openbsd',
    'netbsd',
    'android',
    'sunos',
    'aix',
    'openharmony',
  ].filter((one) => words.includes(one))
  if (words.includes('win')) os.push('win32')
  const cpu = ['x64', 'arm64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32'].filter(
    (one) => words.includes(one),
  )
  return { ...(cpu.length > 0 ? { cpu } : {}), ...(os.length > 0 ? { os } : {}) }
}
