import { ConnectionError } from './connection-error.ts'
import type { UserEntry } from './kubeconfig-file.ts'

/**
 * The headers that make the server answer as somebody else. Groups and extra values are one header line each, so a
 * comma in a name stays one.
 *
 * @see client-go transport/round_trippers.go impersonatingRoundTripper (kubernetes v1.36.2)
 */
export function impersonationHeaders(user: UserEntry, source: string): Readonly<Record<string, string[]>> {
  const headers: Record<string, string[]> = {}
  if (user.as === undefined) {
    if (user.asGroups.length === 0 && user.asUid === undefined && user.asUserExtra.size === 0) return headers
    throw new ConnectionError({
      code: 'BadOption',
      message: 'a group, uid or extra value to act as needs a user to act as',
      source,
      hint: 'add --as USER',
    })
  }
  headers['Impersonate-User'] = [headerValue(user.as, source)]
  if (user.asUid !== undefined) headers['Impersonate-Uid'] = [headerValue(user.asUid, source)]
  if (user.asGroups.length > 0) headers['Impersonate-Group'] = user.asGroups.map((group) => headerValue(group, source))
  for (const [key, values] of user.asUserExtra) {
    headers[`Impersonate-Extra-${escapeKey(key)}`] = values.map((value) => headerValue(value, source))
  }
  return headers
}

/** UTF-8 on the wire, as Go sends it; Node takes one character for one byte. */
function headerValue(text: string, source: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a header must not hold
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text)) {
    throw new ConnectionError({
      code: 'BadOption',
      message: `the name to act as holds a control character: ${JSON.stringify(text)}`,
      source,
    })
  }
  return Buffer.from(text, 'utf8').toString('latin1')
}

/** Every byte that a header name cannot hold, and `%`, as `%XX`. */
function escapeKey(key: string): string {
  return [...Buffer.from(key, 'utf8')]
    .map((byte) => {
      const char = String.fromCharCode(byte)
      return /[A-Za-z0-9!#$&'*+\-.^_`|~]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}
