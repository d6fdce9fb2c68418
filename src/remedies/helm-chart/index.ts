import type { ComponentQuestion, Placement } from '#components/component.ts'
import type { Toleration } from '#model/api/pod.ts'

export function chartPlacements(_question: ComponentQuestion, _wanted: readonly Toleration[]): readonly Placement[] {
  return []
}
