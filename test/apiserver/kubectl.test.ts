import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type DemoCluster, demoClusters } from '#test/demo/cluster.ts'
import { kubeconfig } from './kubeconfig.ts'
import { type ApiServer, startApiServer } from './server.ts'

const isThere = spawnSync('kubectl', ['version', '--client']).status === 0
const title = isThere ? 'the real kubectl' : 'the real kubectl (skipped: there is no kubectl on PATH)'

/** kubectl is slow to start on a busy machine. */
const patience = 60_000

;(isThere ? describe : describe.skip)(title, () => {
  const folder = mkdtempSync(join(tmpdir(), 'apiserver-kubectl-'))
  let servers: ApiServer[] = []

  beforeAll(async () => {
    const start = ({ objects, version, context }: DemoCluster) =>
      startApiServer({ objects, version, context, tls: true, token: 'secret', pageLimit: 3 })
    servers = await Promise.all(demoClusters(new Date()).map(start))
    writeFileSync(join(folder, 'kubeconfig'), kubeconfig(...servers.map((server) => server.access())))
  })
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()))
    rmSync(folder, { recursive: true, force: true })
  })

  const rows: [args: string, says: RegExp][] = [
    ['get pods -A', /fleet-cleanup-clusterregistrations-\w+ +0\/1 +Pending[\s\S]+fleetdm +fleet-migration-\w+/],
    ['get nodes', /infra-1 +Ready/],
    ['get pods -n fleetdm -l app=fleet --field-selector spec.nodeName= -o name', /^pod\/fleet-migration-\w+\n$/],
    ['describe pod -n cattle-fleet-system', /Controlled By: +Job\/fleet-cleanup-clusterregistrations/],
    ['describe node infra-1', /Taints: +dedicated=infra:NoSchedule/],
    ['api-resources', /deployments +deploy +apps\/v1 +true +Deployment/],
    ['get deploy -n fleetdm -o yaml', /kind: Deployment\n +metadata:/],
    ['get all -A', /cronjob.batch\/fleet-cleanup-gitrepo-jobs/],
    ['get gitrepos,clusters.fleet.cattle.io -A --context lab', /gitrepo.fleet.cattle.io\/platform/],
    ['describe pvc -n shop --context lab', /Used By: +postgres-0[\s\S]+ExternalProvisioning/],
    ['get addons.k3s.cattle.io -A --context edge', /kube-system +cluster-agent/],
    ['version --context edge', /Server Version: v1\.36\.2\+k3s1/],
  ]
  for (const [args, says] of rows) {
    test(
      args,
      async () => {
        expect(await kubectl(folder, args)).toMatch(says)
      },
      patience,
    )
  }

  test(
    'is told in its own words what it may not do',
    async () => {
      await expect(kubectl(folder, 'delete pod -n fleetdm --all')).rejects.toThrow('(MethodNotAllowed)')
    },
    patience,
  )
})

/** What kubectl prints; it must not complain of the server. */
function kubectl(folder: string, args: string): Promise<string> {
  const all = ['--kubeconfig', join(folder, 'kubeconfig'), '--cache-dir', join(folder, 'cache'), ...args.split(' ')]
  return new Promise((resolve, reject) => {
    execFile('kubectl', all, { encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error !== null) reject(new Error(stderr))
      else if (/error|unhandled/i.test(stderr)) reject(new Error(stderr))
      else resolve(stdout)
    })
  })
}
