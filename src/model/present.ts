/** The members that have a value. Documents leave out the others. */
export function present<Members extends object>(members: Members): Partial<Members> {
  const found: Partial<Members> = {}
  for (const name in members) if (members[name] !== undefined) found[name] = members[name]
  return found
}
