/** A Kubernetes version, as `/version` says it. */
export interface ServerVersion {
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** As the server writes it: `v1.31.4+k3s1`. */
  readonly text: string
}

/** Reads `v1.31.4`, `1.31`, `v1.31.4+k3s1`, `v1.32.0-eks-1234`, `1.30+`; undefined where there is no major and minor number. */
export function parseServerVersion(text: string): ServerVersion | undefined {
  const found = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:[-+].*)?$/.exec(text.trim())
  if (found === null) return undefined
  return { major: Number(found[1]), minor: Number(found[2]), patch: Number(found[3] ?? 0), text: text.trim() }
}

/** Whether `version` is `major.minor.patch` or newer. */
export function isAtLeast(version: ServerVersion, minor: number, patch = 0): boolean {
  if (version.major !== 1) return version.major > 1
  return version.minor > minor || (version.minor === minor && version.patch >= patch)
}
