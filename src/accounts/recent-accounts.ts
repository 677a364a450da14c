import type { Account } from './account.ts'

/** The most accounts with an open database. */
const openAtMost = 64

/** The accounts with an open database. When there are too many, the one that was not used for the longest time is parked. */
export class RecentAccounts {
  /** The one that was used last is at the end. */
  readonly #accounts = new Set<Account>()
  #latest: Account | undefined

  /** Takes note that an account is used. */
  touch(account: Account): Account {
    if (account === this.#latest) return account
    this.#latest = account
    this.#accounts.delete(account)
    this.#accounts.add(account)
    const [oldest] = this.#accounts
    if (this.#accounts.size > openAtMost && oldest !== undefined) {
      this.#accounts.delete(oldest)
      oldest.park()
    }
    return account
  }

  /** Forgets an account that has ended. */
  delete(account: Account): void {
    this.#accounts.delete(account)
    if (this.#latest === account) this.#latest = undefined
  }
}
