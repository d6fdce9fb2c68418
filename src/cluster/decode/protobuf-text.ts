import type { Reader } from 'protobufjs/minimal.js'

/** Longer texts are hardly ever the same twice. */
const longest = 80
const places = 2 ** 15
const seen: (string | undefined)[] = new Array(places)
const hashes = new Int32Array(places)

/**
 * Reads a text. The same short text read again is the same string in memory, and is not made a second time: a cluster
 * says the same words over and over.
 */
export function readText(reader: Reader): string {
  const length = reader.uint32()
  if (length === 0) return ''
  const start = reader.pos
  const end = start + length
  if (end > reader.len) throw new RangeError('the message ends within a text')
  reader.pos = end
  const bytes = reader.buf as Buffer
  if (length > longest) return bytes.toString('utf8', start, end)
  let hash = length
  let all = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    all |= byte
    hash = Math.imul(hash ^ byte, 0x01000193)
  }
  if (all > 127) return bytes.toString('utf8', start, end)
  const place = (hash ^ (hash >>> 15)) & (places - 1)
  const known = seen[place]
  if (known !== undefined && hashes[place] === hash && holds(known, bytes, start, length)) return known
  const text = bytes.toString('latin1', start, end)
  seen[place] = text
  hashes[place] = hash
  return text
}

/** Reads a text that no other object has, such as a uid. */
export function readOwnText(reader: Reader): string {
  const length = reader.uint32()
  const start = reader.pos
  if (start + length > reader.len) throw new RangeError('the message ends within a text')
  reader.pos = start + length
  return (reader.buf as Buffer).toString('utf8', start, start + length)
}

function holds(text: string, bytes: Buffer, start: number, length: number): boolean {
  if (text.length !== length) return false
  for (let at = 0; at < length; at++) if (text.charCodeAt(at) !== bytes[start + at]) return false
  return true
}
