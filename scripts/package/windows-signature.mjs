/**
 * A Windows program without its Authenticode signature, which does not hold once the program is changed: unsigned is
 * honest, a signature that does not match looks like damage. Layout: Microsoft's "PE Format", optional header, data
 * directory 4 (certificate table), whose address is an offset in the file and which stands at its end.
 */
export function withoutSignature(bytes) {
  const pe = bytes.readUInt32LE(60)
  const optional = pe + 24
  if (bytes.toString('latin1', pe, pe + 4) !== 'PE\0\0' || bytes.readUInt16LE(optional) !== 0x20b) {
    throw new Error('not a 64-bit Windows program')
  }
  const entry = optional + 112 + 4 * 8
  const [start, size] = [bytes.readUInt32LE(entry), bytes.readUInt32LE(entry + 4)]
  if (size === 0) return bytes
  if (start + size !== bytes.length) throw new Error('the signature does not stand at the end of the program')
  const bare = Buffer.from(bytes.subarray(0, start))
  bare.writeUInt32LE(0, entry)
  bare.writeUInt32LE(0, entry + 4)
  return bare
}
