import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { DecodedObject } from '#cluster/decode/object.ts'
import { kindPages } from '#cluster/decode/protobuf-pages.ts'
import type { AnyField } from '#model/field.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'

const kinds = Object.keys(schedulerKinds) as SchedulerKind[]

function recorded(kind: SchedulerKind, ending: 'pb' | 'json'): Buffer {
  return readFileSync(new URL(`recorded/${kind}.${ending}`, import.meta.url))
}

function decoded(kind: SchedulerKind, body: Buffer) {
  const objects: DecodedObject[] = []
  const answer = kindPages(kind, (object) => objects.push(object)).decode(body, '')
  return { objects, answer }
}

describe('what a real API server wrote in both formats decodes to the same objects, in the same order of fields', () => {
  for (const kind of kinds) {
    test(kind, () => {
      const protobuf = decoded(kind, recorded(kind, 'pb'))
      const json = decoded(kind, recorded(kind, 'json'))
      expect(protobuf.answer).toEqual(json.answer)
      expect(protobuf.objects.length).toBeGreaterThan(0)
      expect(JSON.stringify(protobuf.objects, null, 1)).toBe(JSON.stringify(json.objects, null, 1))
    })
  }

  test('and the recorded objects have every field that is read, but for these', () => {
    const [all, seen] = [new Set<string>(), new Set<string>()]
    for (const kind of kinds) {
      const { fields } = schedulerKinds[kind]
      note(fields, undefined, '', all)
      for (const { value } of decoded(kind, recorded(kind, 'pb')).objects) note(fields, value, '', seen)
    }
    expect([...all].filter((field) => !seen.has(field))).toEqual(neverSeen)
  })
})

/** Not set in the recorded objects; the numbers come from the same Go types as all others. */
const neverSeen: readonly string[] = [
  'metadata.deletionTimestamp',
  'namespaceSelector.matchExpressions',
  'containers.restartPolicy',
  'containers.restartPolicyRules',
  'restartPolicyRules.action',
  'initContainers.ports',
  'initContainers.restartPolicyRules',
  'selector.matchExpressions',
  'awsElasticBlockStore.readOnly',
  'status.initContainerStatuses',
  'initContainerStatuses.name',
  'initContainerStatuses.resources',
  'initContainerStatuses.allocatedResources',
  'status.extendedResourceClaimStatus',
  'extendedResourceClaimStatus.resourceClaimName',
  'gcePersistentDisk.partition',
  'spec.preventPodSchedulingIfMissing',
  'nodeTopology.matchExpressions',
  'exactly.name',
  'exactly.adminAccess',
  'firstAvailable.selectors',
  'firstAvailable.tolerations',
  'firstAvailable.capacity',
  'results.adminAccess',
  'results.shareID',
  'results.consumedCapacity',
  'results.bindingConditions',
  'results.bindingFailureConditions',
  'allocation.allocationTimestamp',
]

/** Notes each field as its holder's name and its own: of a value those it has, without one those of the table. */
function note(table: AnyField, value: unknown, holder: string, noted: Set<string>): void {
  if (typeof table === 'string') return
  if (table.kind !== 'object') {
    for (const item of value === undefined ? [undefined] : Object.values(value as object))
      note(table.of, item, holder, noted)
    return
  }
  const has = value as Readonly<Record<string, unknown>> | undefined
  for (const [name, part] of Object.entries(table.fields)) {
    if (has !== undefined && has[name] === undefined) continue
    noted.add(`${holder}.${name}`)
    note(part, has?.[name], name, noted)
  }
}

describe('a page that is not whole, or not protobuf', () => {
  const body = recorded('pods', 'pb')

  test('is a problem and hands on no object, wherever it is cut', () => {
    for (let length = 4; length < body.length; length += 97) {
      const { objects, answer } = decoded('pods', body.subarray(0, length))
      expect(answer).toHaveProperty('problem')
      expect(objects).toEqual([])
    }
  })

  test('never hangs and never throws, whatever byte is changed', () => {
    for (let at = 4; at < body.length; at += 13) {
      const changed = Buffer.from(body)
      changed[at] = (changed[at] ?? 0) ^ 0xff
      const { answer } = decoded('pods', changed)
      expect(Object.keys(answer).length).toBeGreaterThan(0)
    }
  })

  test('an empty list has no objects', () => {
    expect(decoded('pods', list(field(1, field(2, '7'))))).toEqual({
      objects: [],
      answer: { page: 0, next: undefined },
    })
  })

  test('an envelope without a list is a problem', () => {
    expect(decoded('pods', Buffer.from('k8s\0')).answer).toHaveProperty('problem')
  })
})

describe('the continue token', () => {
  test('is found before the page is decoded', () => {
    const page = list(field(1, Buffer.concat([field(2, '7'), field(3, 'token-1')])), field(2, ''))
    const decoder = kindPages('pods', () => {})
    expect(decoder.peek(page, '')).toBe('token-1')
    expect(decoder.decode(page, '')).toEqual({ page: 1, next: 'token-1' })
  })

  test('is none on the last page', () => {
    expect(kindPages('pods', () => {}).peek(list(field(1, field(3, '')), field(2, '')), '')).toBeUndefined()
  })
})

describe('oddities', () => {
  const quantity = (text: string) => field(2, Buffer.concat([field(1, 'cpu'), field(2, field(1, text))]))
  const pod = (text: string) =>
    field(2, Buffer.concat([field(1, field(1, 'odd')), field(2, field(2, field(8, quantity(text))))]))

  test('a quantity that is none is told with its path, as from JSON', () => {
    const { objects } = decoded('pods', list(pod('many')))
    expect(objects[0]?.oddities).toEqual([
      {
        path: 'spec.containers[0].resources.requests[cpu]',
        problem: 'is "many", where a quantity such as 500m or 2Gi belongs',
      },
    ])
  })

  test('fields that are not known are passed over, whatever their wire type', () => {
    const unknown = [Buffer.from([0xf8, 0x3f, 0x05]), Buffer.from([0xfd, 0x3f, 1, 2, 3, 4]), field(1000, 'later')]
    const { objects } = decoded('pods', list(field(2, Buffer.concat([...unknown, field(1, field(1, 'p'))]))))
    expect(objects.map(({ value }) => value)).toEqual([{ metadata: { name: 'p' } }])
  })
})

/** A field of bytes. */
function field(number: number, content: string | Buffer): Buffer {
  const bytes = Buffer.from(content as string)
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Buffer.from([...bytes, rest])
}

/** A list in the API's envelope. */
function list(...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('k8s\0'), field(1, field(1, 'v1')), field(2, Buffer.concat(parts))])
}
