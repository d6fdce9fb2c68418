import { spawnSync } from 'node:child_process'

/** One run of a program. */
export interface Run {
  readonly milliseconds: number
  /** Peak memory; undefined where this machine has no GNU time to ask. */
  readonly mebibytes: number | undefined
}

/** A program to be measured, by the name it has in the table. */
export interface Candidate {
  readonly name: string
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

const hasTime = spawnSync('/usr/bin/time', ['-f', '%M', 'true']).status === 0

/** Runs each candidate once in every round, so that a busy minute of the machine strikes them all. */
export function measure(candidates: readonly Candidate[], rounds: number): ReadonlyMap<string, Run> {
  const runs = new Map<string, Run[]>(candidates.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const candidate of candidates) runs.get(candidate.name)?.push(once(candidate))
  }
  return new Map([...runs].map(([name, all]) => [name, medianOf(all)]))
}

function once({ name, command, env }: Candidate): Run {
  const full = hasTime ? ['/usr/bin/time', '-f', '%M', ...command] : command
  const [program = '', ...words] = full
  const start = performance.now()
  const { status, stderr } = spawnSync(program, words, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  const milliseconds = performance.now() - start
  if (status !== 0) throw new Error(`${name} failed (${status}): ${stderr.slice(0, 500)}`)
  const kibibytes = Number(stderr.trim().split('\n').at(-1))
  return { milliseconds, mebibytes: hasTime ? kibibytes / 1024 : undefined }
}

function medianOf(runs: readonly Run[]): Run {
  const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
  const sizes = runs.flatMap(({ mebibytes }) => mebibytes ?? [])
  return {
    milliseconds: middle(runs.map(({ milliseconds }) => milliseconds)),
    mebibytes: sizes.length === 0 ? undefined : middle(sizes),
  }
}

/** A Markdown table; ratios are to the candidate named `to`. */
export function table(title: string, runs: ReadonlyMap<string, Run>, to: string): string {
  const base = runs.get(to)
  const rows = [...runs].map(([name, { milliseconds, mebibytes }]) => {
    const size = mebibytes === undefined ? '-' : `${Math.round(mebibytes)}`
    const ratio = base === undefined ? '-' : (milliseconds / base.milliseconds).toFixed(2)
    const sizeRatio =
      mebibytes === undefined || base?.mebibytes === undefined ? '-' : (mebibytes / base.mebibytes).toFixed(2)
    return `| ${name} | ${Math.round(milliseconds)} | ${ratio} | ${size} | ${sizeRatio} |`
  })
  const head = `| ${title} | ms | to \`${to}\` | MiB | to \`${to}\` |\n|---|---|---|---|---|`
  return [head, ...rows].join('\n')
}
