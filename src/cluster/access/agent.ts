import * as http from 'node:http'
import * as https from 'node:https'
import { isIP } from 'node:net'
import { checkServerIdentity } from 'node:tls'
import type { ProxyAgentRequestOptions } from 'hpagent'
import type { ProxyChoice } from './proxy.ts'
import { hostOf } from './server-url.ts'
import type { ClientCertificate, Trust } from './trust.ts'

/** What every connection to one server has in common. */
export interface AgentPlan {
  readonly server: URL
  readonly trust: Trust
  readonly certificate?: ClientCertificate | undefined
  readonly proxy?: ProxyChoice | undefined
  readonly connections: number
}

/**
 * The agent that keeps connections to the server open between requests, through the proxy where there is one. The
 * packages for proxies are loaded only here, when they are needed. Plain http through an http proxy needs none: the
 * request names the whole URL (`attempt.ts`).
 */
export async function makeAgent(plan: AgentPlan): Promise<http.Agent> {
  const secure = plan.server.protocol === 'https:'
  const tls = secure ? { ...addressCheck(plan), ...plan.trust, ...plan.certificate } : {}
  const keep = { keepAlive: true, maxSockets: plan.connections, autoSelectFamilyAttemptTimeout: 1000, ...tls }
  const proxy = plan.proxy?.url
  if (proxy === undefined) return secure ? new https.Agent(keep) : new http.Agent(keep)
  if (proxy.protocol.startsWith('socks')) {
    const { SocksProxyAgent } = await import('socks-proxy-agent')
    // Go leaves names to the SOCKS server; this package does so for socks5h only.
    const url = new URL(proxy.href.replace(/^socks5:/, 'socks5h:'))
    return new SocksProxyAgent(url, keep)
  }
  if (!secure) return new http.Agent(keep)
  const { HttpsProxyAgent } = await import('hpagent')
  const { ca, rejectUnauthorized } = plan.trust
  const proxyTls = {
    ...(ca === undefined ? {} : { ca }),
    ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
  }
  // A https proxy is judged by the same authorities as the server, as Go does.
  return new HttpsProxyAgent({ ...keep, proxy, proxyRequestOptions: proxyTls as ProxyAgentRequestOptions })
}

/** An address is no server name, so behind a proxy TLS would hold the certificate against `localhost`. */
function addressCheck({ server, trust }: AgentPlan): Trust {
  const address = hostOf(server)
  if (isIP(address) === 0 || trust.servername !== undefined) return {}
  return { checkServerIdentity: (_host, certificate) => checkServerIdentity(address, certificate) }
}

/** Whether requests name the whole URL, since they go to a http proxy without a tunnel. */
export function isForwarded(server: URL, proxy: ProxyChoice | undefined): boolean {
  return server.protocol === 'http:' && proxy?.url.protocol.startsWith('http') === true
}
