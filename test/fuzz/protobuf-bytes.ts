import fc from 'fast-check'
import protobuf, { type Writer } from 'protobufjs/minimal.js'
import { type FieldPlan, type MessagePlan, planOf } from '#cluster/decode/protobuf-plan.ts'
import { type SchedulerKind, schedulerKinds } from '#model/kinds.ts'

/** What an API server might have sent, and whether it was left as it was made: then it has to be readable. */
export interface ProtobufBody {
  readonly kind: SchedulerKind
  readonly body: Buffer
  readonly isWhole: boolean
}

const kinds = Object.keys(schedulerKinds) as SchedulerKind[]

/**
 * Lists of a kind whose messages have the fields, types and depth of the API, with values of any size and order; most of
 * them then damaged: bytes changed, cut out, put in, said twice.
 */
export const hostileProtobuf: fc.Arbitrary<ProtobufBody> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    choices: fc.array(fc.nat(), { minLength: 1, maxLength: 400 }),
    damage: fc.array(fc.record({ how: fc.nat(4), at: fc.nat(), byte: fc.nat(255), size: fc.nat(40) }), {
      maxLength: 4,
    }),
  })
  .map(({ kind, choices, damage }) => {
    const whole = new ListWriter(choices).list(kind)
    return { kind, body: damage.reduce(damaged, whole), isWhole: damage.length === 0 }
  })

interface Damage {
  readonly how: number
  readonly at: number
  readonly byte: number
  readonly size: number
}

function damaged(body: Buffer, { how, at: place, byte, size }: Damage): Buffer {
  // The first four bytes say that it is protobuf at all.
  const at = 4 + (place % Math.max(1, body.length - 4))
  const [before, after] = [body.subarray(0, at), body.subarray(at)]
  switch (how) {
    case 0:
      return Buffer.concat([before, Buffer.of(byte), after.subarray(1)])
    case 1:
      return Buffer.concat([before, after.subarray(size)])
    case 2:
      return Buffer.concat([before, Buffer.alloc(size, byte), after])
    case 3:
      return before
    default:
      return Buffer.concat([before, after.subarray(0, size), after])
  }
}

/** Makes its choices from a list of numbers, so that a failure shrinks to few of them. */
class ListWriter {
  readonly #choices: readonly number[]
  #at = 0

  constructor(choices: readonly number[]) {
    this.#choices = choices
  }

  list(kind: SchedulerKind): Buffer {
    const { group, kind: name, fields } = schedulerKinds[kind]
    const plan = planOf(`${group === '' ? 'core' : (group.split('.')[0] ?? '')}.${name}`, fields)
    const list = protobuf.Writer.create()
    list.uint32(10).fork().uint32(18).string('1').uint32(26).string(this.#text()).ldelim()
    for (let items = this.#choose(4); items > 0; items -= 1) this.#message(list.uint32(18), plan, 0)
    const envelope = protobuf.Writer.create()
    if (this.#choose(2) === 0) envelope.uint32(10).fork().uint32(10).string('v1').ldelim()
    envelope.uint32(18).bytes(list.finish())
    return Buffer.concat([Buffer.from('k8s\0', 'latin1'), envelope.finish()])
  }

  #message(writer: Writer, plan: MessagePlan, depth: number): void {
    writer.fork()
    const numbers = [...plan.fields.keys()].filter((number) => plan.fields[number] !== undefined)
    for (let count = this.#choose(depth > 6 ? 2 : 5); count > 0; count -= 1) {
      const number = numbers[this.#choose(numbers.length)]
      const field = number === undefined ? undefined : plan.fields[number]
      if (number === undefined || field === undefined || this.#choose(12) === 0) this.#foreign(writer)
      else this.#field(writer, number, field, depth)
    }
    writer.ldelim()
  }

  #field(writer: Writer, number: number, field: FieldPlan, depth: number): void {
    if (field.form !== 'map') {
      this.#value(writer, number, field, depth)
      return
    }
    writer.uint32(number * 8 + 2).fork()
    if (this.#choose(6) > 0) writer.uint32(10).string(this.#text())
    if (this.#choose(6) > 0) this.#value(writer, 2, field, depth)
    writer.ldelim()
  }

  #value(writer: Writer, number: number, { type, message }: FieldPlan, depth: number): void {
    switch (type) {
      case 'bool':
        writer.uint32(number * 8).uint32(this.#choose(3))
        break
      case 'int':
        writer.uint32(number * 8).int64(this.#integer())
        break
      case 'time':
        // A time is seconds that a date can hold.
        writer
          .uint32(number * 8 + 2)
          .fork()
          .uint32(8)
          .int64(this.#choose(2 ** 32))
          .ldelim()
        break
      case 'quantity':
        writer
          .uint32(number * 8 + 2)
          .fork()
          .uint32(10)
          .string(this.#text())
          .ldelim()
        break
      case 'intOrString':
        writer
          .uint32(number * 8 + 2)
          .fork()
          .uint32(8)
          .int64(this.#choose(3))
        writer.uint32(16).int64(this.#integer()).uint32(26).string(this.#text()).ldelim()
        break
      case 'message':
        writer.uint32(number * 8 + 2)
        if (message === undefined) writer.string('')
        else this.#message(writer, message, depth + 1)
        break
      default:
        writer.uint32(number * 8 + 2).string(this.#text())
    }
  }

  /** A field that no table names, of any wire type. */
  #foreign(writer: Writer): void {
    const number = 500 + this.#choose(1000)
    switch (this.#choose(5)) {
      case 0:
        writer.uint32(number * 8).int64(this.#integer())
        break
      case 1:
        writer.uint32(number * 8 + 1).fixed64(this.#integer())
        break
      case 2:
        writer.uint32(number * 8 + 5).fixed32(this.#choose(2 ** 32))
        break
      case 3:
        writer.uint32(number * 8 + 3).uint32(number * 8 + 4)
        break
      default:
        writer.uint32(number * 8 + 2).bytes(Buffer.alloc(this.#choose(300), 255))
    }
  }

  #integer(): number {
    return [0, -1, 1, 2 ** 31, -(2 ** 31), 2 ** 53, -(2 ** 63), this.#choose(1000)][this.#choose(8)] ?? 0
  }

  #text(): string {
    const texts = [
      '',
      'a',
      '__proto__',
      'toString',
      '500m',
      '-1',
      '\u001b[2J',
      '\ud83d\ude00',
      '9'.repeat(600),
      'é'.repeat(50),
    ]
    return texts[this.#choose(texts.length)] ?? ''
  }

  #choose(below: number): number {
    const choice = this.#choices[this.#at % this.#choices.length] ?? 0
    // Other numbers each time round, so that few choices make long messages too.
    const round = Math.floor(this.#at / this.#choices.length)
    this.#at += 1
    return below === 0 ? 0 : (choice + round * 7919) % below
  }
}
