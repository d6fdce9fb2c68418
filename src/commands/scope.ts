import type { FieldRequirement, NamedObject, Scope } from '#diagnosis/scope.ts'
import { Failure } from '#model/failure.ts'
import { findResourceType, type ResourceType, resourceTypes } from '#model/resource-type.ts'
import { parseLabelSelector } from '#model/selector-text.ts'

export interface ScopeWords {
  readonly namespace: string | undefined
  readonly 'all-namespaces': boolean
  readonly selector: string | undefined
  readonly 'field-selector': string | undefined
}

/** What arguments and flags mean; without `-n` and `-A` the namespace is filled in where the cluster is known. */
export function scopeOf(args: readonly string[], flags: ScopeWords): Scope {
  if (flags.namespace !== undefined && flags['all-namespaces']) {
    throw wrong('-n and -A exclude each other', 'leave one of them out')
  }
  const named = namedObjects(args)
  return {
    ...(flags.namespace === undefined ? {} : { namespace: flags.namespace }),
    ...(flags.selector === undefined ? {} : { selector: labelSelector(flags.selector) }),
    ...(flags['field-selector'] === undefined ? {} : { fields: fieldSelector(flags['field-selector']) }),
    ...(named.length === 0 ? {} : { named }),
  }
}

function wrong(message: string, hint: string): Failure {
  return new Failure('WrongArgument', message, { hint, exitCode: 2 })
}

function labelSelector(text: string) {
  const selector = parseLabelSelector(text)
  if ('problem' in selector) {
    throw wrong(
      `--selector: ${selector.problem} is no label requirement`,
      'write a=b, a!=b, a in (b,c), a or !a, with commas between',
    )
  }
  return selector
}

const fields = [
  'metadata.name',
  'metadata.namespace',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.schedulerName',
  'spec.serviceAccountName',
  'status.phase',
  'status.nominatedNodeName',
]

function fieldSelector(text: string): readonly FieldRequirement[] {
  return text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const found = /^\s*([A-Za-z.]+)\s*(==|=|!=)\s*(.*?)\s*$/.exec(part)
      const field = found?.[1] ?? ''
      if (found === null || !fields.includes(field)) {
        throw wrong(
          `--field-selector: "${part}" is no field requirement`,
          `write FIELD=VALUE or FIELD!=VALUE; fields: ${fields.join(', ')}`,
        )
      }
      return { field, operator: found[2] === '!=' ? '!=' : '=', value: found[3] ?? '' }
    })
}

/** `TYPE/NAME`, a Pod's name, or `TYPE NAME ...`. */
function namedObjects(args: readonly string[]): readonly NamedObject[] {
  const [first, ...rest] = args
  const type = first === undefined || first.includes('/') ? undefined : findResourceType(first)
  if (type !== undefined && first !== undefined && (rest.length > 0 || type.kind === 'Pod')) {
    return rest.map((name) => namedObject(type, name))
  }
  return args.map((arg) => {
    const slash = arg.indexOf('/')
    if (slash === -1) return namedObject(findResourceType('pods') as ResourceType, arg)
    const found = findResourceType(arg.slice(0, slash))
    const name = arg.slice(slash + 1)
    if (found === undefined) {
      const known = resourceTypes.map(({ plural, shortNames }) => shortNames[0] ?? plural).join(', ')
      throw wrong(`"${arg.slice(0, slash)}" of "${arg}" is no type that can be asked about`, `types: ${known}`)
    }
    if (name === '' || name.includes('/')) throw wrong(`"${arg}" is not TYPE/NAME`, 'write for example deploy/web')
    return namedObject(found, name)
  })
}

function namedObject({ kind, group, plural }: ResourceType, name: string): NamedObject {
  return { resource: group === '' ? plural : `${plural}.${group}`, kind, group, name }
}
