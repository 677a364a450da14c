import type { FixtureOrder } from '../../src/fixtures/fixture-order.ts'
import { builtInFixtures, readFixtures } from '../../src/fixtures/fixtures.ts'
import { creationDate } from '../../src/fixtures/ndjson/batch.ts'
import { type ProductType, productTypes } from '../../src/model/catalog/schema.ts'
import { isTextOf, type ListedError, listedErrors } from '../../src/model/documentation/errors.ts'
import { type AccountKind, accountKinds, type EditionName, editionNames } from '../../src/model/editions.ts'
import { cancelOrder } from '../../src/model/orders/cancel.ts'
import { optionTable } from '../../src/options.ts'
import { errorCatalog } from '../../src/partner-center/protocol/error-catalog.ts'
import { type Operation, operations } from '../../src/partner-center/protocol/operations.ts'

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** The options, as in the help. */
export function optionsMarkdown(): string {
  const rows = [...optionTable.values()].map(({ flag, variable, value, default: byDefault, description }) => [
    `\`--${flag}${value === undefined ? '' : ` <${value}>`}\``,
    `\`${variable}\``,
    byDefault === undefined ? '' : `\`${byDefault}\``,
    description,
  ])
  return table(['flag', 'variable', 'default', 'description'], rows)
}

/** The errors, and the condition of each. */
export function errorsMarkdown(): string {
  const rows = Object.values(errorCatalog).map(({ status, code, description, when, source }) => [
    `${status}`,
    `${code}`,
    description.replace(/[<>]/g, '\\$&'),
    when,
    `[${source.evidence}](${source.page}), ${source.date}`,
  ])
  return table(['status', 'code', 'description', 'when', 'source'], rows)
}

/** The documented codes, and the operations of the emulator that reply with each. */
export function codesMarkdown(): string {
  const rows = listedErrors().map((listed) => [
    `${listed.code}`,
    `${listed.status}`,
    listed.description.replace(/[<>]/g, '\\$&'),
    listed.area,
    listed.since,
    listed.evidence,
    repliesWith(listed),
  ])
  return table(['code', 'status', 'text', 'area', 'since', 'evidence', 'emulator'], rows)
}

/** The operations that reply with a listed error. A list of more than six says their number. */
function repliesWith({ code, status, description }: ListedError): string {
  const names = Object.entries(errorCatalog)
    .filter(([, error]) => error.code === code && error.status === status && isTextOf(description, error.description))
    .map(([name]) => name)
  const all = Object.entries<Operation>(operations)
  const own = all
    .filter(([, { errors }]) => errors.some((name) => names.includes(name)))
    .map(([operation]) => operation)
  if (own.length === 0) return 'by a fault'
  if (own.length === all.length) return 'every operation'
  return own.length > 6 ? `${own.length} operations` : own.map((name) => `\`${name}\``).join(', ')
}

const { customers, products, orders } = readFixtures(builtInFixtures)
const typeOf = new Map<string, ProductType>(products.map(({ offerId, productType }) => [offerId, productType]))

function productTypeOf(offerId: string): ProductType {
  const type = typeOf.get(offerId)
  if (type === undefined) throw new Error(`${offerId} is not in the catalog`)
  return type
}

/** The outcome of cancelling a seeded order, as status and code. A fresh order has the same outcome at any time. */
function outcome({ order, adjustmentPending = false }: FixtureOrder, kind: AccountKind, rules: EditionName): string {
  const now = Date.now()
  const stored = { ...order, creationDate: creationDate(order.creationDate, now) }
  const result = cancelOrder(stored, undefined, { kind, rules, now, adjustmentPending, productTypeOf })
  if ('cancelled' in result) return '200'
  const { status, code } = errorCatalog[result.refused]
  return `${status} / ${code}`
}

const columns = accountKinds.flatMap((kind) => editionNames.map((rules) => ({ kind, rules })))

/** Every seeded order, by customer, with the outcome of cancelling it. */
export function ordersMarkdown(): string {
  const head = ['order', 'description', 'status', ...columns.map(({ kind, rules }) => `${kind} ${rules}`)]
  const sections = customers.map(({ id, companyName }) => {
    const own = orders.filter(({ order }) => order.referenceCustomerId === id)
    const rows = own.map((fixture) => [
      `\`${fixture.order.id}\``,
      fixture.description ?? '',
      fixture.order.status,
      ...columns.map(({ kind, rules }) => outcome(fixture, kind, rules)),
    ])
    const list = rows.length === 0 ? 'No orders.' : table(head, rows)
    return `### ${companyName}: \`${id}\`\n\n${list}`
  })
  return sections.join('\n\n')
}

/** The number of products of each type in the catalog, and an example. */
export function catalogMarkdown(): string {
  const rows = Object.entries(productTypes).map(([type, words]) => {
    const own = products.filter(({ productType }) => productType === type)
    return [words, `\`${type}\``, `${own.length}`, `\`${own[0]?.offerId}\` ${own[0]?.title}`]
  })
  return table(['product type', 'in the catalog', 'products', 'example'], rows)
}
