/**
 * Gives what is made when it is first asked for. An account has some forty statements, and preparing all of them would take
 * longer than all else that makes one.
 */
export function late<Made extends object>(make: () => Made): () => Made {
  let made: Made | undefined
  return () => {
    made ??= make()
    return made
  }
}
