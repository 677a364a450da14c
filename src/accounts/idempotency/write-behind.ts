import type { Account } from '../account.ts'
import { Calm } from './idle.ts'

/**
 * Brings the answers of an account into its database. Under a load they wait, and they are there when a calm emulator is
 * killed.
 */
export class AnswerSaving {
  readonly #answers: Account['answers']
  readonly #transaction: Account['transaction']
  readonly #calm = new Calm(() => this.#tryToSave())

  constructor(answers: Account['answers'], transaction: Account['transaction']) {
    this.#answers = answers
    this.#transaction = transaction
  }

  /** Another answer is to be saved. */
  wait(): void {
    this.#calm.disturb()
  }

  save(): void {
    if (this.#answers.areUnwritten()) this.#transaction(() => this.#answers.save())
  }

  /** Forgets what has not been saved, and saves nothing any more. */
  end(): void {
    this.#calm.end()
    this.#answers.reread()
  }

  #tryToSave(): void {
    try {
      this.save()
    } catch {
      // A disk may be full for a while; the next answer, or the end, tries again.
    }
  }
}
