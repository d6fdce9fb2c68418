import type { Fact } from '#scheduler/framework/fact.ts'
import type { Reason } from '#scheduler/framework/outcome.ts'

/** No volume for a claim on this node, neither found nor to be made. */
export function noVolume(claim: string, because: Extract<Fact, { kind: 'NoVolume' }>['because']): Reason {
  return {
    text: "node(s) didn't find available persistent volumes to bind",
    fact: { kind: 'NoVolume', claims: [claim], because },
  }
}
