/** A text of digits in a base that follows from another text: ids that no fixture has are the same in every run. */
export function derivedText(text: string, base: number, length: number): string {
  // FNV-1a of 32 bits, with another start for each digit.
  const digit = (place: number): string => {
    let hash = 0x811c_9dc5
    for (const character of `${place} ${text}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x0100_0193)
    return ((hash >>> 8) % base).toString(base)
  }
  return Array.from({ length }, (_, place) => digit(place)).join('')
}

/** A GUID that follows from a text. */
export function derivedGuid(text: string): string {
  const digits = derivedText(text, 16, 30)
  const [first, second, third, fourth, last] = [0, 8, 12, 15, 18].map((from, at, starts) =>
    digits.slice(from, starts[at + 1]),
  )
  return `${first}-${second}-4${third}-8${fourth}-${last}`
}
