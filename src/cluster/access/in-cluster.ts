import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConnectionError, codeOf, wordsOf } from './connection-error.ts'
import type { ConnectionEnvironment } from './options.ts'
import type { Found } from './settings.ts'

/**
 * The settings of the Pod this runs in: its service account and the cluster's own address. Undefined where this is
 * no Pod, or one without a service account.
 *
 * @see client-go rest/config.go InClusterConfig (kubernetes v1.36.2)
 */
export async function inClusterSettings(env: ConnectionEnvironment): Promise<Found | undefined> {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = env.variables
  const folder = env.serviceAccountFolder
  const tokenFile = join(folder, 'token')
  if (host === '' || port === '' || (await readIfThere(tokenFile)) === undefined) return undefined
  const certificateAuthority = join(folder, 'ca.crt')
  const ca = await readIfThere(certificateAuthority)
  const namespace = env.variables.POD_NAMESPACE || (await readIfThere(join(folder, 'namespace')))?.trim() || 'default'
  return {
    name: 'in-cluster',
    namespace,
    cluster: {
      file: folder,
      server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
      ...(ca === undefined ? {} : { certificateAuthority }),
    },
    clusterSource: 'KUBERNETES_SERVICE_HOST (this runs in a Pod)',
    user: { file: folder, tokenFile, asGroups: [], asUserExtra: new Map() },
    userSource: `service account of this Pod in ${folder}`,
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw new ConnectionError({
      code: 'BadCredentials',
      message: `${file} cannot be read: ${wordsOf(error)}`,
      source: 'service account of this Pod',
      cause: error,
    })
  }
}
