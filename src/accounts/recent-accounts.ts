import type { Account } from './account.ts'

/** The most accounts with an open database. */
const openAtMost = 64

/** The accounts with an open database. When there are too many, the least recently used one is parked. */
export class RecentAccounts {
  /** In the order of their last use, the latest at the end. */
  readonly #accounts = new Set<Account>()
  #latest: Account | undefined

  /** Records the use of an account. */
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
