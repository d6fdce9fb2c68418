import type { BlockedNodes, ReportedTaint } from './blocked.ts'

/** Something a Pod waits for that is not a node: what, why, and what that waits for in turn. */
export interface Wait {
  readonly kind: string
  readonly namespace?: string
  readonly name: string
  /** What it is to the one that waits, where the kind does not say it: `helper Pod`. */
  readonly role?: string
  /** What else identifies it for people: `class microk8s-hostpath`. */
  readonly about?: string
  /** The known piece that it is: `local-path/helper`. */
  readonly component?: string
  /** What is wrong with it, as a clause. */
  readonly why: string
  readonly waitsFor?: readonly Wait[]
}

/** Something that waits for the Pods of a diagnosis: a release for its hook, a webhook for its backend. */
export interface Held {
  readonly kind: string
  readonly namespace?: string
  readonly name: string
  /** How it waits, as a sentence. */
  readonly why: string
}

/** One cause and everything that waits because of it. */
export interface Chain {
  readonly cause: ObjectName & { readonly why: string }
  /** Nearest first. */
  readonly effects: readonly ObjectName[]
}

export interface ObjectName {
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}

/** A selector that also matches Pods of another owner. */
export interface Overlap extends ObjectName {
  /** The owners, beside its own, whose Pods it matches: `Job fleet-migration`. */
  readonly alsoMatches: readonly (ObjectName & { readonly pods: readonly string[] })[]
  /** What follows, as a sentence. */
  readonly consequence: string
  /** Where the chart mended it, as a sentence; absent where nothing is known of it. */
  readonly mended?: string
}

/** Where Pods wait, when none does in the namespace that was asked about. */
export interface Elsewhere {
  readonly pods: number
  /** The most Pods first. */
  readonly namespaces: readonly { readonly namespace: string; readonly pods: number }[]
}

/** An object that was asked about by name, and the answer where the diagnoses of its Pods do not hold it. */
export interface AskedObject extends ObjectName {
  /** One or two sentences. */
  readonly answer: string
  readonly node?: AskedNode
  readonly claim?: AskedClaim
}

export interface AskedNode {
  readonly cordoned: boolean
  /** Why it is broken, as a clause; absent for a healthy one. */
  readonly broken?: string
  readonly taints: readonly ReportedTaint[]
  /** Waiting Pods that it does not take. */
  readonly keptOff: readonly KeptOff[]
  /** Waiting Pods that it would take. */
  readonly wouldTake: readonly AlikePods[]
}

/** Alike Pods, by one of them. */
export interface AlikePods {
  readonly namespace: string
  readonly name: string
  readonly count: number
  readonly owner?: string
}

export interface KeptOff extends AlikePods {
  readonly blocked: BlockedNodes
  /** What it would take to open the node for them, each a clause; all of it is needed. */
  readonly needs: readonly string[]
}

export interface AskedClaim {
  readonly phase: string
  readonly storageClass: string | null
  readonly provisioner: string | null
  readonly volumeBindingMode: string | null
  readonly volume: string | null
  readonly selectedNode: string | null
  readonly waitsFor: readonly Wait[]
  /** The Pods that mount it, finished ones left out. */
  readonly pods: readonly { readonly name: string; readonly phase: string }[]
}
