import type { Taint } from '#model/api/node.ts'
import type { TaintClass, TaintFacts } from './taint-class.ts'
import { type WellKnownTaint, wellKnownTaints } from './well-known.ts'

/** Classes that a suggestion never tolerates: the node has to be mended, waited for, or is going away. */
const neverTolerated: ReadonlySet<TaintClass> = new Set(['NodeCondition', 'Lifecycle', 'Autoscaler'])

/** Whether a suggestion may tolerate taints of this class. */
export function mayTolerate(taintClass: TaintClass): boolean {
  return !neverTolerated.has(taintClass)
}

/** Whether a suggestion may tolerate this taint: by its class, and by what is known of its key. */
export function mayTolerateTaint(taint: Taint): boolean {
  return classifyTaint(taint).tolerable
}

/** What a taint means: from the table of well-known taints, else from the wording of its key. */
export function classifyTaint(taint: Taint): TaintFacts {
  const key = taint.key ?? ''
  const known = wellKnownTaints.find((row) => fits(row, key, taint.value ?? ''))
  if (known === undefined) return byWording(key)
  const { class: taintClass, meaning, source, instead } = known
  const tolerable = mayTolerate(taintClass) && known.never !== true
  return { class: taintClass, meaning, source, tolerable, ...(instead === undefined ? {} : { instead }) }
}

function fits(row: WellKnownTaint, key: string, value: string): boolean {
  if (row.value !== undefined && row.value !== value) return false
  if (row.key.endsWith('*')) return key.startsWith(row.key.slice(0, -1))
  if (row.key.startsWith('*')) return key.endsWith(row.key.slice(1))
  return key === row.key
}

/** Words that startup taints carry: something removes them once it runs. */
const startingUp = /not-?ready|uninitiali[sz]ed|unregistered|startup|initiali[sz]ing|unavailable/i
/** Words that taints of leaving nodes carry; `maintenance` alone is a key that people choose, in a longer one it is a controller's. */
const goingAway = /deleted|drain|disrupt|terminat|out-of-service|shutdown|[./_-]maintenance|maintenance[./_-]/i
const device = /(^|[./_-])(gpu|tpu|npu|fpga|accelerator)s?($|[./_=-])/i

function byWording(key: string): TaintFacts {
  const lifecycle = { class: 'Lifecycle', source: 'heuristic', tolerable: false } as const
  if (startingUp.test(key)) {
    const meaning = 'by its name a startup taint: something removes it once the node is ready for Pods'
    return { ...lifecycle, meaning, instead: 'mend what removes it' }
  }
  if (goingAway.test(key)) {
    const meaning = 'by its name set on nodes that are being drained, stopped or removed'
    return { ...lifecycle, meaning, instead: 'wait until that is over, or remove it where it was left behind' }
  }
  if (device.test(key)) {
    const meaning = 'by its name keeps Pods off nodes with special hardware'
    return { class: 'Hardware', meaning, source: 'heuristic', tolerable: true }
  }
  return {
    class: 'Policy',
    meaning: 'not a well-known taint: set by people, on purpose',
    source: 'heuristic',
    tolerable: true,
  }
}
