/** Writes an amount of a resource for people: `cpu` given in thousandths, everything else in whole units. */
export function formatAmount(resource: string, amount: bigint): string {
  if (resource === 'cpu') return amount % 1000n === 0n ? String(amount / 1000n) : `${amount}m`
  return isBytes(resource) ? formatBytes(amount) : String(amount)
}

function isBytes(resource: string): boolean {
  return resource === 'memory' || resource === 'ephemeral-storage' || resource.startsWith('hugepages-')
}

const units = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/** Bytes with a binary suffix and at most one decimal, rounded towards zero. */
export function formatBytes(bytes: bigint): string {
  if (bytes < 0n) return `-${formatBytes(-bytes)}`
  let size = 1n
  let unit = ''
  for (const next of units) {
    if (bytes < size * 1024n) break
    size *= 1024n
    unit = next
  }
  const tenths = (bytes * 10n) / size
  return tenths % 10n === 0n || unit === '' ? `${tenths / 10n}${unit}` : `${tenths / 10n}.${tenths % 10n}${unit}`
}
