/** A source of random bytes. With an id seed the bytes are the same in every run. */
export type RandomBytes = (count: number) => Buffer

/** The id of a modern order since 2018: 32 base64url characters and a 1. */
export function modernOrderId(random: RandomBytes): string {
  return `${random(24).toString('base64url')}1`
}

/** The id that people see: 12 hexadecimal digits. In new commerce it is the order id itself. */
export function friendlyId(random: RandomBytes): string {
  return random(6).toString('hex')
}

/** A GUID of version 4, in lower case. */
export function guid(random: RandomBytes): string {
  const bytes = random(16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** The etag of a legacy order or subscription: its id and version in base64. */
export function etag(id: string, version: number): string {
  return Buffer.from(JSON.stringify({ id: id.toLowerCase(), version })).toString('base64')
}

/** The etag of the next version. After an unreadable etag comes version 1. */
export function nextEtag(id: string, current: string | undefined): string {
  const version = /"version":(\d+)/.exec(Buffer.from(current ?? '', 'base64').toString())?.[1]
  return etag(id, Number(version ?? 0) + 1)
}

/** A GUID that follows from a text: the same in every run. */
export function guidOf(text: string): string {
  return guid((count) => Buffer.from(Array.from({ length: count }, (_, place) => hash(`${place} ${text}`) & 0xff)))
}

/** A signed number of 64 bits that follows from a text, as the service writes some etags. */
export function numberOf(text: string): string {
  const high = BigInt(hash(`high ${text}`))
  return String(BigInt.asIntN(64, (high << 32n) | BigInt(hash(`low ${text}`))))
}

/** FNV-1a of 32 bits, mixed once more so that texts that differ in one place differ in all bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193)
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  return (value ^ (value >>> 13)) >>> 0
}
