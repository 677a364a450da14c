/** Parts of a text that are different in every account: ids and dates. Their form has to be the same. */
const variable: readonly [form: RegExp, name: string][] = [
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '{guid}'],
  [/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g, '{GUID}'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|\+00:00)?/g, '{date}'],
  [/\b[0-9a-f]{12}\b|\b\d{11,12}\b/g, '{hex}'],
  [/\b[0-9a-f]{14}\b/g, '{attachment}'],
  [/\b[0-9a-f]{32}\b/g, '{group}'],
  [/[A-Za-z0-9_-]{32}1\b/g, '{order}'],
]

/** A text without its ids and dates. */
function formOf(text: string): string {
  return variable.reduce((rest, [form, name]) => rest.replace(form, name), text)
}

/**
 * Compares a body with a printed one, and lists the places that differ: a printed member that is missing, members in
 * another order, and another value. Further members of the body are not listed. `place` starts at the empty text.
 */
export function difference(body: unknown, printed: unknown, place = ''): string[] {
  if (typeof printed === 'string' && typeof body === 'string')
    return formOf(body) === formOf(printed) ? [] : [`${place}: ${body} instead of ${printed}`]
  if (Array.isArray(printed) && Array.isArray(body)) {
    const lengths =
      body.length === printed.length ? [] : [`${place}: ${body.length} instead of ${printed.length} items`]
    return [...lengths, ...printed.flatMap((item, at) => difference(body[at], item, `${place}[${at}]`))]
  }
  if (isObject(printed) && isObject(body)) return differenceOfMembers(body, printed, place)
  return body === printed ? [] : [`${place}: ${JSON.stringify(body)} instead of ${JSON.stringify(printed)}`]
}

function differenceOfMembers(body: Members, printed: Members, place: string): string[] {
  const names = Object.keys(printed)
  const present = Object.keys(body).filter((name) => names.includes(name))
  const expected = names.filter((name) => present.includes(name))
  const order = present.join() === expected.join() ? [] : [`${place}: members in the order ${present.join()}`]
  const at = (name: string) => (place === '' ? name : `${place}.${name}`)
  return [
    ...names.filter((name) => !present.includes(name)).map((name) => `${at(name)} is missing`),
    ...order,
    ...expected.flatMap((name) => difference(body[name], printed[name], at(name))),
  ]
}

type Members = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
