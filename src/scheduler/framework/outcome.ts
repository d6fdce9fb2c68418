import type { MissingRead } from '#model/cluster-state.ts'
import type { Fact } from './fact.ts'

/** One reason of a plugin: kube-scheduler's exact words, and what stands behind them. */
export interface Reason {
  readonly text: string
  readonly fact: Fact
}

/** Why a verdict cannot be given. */
export type Because =
  | { readonly kind: 'MissingRead'; readonly read: MissingRead }
  /** Something of the Pod, a node or another object that no API server would have stored. */
  | { readonly kind: 'Odd'; readonly problem: string }
  /** A rule of the scheduler that this tool does not compute. */
  | { readonly kind: 'NotComputed'; readonly what: string }

export interface Fits {
  readonly kind: 'fits'
}

export interface Refused {
  readonly kind: 'refused'
  /** False where the scheduler says `UnschedulableAndUnresolvable`: preemption cannot help. */
  readonly resolvable: boolean
  readonly reasons: readonly Reason[]
  /** Set where the refusal is certain but there may be more reasons than these. */
  readonly incomplete?: readonly Because[]
}

export interface Unknown {
  readonly kind: 'unknown'
  readonly because: readonly Because[]
}

/** The plugin broke: the scheduler gives the whole attempt up. */
export interface Failed {
  readonly kind: 'failed'
  /** As the scheduler prints it, without its `running "X" filter plugin: `. */
  readonly message: string
}

/** What one plugin says of one Pod on one node. Nothing but `unknown` can be made from a missing read. */
export type Outcome = Fits | Refused | Unknown | Failed

export const fits: Fits = Object.freeze({ kind: 'fits' })

/** Refused, and preemption might help. */
export function refused(...reasons: Reason[]): Refused {
  return { kind: 'refused', resolvable: true, reasons }
}

/** Refused, and preemption cannot help (`UnschedulableAndUnresolvable`). */
export function refusedForGood(...reasons: Reason[]): Refused {
  return { kind: 'refused', resolvable: false, reasons }
}

export function unknownWithout(...reads: readonly MissingRead[]): Unknown {
  return { kind: 'unknown', because: reads.map((read) => ({ kind: 'MissingRead', read })) }
}

export function notComputed(what: string): Unknown {
  return { kind: 'unknown', because: [{ kind: 'NotComputed', what }] }
}

/** The plugin broke, with these words. */
export function failed(message: string): Failed {
  return { kind: 'failed', message }
}
