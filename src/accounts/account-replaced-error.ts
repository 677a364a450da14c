/** The account of a request was reset, restored, replaced or deleted while the request was under way. */
export class AccountReplacedError extends Error {
  override name = 'AccountReplacedError'

  constructor(account: string) {
    super(`The account ${account} was reset, restored or deleted while the request was under way.`)
  }
}
