import { stringify } from 'yaml'

/** How one context of a kubeconfig reaches its server. */
export interface Access {
  readonly context: string
  readonly server: string
  readonly authority?: string
  readonly namespace?: string
  readonly token?: string
  readonly certificate?: string
  readonly key?: string
}

/** A kubeconfig's text, one context for each entry; the first is the current one. */
export function kubeconfig(...contexts: readonly Access[]): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': contexts[0]?.context ?? '',
    clusters: contexts.map(({ context, server, authority }) => ({
      name: context,
      cluster: { server, ...(authority && { 'certificate-authority-data': base64(authority) }) },
    })),
    contexts: contexts.map(({ context, namespace }) => ({
      name: context,
      context: { cluster: context, user: context, ...(namespace && { namespace }) },
    })),
    users: contexts.map(({ context, token, certificate, key }) => ({
      name: context,
      user: {
        ...(token && { token }),
        ...(certificate && { 'client-certificate-data': base64(certificate) }),
        ...(key && { 'client-key-data': base64(key) }),
      },
    })),
  })
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
