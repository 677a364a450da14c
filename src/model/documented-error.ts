import type { Source } from './sources.ts'

/** An error that the API documents. */
export interface DocumentedError {
  /** HTTP status. */
  status: number
  /** A number on the wire, except 900420. */
  code: number | string
  /** The part of the service that replies, the `source` of the body. PartnerFD, the front door, by default. */
  component?: string
  /** The text of the body. `{0}`, `{1}` are placeholders for values. */
  description: string
  /** When the emulator replies with it, for readers. */
  when: string
  source: Source
}
