/** Something that an answer needs and that was not read yet. */
export type Want = ObjectWant | ListWant

/** One object by name. Its kind may be a custom one: discovery knows its resource. */
export interface ObjectWant {
  readonly kind: 'object'
  readonly apiVersion: string
  readonly kindName: string
  /** The namespace, where the kind is namespaced: of an owner's kind only discovery knows whether it is. */
  readonly namespace?: string
  readonly name: string
  /** It only adds to the answer: where it cannot be read, nothing that is said gets less certain. */
  readonly aside?: true
}

/** A list, as narrow as the question. */
export interface ListWant {
  readonly kind: 'list'
  /** Empty for the core group. */
  readonly group: string
  /** The plural name: `secrets`, `bundles`. */
  readonly resource: string
  /** Absent for all namespaces. */
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
  /** As for an object. */
  readonly aside?: true
}

/** One text for each want, the same for equal ones, by which a reader knows what it asked for already. */
export function wantKey(want: Want): string {
  const parts =
    want.kind === 'object'
      ? ['object', want.apiVersion, want.kindName, want.namespace ?? '', want.name]
      : ['list', want.group, want.resource, want.namespace ?? '', want.labelSelector ?? '', want.fieldSelector ?? '']
  return parts.join(' ')
}
