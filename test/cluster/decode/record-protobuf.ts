// Records what a real API server says of the objects in recorded/objects.json, as protobuf and as JSON:
//     KUBECONFIG=... node test/cluster/decode/record-protobuf.ts
// The objects have to be there (kubectl create, and their status with kubectl patch --subresource=status).
import { writeFileSync } from 'node:fs'
import { connect, resourcePath } from '#cluster/access/index.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'

const connection = await connect({})
for (const plural of Object.keys(schedulerKinds) as SchedulerKind[]) {
  const path = resourcePath({ ...schedulerKinds[plural], plural })
  for (const [ending, accept] of [
    ['pb', 'application/vnd.kubernetes.protobuf'],
    ['json', 'application/json'],
  ] as const) {
    const answer = await connection.read(path, { accept })
    if (answer.failure !== undefined) throw new Error(`${path}: ${answer.failure.message}`)
    writeFileSync(new URL(`recorded/${plural}.${ending}`, import.meta.url), answer.body)
  }
}
await connection.close()
