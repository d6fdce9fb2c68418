/** What a `Status` object says, as far as it is read. */
export interface ApiStatus {
  readonly message?: string
  readonly reason?: string
}

/** Reads the body of a failed answer: a `Status` in JSON or protobuf, else its text. */
export function readStatus(body: Buffer, contentType: string): ApiStatus {
  if (contentType.startsWith('application/vnd.kubernetes.protobuf')) return readProtobufStatus(body)
  const text = body.subarray(0, 64 * 1024).toString('utf8')
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return pick(value as Record<string, unknown>)
  } catch {
    // Not from an API server, or not JSON: its text is all there is.
  }
  const plain = contentType.includes('html') ? text.replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/g, ' ') : text
  const message = plain.replace(/\s+/g, ' ').trim().slice(0, 300)
  return message === '' ? {} : { message }
}

function pick(value: Readonly<Record<string, unknown>>): ApiStatus {
  const { message, reason } = value
  return {
    ...(typeof message === 'string' && message !== '' ? { message } : {}),
    ...(typeof reason === 'string' && reason !== '' ? { reason } : {}),
  }
}

/** `k8s\0`, then `runtime.Unknown` with the Status as its field 2; there `message` is field 3 and `reason` field 4. */
function readProtobufStatus(body: Buffer): ApiStatus {
  if (body.subarray(0, 4).toString('latin1') !== 'k8s\0') return {}
  const raw = bytesField(body.subarray(4), 2)
  if (raw === undefined) return {}
  return pick({ message: bytesField(raw, 3)?.toString('utf8'), reason: bytesField(raw, 4)?.toString('utf8') })
}

/** The last field of that number with a length; undefined where there is none or the bytes are no protobuf. */
function bytesField(message: Buffer, wanted: number): Buffer | undefined {
  let at = 0
  let found: Buffer | undefined
  const varint = (): number => {
    let value = 0
    for (let shift = 1; at < message.length; shift *= 128) {
      const byte = message[at++] ?? 0
      value += (byte & 127) * shift
      if (byte < 128) return value
    }
    return value
  }
  while (at < message.length) {
    const tag = varint()
    const wire = tag % 8
    if (wire === 0) varint()
    else if (wire === 1) at += 8
    else if (wire === 5) at += 4
    else if (wire === 2) {
      const length = varint()
      if (Math.floor(tag / 8) === wanted) found = message.subarray(at, at + length)
      at += length
    } else return found
  }
  return found
}
