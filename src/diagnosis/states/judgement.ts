import type { CauseCode } from '#model/cause-code.ts'
import type { Cause, DiagnosisState } from '#report/explain-report.ts'

/** What keeps alike Pods waiting, before the nodes are looked at one by one. */
export interface Judgement {
  readonly state: DiagnosisState
  readonly answer: string
  /** Whether kube-scheduler's default profile has a say in it. */
  readonly isJudged: boolean
  readonly causes: readonly Cause[]
  readonly notes: readonly string[]
}

/** A state that kube-scheduler has no say in, with its one cause. */
export function outside(
  state: DiagnosisState,
  code: CauseCode,
  answer: string,
  more: { readonly causes?: readonly Cause[]; readonly notes?: readonly string[] } = {},
): Judgement {
  const causes = [{ code, summary: answer }, ...(more.causes ?? [])]
  return { state, answer, isJudged: false, causes, notes: more.notes ?? [] }
}

/** A state that follows from the scheduler's verdict; the causes are those of its blockers. */
export function judged(
  state: DiagnosisState,
  answer: string,
  more: { readonly causes?: readonly Cause[]; readonly notes?: readonly string[] } = {},
): Judgement {
  return { state, answer, isJudged: true, causes: more.causes ?? [], notes: more.notes ?? [] }
}

/** `it` or `they`, `it waits` or `they wait`. */
export function pick(count: number, one: string, many: string): string {
  return count === 1 ? one : many
}
