import type { Pod } from '#model/api/pod.ts'

/** The claims that the Pod mounts, by name; one for each ephemeral volume too. */
export function claimNames({ metadata, spec }: Pod): readonly string[] {
  const names = (spec.volumes ?? []).flatMap(({ name = '', persistentVolumeClaim, ephemeral }) => {
    if (persistentVolumeClaim?.claimName !== undefined) return [persistentVolumeClaim.claimName]
    return ephemeral === undefined ? [] : [`${metadata.name ?? ''}-${name}`]
  })
  return [...new Set(names)]
}
