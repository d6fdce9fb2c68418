import type { Reader } from 'protobufjs/minimal.js'
import { parseQuantity } from '#model/quantity.ts'
import { define } from './decode.ts'
import type { FieldPlan, MessagePlan } from './protobuf-plan.ts'
import { readOwnText, readText } from './protobuf-text.ts'

/** What reading an object leaves to be looked at. */
export interface Findings {
  /** Some value is not as the API would write it. */
  isOdd: boolean
}

/**
 * Reads a message that ends at `end` into an object as JSON would hold it: the fields of its plan, in the plan's order.
 * Throws a RangeError or an Error of protobufjs where the bytes are no such message.
 */
export function readMessage(
  reader: Reader,
  end: number,
  plan: MessagePlan,
  findings: Findings,
): Record<string, unknown> {
  const slots: unknown[] = new Array(plan.names.length)
  readFields(reader, end, plan, slots, findings)
  const object: Record<string, unknown> = {}
  const { names } = plan
  for (let slot = 0; slot < slots.length; slot++) {
    const value = slots[slot]
    if (value !== undefined) object[names[slot] as string] = value
  }
  return object
}

/** Goes into a message of a known length and comes out behind it. */
export function within<T>(reader: Reader, read: (end: number) => T): T {
  const length = reader.uint32()
  const end = reader.pos + length
  const around = reader.len
  if (end > around) throw new RangeError('the message ends too early')
  reader.len = end
  const value = read(end)
  reader.len = around
  return value
}

function readFields(reader: Reader, end: number, plan: MessagePlan, slots: unknown[], findings: Findings): void {
  while (reader.pos < end) {
    const tag = reader.uint32()
    const field = plan.fields[tag >>> 3]
    if (field === undefined || (tag & 7) !== wireOf(field)) {
      reader.skipType(tag & 7)
      continue
    }
    switch (field.form) {
      case 'one': {
        const value = readValue(reader, field, findings)
        if (!field.hidesZero || isSet(value)) slots[field.slot] = value
        break
      }
      case 'list': {
        const list = slots[field.slot] as unknown[] | undefined
        const value = readValue(reader, field, findings)
        if (list === undefined) slots[field.slot] = [value]
        else list.push(value)
        break
      }
      case 'map': {
        slots[field.slot] ??= {}
        readEntry(reader, field, slots[field.slot] as Record<string, unknown>, findings)
        break
      }
      default:
        readInline(reader, field, slots, findings)
    }
  }
  if (reader.pos !== end) throw new RangeError('a field goes on beyond its message')
}

function wireOf({ form, type }: FieldPlan): number {
  return form !== 'map' && (type === 'bool' || type === 'int') ? 0 : 2
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== 0 && value !== false
}

function readInline(reader: Reader, field: FieldPlan, slots: unknown[], findings: Findings): void {
  const { message } = field
  if (message !== undefined) within(reader, (end) => readFields(reader, end, message, slots, findings))
}

function readEntry(reader: Reader, field: FieldPlan, map: Record<string, unknown>, findings: Findings): void {
  within(reader, (end) => {
    let key = ''
    let value: unknown
    while (reader.pos < end) {
      const tag = reader.uint32()
      if (tag === 10) key = readText(reader)
      else if (tag === 18) value = readValue(reader, field, findings)
      else reader.skipType(tag & 7)
    }
    if (value === undefined) value = field.type === 'message' ? {} : ''
    if (key === '__proto__') define(map, key, value)
    else map[key] = value
  })
}

function readValue(reader: Reader, field: FieldPlan, findings: Findings): unknown {
  switch (field.type) {
    case 'string':
      return readText(reader)
    case 'own':
      return readOwnText(reader)
    case 'bool':
      return reader.bool()
    case 'int':
      return readInteger(reader)
    case 'time':
      return readTime(reader)
    case 'quantity':
      return readQuantity(reader, findings)
    case 'intOrString':
      return readIntOrString(reader)
    default: {
      const { message } = field
      return message === undefined ? undefined : within(reader, (end) => readMessage(reader, end, message, findings))
    }
  }
}

/** Ints of the API fit a double, but for amounts, which are quantities. */
function readInteger(reader: Reader): number {
  return Number(String(reader.int64()))
}

/** RFC 3339 in whole seconds, as the API writes it; an empty message is no time. */
function readTime(reader: Reader): string | undefined {
  return within(reader, (end) => {
    let seconds: number | undefined
    while (reader.pos < end) {
      const tag = reader.uint32()
      if (tag === 8) seconds = readInteger(reader)
      else reader.skipType(tag & 7)
    }
    return seconds === undefined ? undefined : timeText(seconds)
  })
}

let lastSeconds = Number.NaN
let lastText = ''

function timeText(seconds: number): string {
  if (seconds === lastSeconds) return lastText
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) throw new RangeError(`${seconds} is no time`)
  lastText = `${date.toISOString().slice(0, -5)}Z`
  lastSeconds = seconds
  return lastText
}

function readQuantity(reader: Reader, findings: Findings): string {
  return within(reader, (end) => {
    let text = ''
    while (reader.pos < end) {
      const tag = reader.uint32()
      if (tag === 10) text = readText(reader)
      else reader.skipType(tag & 7)
    }
    const amount = parseQuantity(text)
    if (amount === undefined || amount < 0n) findings.isOdd = true
    return text
  })
}

function readIntOrString(reader: Reader): string {
  return within(reader, (end) => {
    let isText = false
    let number = 0
    let text = ''
    while (reader.pos < end) {
      const tag = reader.uint32()
      if (tag === 8) isText = readInteger(reader) === 1
      else if (tag === 16) number = readInteger(reader)
      else if (tag === 26) text = readText(reader)
      else reader.skipType(tag & 7)
    }
    return isText ? text : String(number)
  })
}
