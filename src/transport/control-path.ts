/** The origin of a request target in absolute form, as clients send it to a proxy. The router drops it. */
const origin = /^https?:\/\/[^/]*/

/** Whether a URL is of the control plane. The router takes any case, repeated slashes and escaped letters. */
export function isControlPath(url: string): boolean {
  const [first = ''] = /[^/?#]+/.exec(url.replace(origin, '').replace(/[?#].*$/s, '')) ?? []
  return (first.includes('%') ? decoded(first) : first).toLowerCase() === '_emulator'
}

function decoded(segment: string): string {
  try {
    return decodeURI(segment)
  } catch {
    return segment
  }
}
