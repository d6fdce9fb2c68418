import { safeText } from '#output/safe-text.ts'
import { type Style, wrap } from '#output/text/style.ts'

const indent = ' '.repeat(10)

/** A fact with its label before it; what comes from a cluster is made safe here. Further lines stand below the text. */
export function labelled(label: string, text: string, { width }: Style): string {
  return `  ${label.padEnd(7)} ${wrap(safeText(text), width, indent).slice(indent.length)}`
}
