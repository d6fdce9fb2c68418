import { spawnSync } from 'node:child_process'
import { expect, test } from '@jest/globals'

/** Tells at the end which modules of the network were loaded. */
const watch = `process.on('exit', () => {
  const loaded = ['http', 'https', 'http2', 'tls'].filter((name) => process.moduleLoadList.includes('NativeModule ' + name))
  process.stderr.write(loaded.join(' '))
})`

test('words that need no cluster are completed without the modules of the network', () => {
  for (const words of [[''], ['explain', '--out'], ['suggest', '-o', ''], ['explain', '--kubeconfig', '']]) {
    const args = [
      '--import',
      `data:text/javascript,${encodeURIComponent(watch)}`,
      'src/main.ts',
      '__complete',
      ...words,
    ]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect({ words, status, stderr }).toEqual({ words, status: 0, stderr: '' })
    expect(stdout).toMatch(/^:\d$/m)
  }
}, 60_000)
