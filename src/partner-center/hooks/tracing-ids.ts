/**
 * Ids that trace a request and protect nothing. They need no cryptographic random numbers: loading node:crypto makes the
 * start 4 % longer.
 */

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** The 32 bits of a random number, from 0 on. */
function random32(): number {
  return Math.floor(Math.random() * 0x1_0000_0000)
}

/** The four bytes of a number in hexadecimal digits. */
function digits(bits: number): string {
  return `${hex[bits >>> 24]}${hex[(bits >>> 16) & 0xff]}${hex[(bits >>> 8) & 0xff]}${hex[bits & 0xff]}`
}

/** A GUID of version 4, in lower case. */
export function newTracingId(): string {
  const second = digits((random32() & 0xffff_0fff) | 0x4000)
  const third = digits((random32() & 0x3fff_ffff) | 0x8000_0000)
  return `${digits(random32())}-${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}-${third.slice(4)}${digits(random32())}`
}

const vectorLength = 16
const vectorsPerDraw = 256
/** Base64 has four characters for three bytes. */
const bytesPerDraw = (vectorLength / 4) * 3 * vectorsPerDraw
let drawn = ''
let used = 0

/** A correlation vector, `xqqtn+OEVE2ridoS.0`. One draw serves many vectors. */
export function newVector(): string {
  if (used === drawn.length) {
    drawn = Buffer.from(Array.from({ length: bytesPerDraw }, () => random32() & 0xff)).toString('base64')
    used = 0
  }
  used += vectorLength
  return `${drawn.slice(used - vectorLength, used)}.0`
}
