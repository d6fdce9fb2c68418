import { ConnectionError } from './connection-error.ts'

/**
 * The server's URL, whose path is kept as a prefix of every request (`https://rancher/k8s/clusters/c-1`). An address
 * without a scheme is https where TLS is configured and http where it is not, as for kubectl.
 *
 * @see client-go rest/url_utils.go DefaultServerURL (kubernetes v1.36.2)
 */
export function parseServer(text: string | undefined, hasTls: boolean, source: string): URL {
  if (text === undefined || text.trim() === '') {
    throw new ConnectionError({ code: 'BadKubeconfig', message: 'no server is given', source, hint: 'give --server' })
  }
  const written = text.includes('://') ? text.trim() : `${hasTls ? 'https' : 'http'}://${text.trim()}`
  const url = URL.canParse(written) ? new URL(written) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') {
    throw new ConnectionError({
      code: source.startsWith('flag') ? 'BadOption' : 'BadKubeconfig',
      message: 'the server is no http or https address',
      source,
      hint: 'write it as https://HOST:PORT',
    })
  }
  return url
}

/** A URL for people: without user and password, without a closing slash. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname.replace(/\/$/, '')}`
}

/** Host name as sockets take it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

/** Port as a number, the scheme's own where the URL has none. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port)
  return url.protocol === 'https:' ? 443 : url.protocol === 'http:' ? 80 : 1080
}
