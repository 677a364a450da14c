import { type Refusal, refuse } from '../refusals.ts'
import { documented, guessed, type Source } from '../sources.ts'
import type { Address } from './schema.ts'

/** The registration id of companies of a country: its form in words and as a pattern, where it is known. */
interface Registration {
  form?: string
  pattern?: RegExp
  source: Source
}

const listed: Registration = { source: documented('create-a-customer', '2023-07-28') }
/** The page names the id and not its form, which is that of the country's tax office. */
const form = (words: string, pattern: RegExp): Registration => ({
  form: words,
  pattern,
  source: guessed('create-a-customer', '2023-07-28'),
})

/** The countries whose companies need a registration id. */
export const registrations: Readonly<Record<string, Registration>> = {
  AM: listed,
  AZ: listed,
  BY: form('9 digits', /^\d{9}$/),
  HU: listed,
  KZ: listed,
  KG: listed,
  MD: listed,
  RU: form('10 or 12 digits', /^\d{10}(\d\d)?$/),
  TJ: listed,
  UZ: listed,
  UA: listed,
  BR: form('14 digits', /^\d{14}$/),
  IN: form('5 letters, 4 digits and a letter', /^[A-Z]{5}\d{4}[A-Z]$/i),
  ZA: listed,
  PL: form('10 digits', /^\d{10}$/),
  AE: listed,
  SA: listed,
  TR: listed,
  TH: listed,
  VN: listed,
  MM: listed,
  IQ: listed,
  SS: listed,
  VE: listed,
}

/** Checks the registration id and the phone number that companies of some countries need. */
export function refuseRegistration(number: string | undefined, { country, phoneNumber }: Address): Refusal | undefined {
  if (number !== undefined && !/^[\p{L}\d ./-]+$/u.test(number)) return refuse('registrationNotSupported')
  const registration = registrations[country?.toUpperCase() ?? '']
  if (registration === undefined) return undefined
  if (number === undefined) return refuse('registrationMissing')
  const { pattern, form: words = '' } = registration
  if (pattern?.test(number.replace(/[ ./-]/g, '')) === false) return refuse('registrationInvalid', words)
  return phoneNumber ? undefined : refuse('phoneNumberMissing')
}
