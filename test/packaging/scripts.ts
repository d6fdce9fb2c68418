import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A file for an archive. */
export interface PackedFile {
  readonly name: string
  readonly bytes: Buffer
  readonly executable: boolean
}

/** The parts of `npm run package` that tests call. */
export interface PackageScripts {
  readonly archives: { tarGz(files: readonly PackedFile[]): Buffer; zip(files: readonly PackedFile[]): Buffer }
  readonly signature: { withoutSignature(bytes: Buffer): Buffer }
  readonly targets: { readonly targets: Readonly<Record<string, Target>> }
}

export interface Target {
  readonly os: string
  readonly arch: string
  readonly form: string
  readonly exe: string
  readonly runtime: {
    readonly package: string
    readonly version: string
    readonly tarball: string
    readonly binary: string
  }
}

/** Loads scripts/package, which are plain JavaScript. */
export async function packageScripts(): Promise<PackageScripts> {
  const load = (name: string) => import(pathToFileURL(resolve('scripts/package', name)).href)
  return {
    archives: await load('archives.mjs'),
    signature: await load('windows-signature.mjs'),
    targets: await load('targets.mjs'),
  }
}
