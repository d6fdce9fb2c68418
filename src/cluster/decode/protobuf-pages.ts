import protobuf, { type Reader } from 'protobufjs/minimal.js'
import { jsonPages, type PageDecoder } from '#cluster/access/index.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'
import { decode } from './decode.ts'
import { type DecodedObject, decodeObject } from './object.ts'
import { readMessage, within } from './protobuf-message.ts'
import { type MessagePlan, planOf } from './protobuf-plan.ts'
import { readText } from './protobuf-text.ts'

/**
 * Reads the pages of a list of a scheduler kind in protobuf, where the server writes it, and else in JSON; each object
 * is handed on as soon as it is read, so that no page stands in memory as objects. What a page yields is the same either
 * way. The page itself is the number of its objects.
 */
export function kindPages(kind: SchedulerKind, take: (object: DecodedObject) => void): PageDecoder<number> {
  return {
    accept: 'application/vnd.kubernetes.protobuf, application/json',
    acceptInstead: 'application/json',
    peek: (body, contentType) => (isProtobuf(body) ? peek(body) : jsonPages.peek(body, contentType)),
    decode(body, contentType) {
      if (isProtobuf(body)) return decodePage(kind, body, take)
      const page = jsonPages.decode(body, contentType)
      if ('problem' in page) return page
      for (const item of page.page.items) take(decodeObject(kind, item))
      return { page: page.page.items.length, next: page.next }
    },
  }
}

/** `k8s` and a zero: every protobuf answer of the API begins so, whatever its content type says. */
const magic = Buffer.from('k8s\0', 'latin1')

function isProtobuf(body: Buffer): boolean {
  return body.length >= 4 && body.compare(magic, 0, 4, 0, 4) === 0
}

/** The list's own metadata is written before its items. */
function peek(body: Buffer): string | undefined {
  try {
    let next: string | undefined
    readList(body, { metadata: (token) => (next = token), item: () => 'stop' })
    return next === '' ? undefined : next
  } catch {
    // What is wrong with it shows, and is said, when it is decoded.
    return undefined
  }
}

const plans = new Map<SchedulerKind, MessagePlan>()

function planFor(kind: SchedulerKind): MessagePlan {
  let plan = plans.get(kind)
  if (plan === undefined) {
    const { group, kind: name, fields } = schedulerKinds[kind]
    plan = planOf(`${group === '' ? 'core' : (group.split('.')[0] ?? '')}.${name}`, fields)
    plans.set(kind, plan)
  }
  return plan
}

function decodePage(
  kind: SchedulerKind,
  body: Buffer,
  take: (object: DecodedObject) => void,
): ReturnType<PageDecoder<number>['decode']> {
  const plan = planFor(kind)
  // Handed on only when the whole page is good: half a page is not counted twice when it comes again.
  const objects: DecodedObject[] = []
  let next: string | undefined
  try {
    readList(body, {
      metadata: (token) => (next = token),
      item: (reader, end) => {
        objects.push(readObject(kind, plan, reader, end))
        return 'go on'
      },
    })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { problem: `the server answered with protobuf that cannot be read: ${why}` }
  }
  for (const object of objects) take(object)
  return { page: objects.length, next: next === '' ? undefined : next }
}

function readObject(kind: SchedulerKind, plan: MessagePlan, reader: Reader, end: number): DecodedObject {
  const findings = { isOdd: false }
  const value = readMessage(reader, end, plan, findings)
  if (!findings.isOdd) return { value, oddities: [] }
  // Rare, so that keeping account of paths is left to the decoder of JSON.
  const oddities: { path: string; problem: string }[] = []
  const kept = decode(schedulerKinds[kind].fields, value, '', (path, problem) => oddities.push({ path, problem }))
  return { value: kept as Record<string, unknown>, oddities }
}

interface ListParts {
  metadata(continueToken: string): void
  item(reader: Reader, end: number): 'go on' | 'stop'
}

/** Walks the envelope (`runtime.Unknown`) and the list in it. */
function readList(body: Buffer, parts: ListParts): void {
  const reader = protobuf.Reader.create(body)
  reader.pos = magic.length
  let hasList = false
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    if (tag !== 18) {
      reader.skipType(tag & 7)
      continue
    }
    hasList = true
    const length = reader.uint32()
    const end = reader.pos + length
    const around = reader.len
    if (end > around) throw new RangeError('it was cut off')
    reader.len = end
    while (reader.pos < end) {
      const inner = reader.uint32()
      if (inner === 10) within(reader, (metadataEnd) => parts.metadata(readContinue(reader, metadataEnd)))
      else if (inner !== 18) reader.skipType(inner & 7)
      else if (within(reader, (itemEnd) => parts.item(reader, itemEnd)) === 'stop') return
    }
    reader.len = around
  }
  if (!hasList) throw new RangeError('it holds no list')
}

function readContinue(reader: Reader, end: number): string {
  let token = ''
  while (reader.pos < end) {
    const tag = reader.uint32()
    if (tag === 26) token = readText(reader)
    else reader.skipType(tag & 7)
  }
  return token
}
