// Installs what package-lock.json names (when it is not there yet) and puts the pinned Node first on npm's PATH.
// Runs on the Node that started npm, 20 or newer; everything after it runs on the pinned one.
import { spawnSync } from 'node:child_process'
import { existsSync, linkSync, mkdirSync, rmSync, statSync } from 'node:fs'

const linkOnly = process.argv[2] === '--link'
const stamp = 'node_modules/.package-lock.json'
const installed = existsSync(stamp) && statSync(stamp).mtimeMs >= statSync('package-lock.json').mtimeMs

if (!linkOnly && !installed) install()
linkNode()

/** `npm ci`, quietly, with the optional packages: the pinned Node is one of them. */
function install() {
  const args = [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--engine-strict=false',
    '--include=dev',
    '--include=optional',
  ]
  const npm = process.env.npm_execpath
  const { status } = spawnSync(npm ? process.execPath : 'npm', npm ? [npm, ...args] : args, {
    stdio: ['ignore', 2, 2],
    shell: !npm,
  })
  if (status !== 0) process.exit(status ?? 1)
}

/** npm 10 links no `node` where several optional packages claim that name, so it is linked here. */
function linkNode() {
  const exe = process.platform === 'win32' ? 'node.exe' : 'node'
  const os = process.platform === 'win32' ? 'win' : process.platform
  const pinned = `node_modules/node-${os}-${process.arch}/bin/${exe}`
  if (existsSync(pinned)) {
    mkdirSync('node_modules/.bin', { recursive: true })
    rmSync(`node_modules/.bin/${exe}`, { force: true })
    linkSync(pinned, `node_modules/.bin/${exe}`)
  } else if (!linkOnly && Number(process.versions.node.split('.')[0]) < 24) {
    console.error(
      `setup: developing needs Node 24 or newer on ${process.platform}-${process.arch}; this is ${process.version}`,
    )
    process.exit(1)
  }
}
