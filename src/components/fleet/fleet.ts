import type { KnownSystem } from '#components/component.ts'
import { agent } from './agent.ts'
import { chartPieces } from './chart-pieces.ts'
import { gitJob } from './git-job.ts'
import { fleetVersion } from './version.ts'

/** Rancher Fleet, 0.8 to 0.16: what its charts render and what its controllers build. */
export const fleet: KnownSystem = {
  name: 'fleet',
  pieces: [...chartPieces, gitJob, agent],
  versionOf: (subject, piece) => fleetVersion(subject, piece === agent || piece === gitJob ? 'controller' : 'chart'),
}
