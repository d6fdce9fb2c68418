import type { ResourceClaim } from '#model/api/resource.ts'
import type { Fact } from '#scheduler/framework/fact.ts'
import type { Reason } from '#scheduler/framework/outcome.ts'

type ClaimFact = Extract<Fact, { kind: 'ResourceClaim' }>

/** A reason about one claim, or several by their names with `, ` between. */
export function claimReason(
  text: string,
  claim: string,
  problem: ClaimFact['problem'],
  more: Pick<ClaimFact, 'deviceClass' | 'detail'> = {},
): Reason {
  return { text, fact: { kind: 'ResourceClaim', claim, problem, ...more } }
}

export function namesOf(claims: readonly ResourceClaim[]): string {
  return claims.map(({ metadata }) => metadata.name ?? '').join(', ')
}
