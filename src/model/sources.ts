/** How well a fact about the service is known, the best grade first. */
export const evidenceGrades = {
  measured: 'recorded traffic, or arithmetic on it',
  observed: 'a real reply that somebody published',
  documented: 'a page of the documentation',
  client: "a client's source",
  guess: 'reasoning: the documentation leaves it open',
} as const
export type Evidence = keyof typeof evidenceGrades

/** Where a fact comes from: the page, its date, and how well it supports the fact. */
export interface Source {
  page: string
  /** Of the page, as YYYY-MM-DD. */
  date: string
  evidence: Evidence
}

const documentation = 'https://learn.microsoft.com/partner-center/developer/'

/** A page of the Partner Center documentation. `page`: its path below `partner-center/developer/`. */
export function pageUrl(page: string): string {
  return `${documentation}${page}`
}

/** A fact that a page of the documentation states. */
export function documented(page: string, date: string): Source {
  return { page: pageUrl(page), date, evidence: 'documented' }
}

/** A fact that a page of the documentation suggests and does not state. */
export function guessed(page: string, date: string): Source {
  return { page: pageUrl(page), date, evidence: 'guess' }
}

/** A fact that the source of a client shows. `page`: a whole URL. */
export function client(page: string, date: string): Source {
  return { page, date, evidence: 'client' }
}

/** A fact that a published reply of the service shows. `page`: a whole URL. */
export function observed(page: string, date: string): Source {
  return { page, date, evidence: 'observed' }
}

/** The list of error codes: it has the code, its status and text, and the condition. */
export const errorList = documented('error-codes', '2020-11-13')
/** The list of error codes: it has the code, its status and text; the condition is a guess. */
export const guessedInErrorList = guessed('error-codes', '2020-11-13')
