import { oncePerText } from './once-per.ts'

/**
 * An amount in billionths of its unit: CPUs, bytes, devices. Exact, and wide enough for any sum.
 * @see apimachinery/pkg/api/resource/quantity.go ParseQuantity (kubernetes v1.36.2)
 */
export type Quantity = bigint

const ONE = 1_000_000_000n
const MILLI = 1_000_000n
/** The largest amount a binary suffix may make: larger ones are cut to it. */
const LARGEST = (2n ** 63n - 1n) * ONE

const decimal: Readonly<Record<string, bigint>> = {
  n: 1n,
  u: 10n ** 3n,
  m: 10n ** 6n,
  '': ONE,
  k: 10n ** 12n,
  M: 10n ** 15n,
  G: 10n ** 18n,
  T: 10n ** 21n,
  P: 10n ** 24n,
  E: 10n ** 27n,
}
const binary: Readonly<Record<string, bigint>> = {
  Ki: 2n ** 10n,
  Mi: 2n ** 20n,
  Gi: 2n ** 30n,
  Ti: 2n ** 40n,
  Pi: 2n ** 50n,
  Ei: 2n ** 60n,
}

/** No quantity is longer; what is would cost work that grows with its square. */
const longest = 500

/** Reads a quantity; undefined where it is none. What is finer than a billionth is rounded up, away from zero. */
export function parseQuantity(text: string): Quantity | undefined {
  return text.length > longest ? undefined : read(text)
}

/** Rounded up to thousandths: how CPUs are counted. */
export function milli(amount: Quantity): bigint {
  return ceilDivide(amount, MILLI)
}

/** Rounded up to whole units: how everything but CPU is counted. */
export function whole(amount: Quantity): bigint {
  return ceilDivide(amount, ONE)
}

const read = oncePerText((text): Quantity | undefined => {
  const found = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:([eE][+-]?\d{1,4})|([numkMGTPE]|[KMGTPE]i))?\s*$/.exec(text)
  if (found === null) return undefined
  const [, sign, integer = '', fraction = '', exponent, suffix = ''] = found
  if (integer === '' && fraction === '') return undefined
  if (integer.length + fraction.length > 400) return undefined
  const digits = BigInt(integer + fraction)
  const power = exponent === undefined ? 0 : Number(exponent.slice(1))
  const size = binary[suffix]
  const scale = size === undefined ? decimal[suffix] : size * ONE
  if (scale === undefined) return undefined
  const tens = power - fraction.length
  const up = digits * scale * 10n ** BigInt(Math.max(tens, 0))
  const amount = ceilDivide(up, 10n ** BigInt(Math.max(-tens, 0)))
  const capped = size !== undefined && amount > LARGEST ? LARGEST : amount
  return sign === '-' ? -capped : capped
}, 100_000)

function ceilDivide(amount: bigint, by: bigint): bigint {
  const quotient = amount / by
  return amount > 0n && quotient * by !== amount ? quotient + 1n : quotient
}
