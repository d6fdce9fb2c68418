import { type Because, fits, type Outcome, refused } from '#scheduler/framework/outcome.ts'
import type { Attached } from './attached.ts'
import type { Limits } from './limits.ts'

/**
 * Whether the Pod's volumes are too many for a driver: those it brings to the node besides the attached ones.
 * What was not read could be a volume that is counted, or the very volume that the Pod wants and that then costs
 * nothing; the verdict stands only where it is the same either way.
 * @param volumes driver by volume; @param unread one for each of the Pod's volumes of an unknown driver
 * @see nodevolumelimits/csi.go Filter (kubernetes v1.36.2)
 */
export function weigh(
  volumes: ReadonlyMap<string, string>,
  unread: readonly Because[],
  attached: Attached,
  limits: Limits,
): Outcome {
  const because = [...unread, ...attached.because]
  const wanted = new Map<string, number>()
  for (const [volume, driver] of volumes) {
    if (!attached.byPods.has(volume)) wanted.set(driver, (wanted.get(driver) ?? 0) + 1)
  }
  const drivers = unread.length === 0 ? [...wanted.keys()] : limits.drivers
  let open = false
  for (const driver of drivers) {
    const limit = limits.of(driver)
    if (limit === undefined) continue
    const more = wanted.get(driver) ?? 0
    const there = countOf(attached, driver)
    const { unsureByPods, unsureBesides } = attached
    if (more > unsureByPods && there + more - unsureByPods > limit) {
      return refused({
        text: 'node(s) exceed max volume count',
        fact: { kind: 'VolumeLimit', driver, limit, attached: there, wanted: more },
      })
    }
    if (there + more + unread.length + unsureByPods + unsureBesides > limit) open = true
  }
  return open ? { kind: 'unknown', because } : fits
}

function countOf({ byPods, besides }: Attached, driver: string): number {
  let count = besides.get(driver) ?? 0
  for (const own of byPods.values()) if (own === driver) count++
  return count
}
