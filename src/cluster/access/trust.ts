import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import * as tls from 'node:tls'
import { ConnectionError, wordsOf } from './connection-error.ts'
import type { Settings } from './settings.ts'

/** A client certificate and its key, as PEM. */
export interface ClientCertificate {
  readonly cert: string | Buffer
  readonly key: string | Buffer
}

/** How the server's certificate is judged: the TLS options that do it. */
export type Trust = Pick<
  tls.ConnectionOptions,
  'ca' | 'rejectUnauthorized' | 'servername' | 'checkServerIdentity' | 'allowPartialTrustChain'
>

/** Reads whom the cluster entry trusts. */
export async function readTrust(settings: Settings): Promise<Trust> {
  const { cluster, clusterSource } = settings
  const ca = await pem(
    cluster.certificateAuthorityData,
    cluster.certificateAuthority,
    'certificate-authority',
    clusterSource,
  )
  if (cluster.insecureSkipTlsVerify === true && ca !== undefined) {
    throw new ConnectionError({
      code: 'BadCertificate',
      message: 'a certificate authority is given together with insecure-skip-tls-verify',
      source: clusterSource,
      hint: 'keep one of the two',
    })
  }
  if (ca !== undefined && !ca.includes('-----BEGIN')) {
    // OpenSSL takes it for an empty list, and then nothing is trusted.
    const message = 'certificate-authority holds no certificate in PEM'
    throw new ConnectionError({ code: 'BadCertificate', message, source: clusterSource })
  }
  if (ca !== undefined) verifyPem({ ca }, 'certificate-authority', clusterSource)
  return {
    ...serverName(cluster.tlsServerName),
    ...(cluster.insecureSkipTlsVerify === true ? { rejectUnauthorized: false } : {}),
    // As Go: what stands in the bundle is trusted, also where it is not the root.
    ...(ca === undefined ? {} : { ca, allowPartialTrustChain: true }),
  }
}

/** The user's client certificate; undefined where there is none. */
export async function readClientCertificate(settings: Settings): Promise<ClientCertificate | undefined> {
  const { user, userSource } = settings
  const cert = await pem(user.clientCertificateData, user.clientCertificate, 'client-certificate', userSource)
  const key = await pem(user.clientKeyData, user.clientKey, 'client-key', userSource)
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined) {
    const missing = cert === undefined ? 'client-certificate' : 'client-key'
    throw new ConnectionError({ code: 'BadCertificate', message: `${missing} is missing`, source: userSource })
  }
  verifyPem({ cert, key }, 'client-certificate with client-key', userSource)
  return { cert, key }
}

/** Fails where Node cannot use the certificates, with OpenSSL's reason and none of their content. */
export function verifyPem(options: tls.SecureContextOptions, what: string, source: string): void {
  try {
    tls.createSecureContext(options)
  } catch (error) {
    throw new ConnectionError({
      code: 'BadCertificate',
      message: `${what} cannot be used: ${wordsOf(error)}`,
      source,
      cause: error,
    })
  }
}

/** Data comes before the file, as for kubectl. */
async function pem(
  data: string | undefined,
  file: string | undefined,
  what: string,
  source: string,
): Promise<Buffer | undefined> {
  if (data !== undefined) return Buffer.from(data, 'base64')
  if (file === undefined) return undefined
  try {
    return await readFile(file)
  } catch (error) {
    throw new ConnectionError({
      code: 'BadCertificate',
      message: `${what} cannot be read: ${wordsOf(error)}`,
      source,
      cause: error,
    })
  }
}

/** An IP address cannot be sent as a server name, but the certificate can be held against it. */
function serverName(name: string | undefined): Trust {
  if (name === undefined) return {}
  const check = (_host: string, certificate: tls.PeerCertificate) => tls.checkServerIdentity(name, certificate)
  return isIP(name) === 0 ? { servername: name } : { servername: '', checkServerIdentity: check }
}

const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/**
 * Node's certificates and the machine's, which is whom kubectl trusts where the kubeconfig names no authority. Node
 * alone knows only its own; the machine's are read when those do not do.
 */
export function machineCertificates(variables: Readonly<Record<string, string | undefined>>): string[] {
  const file = [variables.SSL_CERT_FILE ?? '', ...bundles].find((path) => path !== '' && existsSync(path))
  const fromFile = file === undefined ? [] : [readFileSync(file, 'utf8')]
  const own = [...tls.rootCertificates]
  // Node 20 has no such function.
  if (typeof tls.getCACertificates !== 'function') return [...own, ...fromFile]
  return [...own, ...tls.getCACertificates('system'), ...fromFile]
}
