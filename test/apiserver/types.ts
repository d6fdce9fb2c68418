/** An object as the API holds it. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMetadata
  readonly [field: string]: unknown
}

/** The part of `metadata` that the server looks at. */
export interface ObjectMetadata {
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly creationTimestamp?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

/** Who asks: after authentication, and after impersonation where there is some. */
export interface Caller {
  readonly name: string
  readonly groups: readonly string[]
}

/** What a user may do. Absent `namespace` means everywhere, cluster-scoped kinds too. */
export interface AccessRule {
  readonly verbs: readonly string[]
  /** `pods`, `deployments.apps`, `jobs.batch`, `pods/log`, or `*`. */
  readonly resources: readonly string[]
  readonly namespace?: string
  /** Names of single objects; absent means all. */
  readonly names?: readonly string[]
}

/** A user besides the administrator. Without a token it can only be impersonated or come with a client certificate. */
export interface ApiUser {
  readonly name: string
  readonly groups?: readonly string[]
  readonly token?: string
  readonly rules: readonly AccessRule[]
}

/** One request as it came in, whatever became of it. */
export interface SeenRequest {
  readonly method: string
  /** Kubernetes' verb: get, list, watch, create, update, patch, delete, deletecollection. */
  readonly verb: string
  /** `pods`, `deployments.apps`; empty where the path names no resource. */
  readonly resource: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The user it was answered for, after impersonation; null where it was not let in. */
  readonly user: string | null
  readonly body: string
}

/** An answer as a value: faults can change it before it is sent. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
