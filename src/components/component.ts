import type { Pod, Toleration } from '#model/api/pod.ts'
import type { ClusterState } from '#model/cluster-state.ts'
import type { Origin, OriginQuestion } from '#ownership/origin.ts'
import type { Subject } from './subject.ts'
import type { Version } from './version.ts'

/** What a known system is asked: who made this Pod, and where are its tolerations set? */
export interface ComponentQuestion extends OriginQuestion {
  /** The Pod; absent where a controller has made none. */
  readonly pod?: Pod
  readonly origin?: Origin
  /**
   * Reads YAML text that stands inside objects (a ConfigMap's key, `valuesContent`); undefined for what is no YAML.
   * Without it, what stands there now is unknown.
   */
  readonly readYaml?: (text: string) => unknown
}

/** A known piece of a known system, with its version as far as it can be told. */
export interface Component {
  /** `system/piece`, as in `contract.md`. */
  readonly id: string
  readonly version: KnownVersion | undefined
}

/** A version and how it is known. */
export interface KnownVersion {
  readonly version: Version
  /** `chart fleet 0.11.3`, `image rancher/fleet:v0.11.3`. */
  readonly source: string
  /** Less trusted sources that say something else. */
  readonly disagreeing: readonly { readonly version: Version; readonly source: string }[]
}

export type PlacementKind =
  | 'HelmValues'
  | 'CustomResource'
  | 'ConfigMap'
  | 'WorkloadPatch'
  | 'PodPatch'
  | 'Node'
  | 'None'

/** The thing that a person edits; the same fields as the report's `Target`. */
export interface PlacementTarget {
  readonly kind: PlacementKind
  readonly path?: string
  readonly release?: string
  readonly namespace?: string
  readonly name?: string
  readonly resource?: string
  readonly file?: string
}

/** Whether what is set there gets to the Pod. */
export type PlacementReach =
  /** Seen: what makes the Pods, or a rendered manifest, holds it. */
  | { readonly kind: 'Proven' }
  | { readonly kind: 'Documented' }
  /** This version drops it; `mendedIn` lists the first releases that pass it on, empty where none does. */
  | { readonly kind: 'NotReached'; readonly mendedIn: readonly string[] }
  | { readonly kind: 'Unknown'; readonly because: string }

/** What stands at the target's path now and is lost when a new list is put there. */
export interface StandingList {
  readonly entries: readonly Toleration[]
  /** Where that is known from: `values of release fleet`; absent where there is nothing to repeat. */
  readonly from?: string
  /** Why what stands there could not be read; the entries are then the known defaults at most. */
  readonly unknown?: string
}

/** A value that is set besides, or in place of, tolerations: a switch, a generation to raise. */
export interface PlacementValue {
  readonly path: string
  readonly value: string | number | boolean
}

/** One place where a change can be made so that a Pod tolerates more, or another way to the same end. */
export interface Placement {
  readonly target: PlacementTarget
  /** False where the way needs no toleration: a workload switched off, a generation raised. */
  readonly takesTolerations: boolean
  readonly standing: StandingList
  /** Whether the wanted tolerations stand there already: then setting them again is no answer. */
  readonly isSet: boolean
  readonly sets: readonly PlacementValue[]
  /** Whether the switch itself makes the Pods tolerate what is wanted. */
  readonly brings?: true
  readonly reach: PlacementReach
  /** The chart version, template or issue this rests on, as a clause. */
  readonly evidence: string
  /** What it needs: `chart fleet 0.11.4 or newer`. */
  readonly requires: string | null
  /** How long it lasts: `until this Pod is replaced`; null where nothing undoes it. */
  readonly lasts: string | null
  /** Commands that apply it; `values.yaml` and `patch.yaml` stand for the content. */
  readonly apply: readonly string[]
  /** What a person must still do, because no controller will; each a sentence. */
  readonly afterwards: readonly string[]
  readonly warnings: readonly string[]
}

/** What is asked of a piece once it is recognised. */
export interface PlacementQuestion {
  readonly subject: Subject
  readonly version: KnownVersion | undefined
  /** The tolerations that the Pod lacks. */
  readonly wanted: readonly Toleration[]
}

/** What is known of a Pod that is gone, and will be made again. */
export interface RemakeQuestion {
  readonly cluster: ClusterState
  readonly namespace: string
  readonly name: string
  /** The node that it is made for. */
  readonly node: string
  readonly readYaml: (text: string) => unknown
}

/** One kind of workload of a system. */
export interface Piece {
  readonly id: string
  /** For the docs: how it is recognised, where its tolerations are set, in which versions, and whence this is known. */
  readonly docs: {
    readonly recognised: string
    readonly set: string
    readonly versions: string
    readonly source: string
  }
  /** Whether the workload is this piece. By names, namespaces, images, owners and its own labels; never by selectors. */
  recognises(subject: Subject): boolean
  /** The places, the natural one first. Never empty. */
  placements(question: PlacementQuestion): readonly Placement[]
  /** A bare Pod of this piece as its maker would make it now, as far as the scheduler and its taints care. */
  remade?(question: RemakeQuestion): Pod
}

/** A system whose workloads are known. */
export interface KnownSystem {
  readonly name: string
  readonly pieces: readonly Piece[]
  versionOf(subject: Subject, piece: Piece): KnownVersion | undefined
  /** What is known of selectors of its charts that match too much, each as a sentence. */
  selectorFacts?(subject: Subject): readonly string[]
}
