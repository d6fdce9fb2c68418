import { BlockList, isIP } from 'node:net'
import { ConnectionError } from './connection-error.ts'
import type { ConnectionEnvironment } from './options.ts'
import { hostOf, portOf } from './server-url.ts'
import type { Settings } from './settings.ts'

/** The proxy to go through, and which setting says so. */
export interface ProxyChoice {
  readonly url: URL
  readonly source: string
}

/** The proxy of the cluster's `proxy-url`, else of the environment; undefined is a direct connection. */
export function chooseProxy(settings: Settings, env: ConnectionEnvironment): ProxyChoice | undefined {
  const { cluster, clusterSource, server } = settings
  if (cluster.proxyUrl !== undefined) return parseProxy(cluster.proxyUrl, `proxy-url of ${clusterSource}`)
  const scheme = server.protocol === 'https:' ? 'HTTPS' : 'HTTP'
  const [name, value] = variable(env, `${scheme}_PROXY`)
  if (value === '' || (scheme === 'HTTP' && env.variables.REQUEST_METHOD)) return undefined
  const [, except] = variable(env, 'NO_PROXY')
  return isDirect(server, except) ? undefined : parseProxy(value, name)
}

function variable(env: ConnectionEnvironment, name: string): [name: string, value: string] {
  const upper = env.variables[name]
  if (upper !== undefined && upper !== '') return [name, upper]
  return [name.toLowerCase(), env.variables[name.toLowerCase()] ?? '']
}

function parseProxy(text: string, source: string): ProxyChoice {
  const written = text.includes('://') ? text : `http://${text}`
  const url = URL.canParse(written) ? new URL(written) : undefined
  if (url === undefined || url.hostname === '' || !/^(?:https?|socks5h?):$/.test(url.protocol)) {
    throw new ConnectionError({
      code: 'BadKubeconfig',
      message: 'the proxy is no http, https or socks5 address',
      source,
      hint: 'write it as http://HOST:PORT, https://HOST:PORT or socks5://HOST:PORT',
    })
  }
  return { url, source }
}

/**
 * Whether NO_PROXY takes the server out. An entry is `*`, an address or a CIDR block, `example.com` (with everything
 * below), `.example.com` (only what is below), each with a port if wanted. This machine is always reached directly.
 *
 * @see golang.org/x/net/http/httpproxy Config.ProxyFunc, which kubectl v1.36.2 uses
 */
export function isDirect(server: URL, noProxy: string): boolean {
  const host = hostOf(server).toLowerCase().replace(/\.$/, '')
  if (host === 'localhost' || isLoopback(host)) return true
  return noProxy.split(',').some((entry) => matches(entry.trim().toLowerCase(), host, portOf(server)))
}

function isLoopback(host: string): boolean {
  return host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function matches(entry: string, host: string, port: number): boolean {
  if (entry === '') return false
  if (entry === '*') return true
  if (entry.includes('/')) return isInBlock(entry, host)
  const [name, wantedPort] = splitPort(entry)
  if (wantedPort !== undefined && wantedPort !== port) return false
  if (isIP(name) !== 0) return isIP(host) !== 0 && isInBlock(`${name}/${isIP(name) === 4 ? 32 : 128}`, host)
  if (name.startsWith('*.')) return host.endsWith(name.slice(1))
  return name.startsWith('.') ? host.endsWith(name) : host === name || host.endsWith(`.${name}`)
}

function splitPort(entry: string): [name: string, port: number | undefined] {
  if (isIP(entry) !== 0) return [entry, undefined]
  const found = /^(.*):(\d{1,5})$/.exec(entry)
  const name = (found?.[1] ?? entry).replace(/^\[|\]$/g, '')
  return [name, found === null ? undefined : Number(found[2])]
}

function isInBlock(block: string, host: string): boolean {
  const [base = '', bits = ''] = block.split('/')
  const family = isIP(base)
  const size = Number(bits)
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits) || size > (family === 4 ? 32 : 128)) return false
  const list = new BlockList()
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  list.addSubnet(base, size, kind)
  return list.check(host, kind)
}
