import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** A certificate and its key, both PEM. */
export interface Certificate {
  readonly certificate: string
  readonly key: string
}

/** A certificate authority made for one server: it signs for 127.0.0.1, ::1 and localhost, and for users. */
export interface Authority {
  readonly certificate: string
  readonly server: Certificate
  /** A client certificate: the user's name is its common name, the groups its organizations. */
  user(name: string, groups: readonly string[]): Certificate
}

/** A new authority, good for a week. */
export function createAuthority(): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuer = distinguishedName('embedded-api-server-ca', [])
  const extensions = [extension('551d13', sequence(boolean(true)), true), extension('551d0f', bits(0x06), true)]
  const certificate = pem('CERTIFICATE', signed(issuer, issuer, keys.publicKey, keys.privateKey, extensions))
  const issue = (name: string, groups: readonly string[], own: readonly Buffer[]): Certificate => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const subject = distinguishedName(name, groups)
    return {
      certificate: pem('CERTIFICATE', signed(issuer, subject, publicKey, keys.privateKey, own)),
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    }
  }
  const addresses = [
    ...[tagged(0x82, Buffer.from('localhost')), tagged(0x82, Buffer.from('kubernetes'))],
    ...[tagged(0x87, Buffer.from([127, 0, 0, 1])), tagged(0x87, Buffer.from([...Buffer.alloc(15), 1]))],
  ]
  const serverUse = extension('551d25', sequence(objectId('2b06010505070301')))
  const clientUse = extension('551d25', sequence(objectId('2b06010505070302')))
  const server = issue('kube-apiserver', [], [serverUse, extension('551d11', sequence(...addresses))])
  return { certificate, server, user: (name, groups) => issue(name, groups, [clientUse]) }
}

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))

function signed(
  issuer: Buffer,
  subject: Buffer,
  publicKey: KeyObject,
  signer: KeyObject,
  extensions: readonly Buffer[],
): Buffer {
  const now = Date.now()
  const validity = sequence(time(new Date(now - 3_600_000)), time(new Date(now + 7 * 86_400_000)))
  const subjectKey = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({
    type: 'spki',
    format: 'der',
  })
  const version = tagged(0xa0, integer(Buffer.from([2])))
  const serial = integer(Buffer.concat([Buffer.from([1]), randomBytes(8)]))
  const more = tagged(0xa3, sequence(...extensions))
  const body = sequence(version, serial, ecdsaWithSha256, issuer, validity, subject, subjectKey, more)
  return sequence(body, ecdsaWithSha256, bitString(sign('sha256', body, signer)))
}

// DER, as far as a certificate needs it.

function tagged(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body])
  const hex = body.length.toString(16)
  const size = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, body])
}

function sequence(...content: readonly Uint8Array[]): Buffer {
  return tagged(0x30, ...content)
}
function integer(bytes: Uint8Array): Buffer {
  return tagged(0x02, bytes)
}
function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.from([value ? 0xff : 0]))
}
/** An object identifier by the hexadecimal digits of its content. */
function objectId(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'))
}
function bitString(bytes: Uint8Array): Buffer {
  return tagged(0x03, Buffer.from([0]), bytes)
}
/** The key usage bits: 0x06 is certificate and CRL signing. */
function bits(value: number): Buffer {
  return tagged(0x03, Buffer.from([1, value]))
}
function time(date: Date): Buffer {
  return tagged(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+/g, '')}`))
}
function distinguishedName(name: string, organizations: readonly string[]): Buffer {
  const part = (id: string, value: string): Buffer =>
    tagged(0x31, sequence(objectId(id), tagged(0x0c, Buffer.from(value))))
  return sequence(...organizations.map((one) => part('55040a', one)), part('550403', name))
}
function extension(id: string, value: Uint8Array, critical = false): Buffer {
  return sequence(objectId(id), ...(critical ? [boolean(true)] : []), tagged(0x04, value))
}

function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
