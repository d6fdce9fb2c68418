import protobuf, { type Writer } from 'protobufjs/minimal.js'
import { type FieldPlan, type MessagePlan, planOf } from '#cluster/decode/protobuf-plan.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'

/** A list as an API server writes it in protobuf, made from objects in JSON. What is not read of them is filler. */
export function encodeList(kind: SchedulerKind, items: readonly object[], next = '', resourceVersion = '1'): Buffer {
  const list = protobuf.Writer.create()
  list.uint32(10).fork().uint32(18).string(resourceVersion)
  if (next !== '') list.uint32(26).string(next)
  list.ldelim()
  const { group, kind: name, version } = schedulerKinds[kind]
  const plan = planOf(`${group === '' ? 'core' : (group.split('.')[0] ?? '')}.${name}`, schedulerKinds[kind].fields)
  for (const item of items) {
    list.uint32(18).fork()
    writeMessage(list, item as Record<string, unknown>, plan)
    list.ldelim()
  }
  const envelope = protobuf.Writer.create()
  envelope
    .uint32(10)
    .fork()
    .uint32(10)
    .string(group === '' ? version : `${group}/${version}`)
  envelope.uint32(18).string(`${name}List`).ldelim()
  envelope.uint32(18).bytes(list.finish())
  return Buffer.concat([Buffer.from('k8s\0', 'latin1'), envelope.finish()])
}

function writeMessage(writer: Writer, object: Readonly<Record<string, unknown>>, plan: MessagePlan): void {
  const read = new Set<string>()
  plan.fields.forEach((field, number) => {
    if (field?.form === 'inline') {
      writer.uint32(number * 8 + 2).fork()
      if (field.message !== undefined) {
        for (const name of namesIn(field.message)) read.add(name)
        writeMessage(writer, pick(object, namesIn(field.message)), field.message)
      }
      writer.ldelim()
      return
    }
    if (field === undefined) return
    const name = plan.names[field.slot] ?? ''
    read.add(name)
    const value = object[name]
    if (value !== undefined && value !== null) writeField(writer, number, field, value)
  })
  for (const [name, value] of Object.entries(object)) {
    // A field that no table names, under a number that no message has.
    if (!read.has(name) && name !== 'apiVersion' && name !== 'kind') writer.uint32(filler).string(JSON.stringify(value))
  }
}

const filler = 9999 * 8 + 2

function namesIn(plan: MessagePlan): readonly string[] {
  return plan.fields.flatMap((field) => (field === undefined ? [] : [plan.names[field.slot] ?? '']))
}

function pick(object: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)))
}

function writeField(writer: Writer, number: number, field: FieldPlan, value: unknown): void {
  if (field.form === 'list') for (const item of value as readonly unknown[]) writeValue(writer, number, field, item)
  else if (field.form === 'map') {
    for (const [key, item] of Object.entries(value as object)) {
      writer
        .uint32(number * 8 + 2)
        .fork()
        .uint32(10)
        .string(key)
      writeValue(writer, 2, field, item)
      writer.ldelim()
    }
  } else writeValue(writer, number, field, value)
}

function writeValue(writer: Writer, number: number, { type, message }: FieldPlan, value: unknown): void {
  switch (type) {
    case 'bool':
      writer.uint32(number * 8).bool(value === true)
      break
    case 'int':
      writer.uint32(number * 8).int64(Number(value))
      break
    case 'time':
      writer
        .uint32(number * 8 + 2)
        .fork()
        .uint32(8)
        .int64(Date.parse(String(value)) / 1000)
        .ldelim()
      break
    case 'quantity':
      writer
        .uint32(number * 8 + 2)
        .fork()
        .uint32(10)
        .string(String(value))
        .ldelim()
      break
    case 'message':
      writer.uint32(number * 8 + 2).fork()
      if (message !== undefined) writeMessage(writer, value as Record<string, unknown>, message)
      writer.ldelim()
      break
    default:
      writer.uint32(number * 8 + 2).string(String(value))
  }
}
