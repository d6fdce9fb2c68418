/**
 * A command for a shell. Every word that comes from a cluster or a file is quoted where a shell would read it as
 * something else, so that a hostile name stays a name.
 */
export function command(texts: TemplateStringsArray, ...words: readonly string[]): string {
  return texts.map((text, at) => text + (at < words.length ? shellWord(words[at] ?? '') : '')).join('')
}

function shellWord(word: string): string {
  return /^[A-Za-z0-9_.:/@=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** Stands where the name of an object is not known. */
const unknownName = 'NAME'

/** Merges `patch.yaml` into an object; without a namespace, into a cluster-wide one. */
export function patchCommand(resource: string, namespace: string | undefined, name: string | undefined): string {
  return `${kubectl(namespace)} ${command`patch ${resource} ${name ?? unknownName}`} --type merge --patch-file patch.yaml`
}

export function deleteCommand(resource: string, namespace: string, name: string | undefined): string {
  return `${kubectl(namespace)} ${command`delete ${resource} ${name ?? unknownName}`}`
}

export function editCommand(resource: string, namespace: string, name: string): string {
  return `${kubectl(namespace)} ${command`edit ${resource} ${name}`}`
}

function kubectl(namespace: string | undefined): string {
  return namespace === undefined ? 'kubectl' : command`kubectl -n ${namespace}`
}

/** Gives a release new values and keeps its others; `--version` only where the chart's is known. */
export function helmUpgrade(release: string, chart: string, namespace: string, chartVersion?: string): string {
  const pinned = chartVersion === undefined ? '' : command` --version ${chartVersion}`
  return `${command`helm upgrade ${release} ${chart} -n ${namespace}`}${pinned} --reset-then-reuse-values -f values.yaml`
}
