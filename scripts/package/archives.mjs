// Archives whose bytes depend on nothing but the files' names, modes and bytes: no clock, no owner, no order of a disk.
import { constants, crc32, deflateRawSync, gzipSync } from 'node:zlib'

/** The time of every file in an archive: 2000-01-01. */
const time = { seconds: 946_684_800, dosDate: ((2000 - 1980) << 9) | (1 << 5) | 1, dosTime: 0 }
const level = constants.Z_BEST_COMPRESSION

/** A .tar.gz of `{ name, bytes, executable }`, in the order of their names. Names are flat and short. */
export function tarGz(files) {
  const parts = inOrder(files).flatMap((file) => {
    const padding = Buffer.alloc((512 - (file.bytes.length % 512)) % 512)
    return [tarHeader(file), file.bytes, padding]
  })
  const gz = gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]), { level })
  // The header's last byte names the operating system that compressed; zlib writes the one it was built for.
  gz[9] = 255
  return gz
}

/** A .zip of the same. */
export function zip(files) {
  const local = []
  const central = []
  let offset = 0
  for (const file of inOrder(files)) {
    const name = Buffer.from(file.name)
    const packed = deflateRawSync(file.bytes, { level })
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt16LE(time.dosTime, 6)
    common.writeUInt16LE(time.dosDate, 8)
    common.writeUInt32LE(crc32(file.bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(file.bytes.length, 18)
    common.writeUInt16LE(name.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(((0o100000 | mode(file)) << 16) >>> 0, 6)
    rest.writeUInt32LE(offset, 10)
    local.push(Buffer.from('PK\x03\x04'), common, name, packed)
    // 0x0314: made by a Unix, version 2.0, so that the modes count.
    central.push(Buffer.from('PK\x01\x02'), Buffer.from([0x14, 0x03]), common, rest, name)
    offset += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06'), end])
}

function inOrder(files) {
  return [...files].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function mode({ executable }) {
  return executable ? 0o755 : 0o644
}

/** A ustar header: root's file, with the fixed time. */
function tarHeader(file) {
  const header = Buffer.alloc(512)
  const octal = (value, at, width) => header.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at)
  header.write(file.name, 0)
  octal(mode(file), 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(file.bytes.length, 124, 12)
  octal(time.seconds, 136, 12)
  header.fill(' ', 148, 156)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write('root', 265)
  header.write('root', 297)
  octal(0, 329, 8)
  octal(0, 337, 8)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}
