/** Written in by the build; a checkout that runs from source has none. */
export const version: string = process.env['TAINTDOCTOR_VERSION'] ?? '0.0.0-source'

/** What `version` prints for people. */
export function versionText(): string {
  return `kubectl-taintdoctor v${version} (Node ${process.versions.node}, ${process.platform}/${process.arch})\n`
}
