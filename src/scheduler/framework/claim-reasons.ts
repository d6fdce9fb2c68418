import type { Fact } from './fact.ts'
import type { Reason } from './outcome.ts'
import type { PodClaim } from './volumes/claims.ts'

export type ClaimProblem = Extract<Fact, { kind: 'Claim' }>['problem']

/** A reason that lies with a claim as such, wherever the Pod might go. */
export function claimReason(
  text: string,
  claim: string,
  problem: ClaimProblem,
  of: { readonly volume?: string; readonly storageClass?: string } = {},
): Reason {
  return { text, fact: { kind: 'Claim', claim, problem, ...of } }
}

/** A reason that rests on a claim that is not there, whatever words the plugin has for it. */
export function missingClaimReason({ name, ephemeral }: PodClaim, text: string): Reason {
  return claimReason(text, name, ephemeral ? 'NotCreatedYet' : 'NotFound')
}
