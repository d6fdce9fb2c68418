import type { AnyField } from '#model/field.ts'
import { protobufNumbers } from './protobuf-numbers.ts'

/** How a message is read: what stands under which number, and the order of the names in the object that is made. */
export interface MessagePlan {
  readonly names: readonly string[]
  /** By field number; absent where the field is not read. */
  readonly fields: readonly (FieldPlan | undefined)[]
}

export interface FieldPlan {
  /** The place of the field's name in `names`. */
  readonly slot: number
  readonly form: 'one' | 'list' | 'map' | 'inline'
  readonly type: 'string' | 'own' | 'bool' | 'int' | 'time' | 'quantity' | 'intOrString' | 'message'
  /** JSON leaves a zero out. */
  readonly hidesZero: boolean
  readonly message?: MessagePlan
}

interface Described {
  readonly number: number
  readonly hidesZero: boolean
  readonly form: FieldPlan['form']
  readonly type: string
}

/** The plan for a message of the API (`core.Pod`) by its field table; without one, every field that is known is read. */
export function planOf(message: string, table?: AnyField): MessagePlan {
  const described = Object.entries(protobufNumbers[message] ?? {}).map(([name, text]) => ({ name, ...describe(text) }))
  const tabled = fieldsOf(table)
  const names = tabled === undefined ? described.map(({ name }) => name) : Object.keys(tabled)
  const fields: (FieldPlan | undefined)[] = []
  for (const { name, ...field } of described) {
    if (name === inline) fields[field.number] = inlined(field, tabled ?? {}, names)
    else if (names.includes(name)) fields[field.number] = plan(message, name, field, names, tabled?.[name])
  }
  return { names, fields }
}

const inline = '...'

function plan(message: string, name: string, field: Described, names: readonly string[], table?: AnyField): FieldPlan {
  const { form, type, hidesZero } = field
  const head = { slot: names.indexOf(name), form, hidesZero }
  if (type.includes('.')) return { ...head, type: 'message', message: planOf(type, itemOf(table)) }
  // Names and uids are what objects do not share.
  const isOwn = message === 'meta.ObjectMeta' && (name === 'name' || name === 'uid')
  return { ...head, type: isOwn ? 'own' : (type as FieldPlan['type']) }
}

/** The fields of a message that JSON writes into the one around it. */
function inlined(
  { type, hidesZero }: Described,
  tabled: Readonly<Record<string, AnyField>>,
  names: readonly string[],
): FieldPlan {
  const fields: (FieldPlan | undefined)[] = []
  for (const [name, text] of Object.entries(protobufNumbers[type] ?? {})) {
    const field = describe(text)
    if (names.includes(name)) fields[field.number] = plan(type, name, field, names, tabled[name])
  }
  return { slot: -1, form: 'inline', type: 'message', hidesZero, message: { names, fields } }
}

function describe(text: string): Described {
  const [number = '', ...rest] = text.split(' ')
  const [form, type] = rest.length === 2 ? rest : ['one', rest[0]]
  return {
    number: Number.parseInt(number, 10),
    hidesZero: number.endsWith('?'),
    form: form as FieldPlan['form'],
    type: type ?? '',
  }
}

function fieldsOf(table: AnyField | undefined): Readonly<Record<string, AnyField>> | undefined {
  return typeof table === 'object' && table.kind === 'object' ? table.fields : undefined
}

/** The table of what a list or a map holds. */
function itemOf(table: AnyField | undefined): AnyField | undefined {
  return typeof table === 'object' && table.kind !== 'object' ? table.of : table
}
