import type { Streams } from './streams.ts'

/** A line on standard error that says what takes long; nothing where it does not, or where nobody is looking. */
export interface Progress {
  say(text: string): void
  stop(): void
}

const patience = 500

/** Starts a progress line that shows itself after half a second, on a terminal only. */
export function startProgress(text: string, { stderr }: Streams, isWanted: boolean): Progress {
  if (!isWanted || stderr.isTTY !== true) return { say: () => {}, stop: () => {} }
  let current = text
  let spinner: { text: string; stop(): unknown } | undefined
  let isOver = false
  const timer = setTimeout(async () => {
    const { default: ora } = await import('ora')
    if (!isOver) spinner = ora({ text: current, stream: stderr as NodeJS.WriteStream, discardStdin: false }).start()
  }, patience)
  return {
    say(next) {
      current = next
      if (spinner !== undefined) spinner.text = next
    },
    stop() {
      isOver = true
      clearTimeout(timer)
      spinner?.stop()
    },
  }
}
