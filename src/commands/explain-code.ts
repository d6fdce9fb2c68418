import { Failure } from '#model/failure.ts'
import { nearestHint } from './errors.ts'
import { streams, wantsColor } from './streams.ts'

/** Prints the page of a cause code; reads no cluster. */
export async function printPage(code: string, noColor: boolean): Promise<void> {
  const { pageCodes, renderBlockerPage } = await import('#output/blocker-page.ts')
  const { stdout, env, now } = streams()
  const known = pageCodes.find((one) => one.toLowerCase() === code.toLowerCase()) ?? code
  const page = renderBlockerPage(known, {
    width: Math.min(stdout.columns || 80, 100),
    color: wantsColor(stdout, env, noColor),
    now: now(),
    wide: false,
    namespaces: false,
  })
  if (page === undefined) {
    throw new Failure('WrongArgument', `--code: there is no code "${code}"`, {
      hint: nearestHint(code, pageCodes, `codes: ${pageCodes.join(', ')}`),
      exitCode: 2,
    })
  }
  stdout.write(page)
}
