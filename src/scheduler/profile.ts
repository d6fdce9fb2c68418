import { isAtLeast, type ServerVersion } from '#model/server-version.ts'
import type { Rules } from './framework/rules.ts'

export const oldestKnownMinor = 28
export const newestKnownMinor = 36

const newest: ServerVersion = { major: 1, minor: newestKnownMinor, patch: 2, text: `v1.${newestKnownMinor}.2` }

/** The rules of a server version; of the newest known one where it is newer or not known, of 1.28 where it is older. */
export function rulesFor(version: ServerVersion | null): Rules {
  const v = version ?? newest
  const key = `${v.major}.${v.minor}.${v.patch}`
  const known = rulesByVersion.get(key)
  if (known !== undefined) return known
  const rules = makeRules(v)
  rulesByVersion.set(key, rules)
  return rules
}

const rulesByVersion = new Map<string, Rules>()

function makeRules(v: ServerVersion): Rules {
  const since = (minor: number, patch = 0): boolean => isAtLeast(v, minor, patch)
  return {
    minor: since(newestKnownMinor) ? newestKnownMinor : Math.max(v.minor, oldestKnownMinor),
    taintIsNamed: !since(34, 2),
    oldReadWriteOncePodText: !since(34),
    oldVolumeAffinityText: !since(33),
    leftOutNodesAreNamed: since(32),
    tooSmallIsUnresolvable: since(34),
    sidecars: since(29),
    sidecarPorts: since(33, 6),
    podLevelResources: since(34),
    podLevelResize: since(36),
    containerResize: since(33),
    attachmentsCount: since(32),
    allocatableVolumeLimits: !since(32),
    missingClaimBreaksLimits: !since(30),
    portworxMigration: since(36) ? 'always' : since(31) ? 'listed' : 'never',
    localVolumesNarrow: v.minor === 31 ? !since(31, 3) : v.minor === 30 ? !since(30, 7) : !since(29, 11),
    volumeAttributesClass: since(34) ? 'compared' : since(31) ? 'refused' : 'ignored',
    betaZoneMatchesStable: since(29),
    inTreeVolumeLimits: !since(31),
    negativeNamespaceSelectorMatchesAll: since(34),
    podAffinityLabelKeys: since(31),
    dynamicResources: since(34),
    dynamicResourcesExtras: since(36),
    incompletePoolsUsable: !since(35),
    oldClaimOwnerText: !since(36),
    declaredFeatures: since(36),
    spreadErrorsNameTheStep: since(30),
    spreadConstraintsCountApart: since(33),
    selectorErrorsAsJson: since(34),
    selectorErrorsInBytes: since(35),
  }
}
