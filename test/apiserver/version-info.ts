/** What `/version` answers: `v1.36.2` or `v1.33.5+k3s1`. */
export function versionInfo(gitVersion: string): object {
  const [, major = '1', minor = '36'] = /^v?(\d+)\.(\d+)/.exec(gitVersion) ?? []
  return {
    major,
    minor,
    ...(Number(minor) < 34 ? {} : compatibility(major, Number(minor))),
    gitVersion,
    gitCommit: '0000000000000000000000000000000000000000',
    gitTreeState: 'clean',
    buildDate: '2026-01-01T00:00:00Z',
    goVersion: 'go1.26.0',
    compiler: 'gc',
    platform: 'linux/amd64',
  }
}

function compatibility(major: string, minor: number): object {
  const emulated = { emulationMajor: major, emulationMinor: String(minor) }
  return { ...emulated, minCompatibilityMajor: major, minCompatibilityMinor: String(minor - 1) }
}
