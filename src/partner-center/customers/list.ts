import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { readLenientJson } from '../../lenient-json.ts'
import { ListedCustomer, listedCustomerOf } from '../../model/customers/documents.ts'
import { type CustomerFilter, filterFields, matches } from '../../model/customers/filter.ts'
import { type Infer, lazy } from '../../model/lazy.ts'
import { Link, linkTo } from '../../model/links.ts'
import { listIssues } from '../../model/mistakes.ts'
import { pageUrl } from '../../model/sources.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { CollectionAttributes, sendCollection, sendDocument } from '../protocol/reply.ts'
import { anyCase } from '../protocol/unknown-members.ts'

/** A page of the documentation has a second question mark before the filter, which so becomes a part of the size. */
export const CustomerListQuery = lazy(() =>
  anyCase({
    size: z
      .string()
      .regex(/^\d{1,9}(\?filter=.*)?$/is)
      .optional()
      .meta({ description: 'Customers of a page; 0 for all.' }),
    filter: z.string().optional().meta({
      description: 'JSON with Field, Value and Operator starts_with: the customers whose field starts with the value.',
    }),
    seekOperation: z.string().optional().meta({
      description: '`Next`, with the header MS-ContinuationToken of the page before, for the next page.',
    }),
  }),
)

/** A page of customers. The last page has neither token nor next link. */
export const CustomerPage = lazy(() =>
  z
    .strictObject({
      continuationToken: z.string().optional().meta({ description: 'Token of the next page.' }),
      totalCount: z.int().nonnegative().meta({ description: 'Number of items of the page.' }),
      items: z.array(ListedCustomer()).meta({ description: 'The customers.' }),
      links: z
        .strictObject({
          self: Link().meta({ description: 'Link to the collection, without a query.' }),
          next: Link().optional().meta({ description: 'Link to the next page, with the header that it needs.' }),
        })
        .meta({ description: 'Links of the collection.' }),
      attributes: CollectionAttributes(),
    })
    .meta({ id: 'CustomerPage', description: 'A page of customers.' }),
)

const Filter = lazy(() => anyCase({ field: z.string(), value: z.string(), operator: z.string() }))

/** The place of a page: the last customer before it, with the size and the filter of the first page. */
interface Page {
  after: number
  size: number
  filter?: CustomerFilter | undefined
}

const Token = lazy(() =>
  z.strictObject({
    after: z.int().nonnegative(),
    size: z.int().positive(),
    filter: z.strictObject({ field: z.enum(filterFields), value: z.string() }).optional(),
  }),
)

/** Sends the page of customers that a query asks for. Throws `invalidInput` and `unparsableEnum`. */
export function sendCustomers(
  request: FastifyRequest,
  reply: FastifyReply,
  query: Infer<typeof CustomerListQuery>,
): void {
  const { after, size, filter } = query.seekOperation ? nextPage(request, query.seekOperation) : firstPage(query)
  const behind = request.account.customers.after(after)
  const found = filter === undefined ? behind : behind.filter(({ customer }) => matches(customer, filter))
  const last = size === 0 ? undefined : found[size - 1]
  if (last === undefined || found.length === size) {
    sendCollection(request, reply, '/customers', found.length, (place) => writeItem(found[place]))
    return
  }
  const token = writeToken({ after: last.place, size, filter })
  const next = {
    ...linkTo(`/customers?size=${size}&seekOperation=Next`),
    headers: [{ key: 'MS-ContinuationToken', value: token }],
  }
  const links = JSON.stringify({ self: linkTo('/customers'), next })
  const items = found.slice(0, size).map(writeItem).join()
  const head = `{"continuationToken":"${token}","totalCount":${size},"items":[${items}]`
  sendDocument(request, reply, `${head},"links":${links},"attributes":{"objectType":"Collection"}}`)
}

function writeItem(found: { customer: Parameters<typeof listedCustomerOf>[0] } | undefined): string {
  return found === undefined ? '' : JSON.stringify(listedCustomerOf(found.customer))
}

function firstPage({ size = '0', filter }: Infer<typeof CustomerListQuery>): Page {
  const [count, within] = size.split(/\?filter=/i)
  const text = filter ?? within
  return { after: 0, size: Number(count), filter: text === undefined ? undefined : readFilter(text) }
}

function nextPage({ headers }: FastifyRequest, seekOperation: string): Page {
  if (seekOperation.toLowerCase() !== 'next') {
    throw new PartnerCenterError('unparsableEnum', { values: [seekOperation, pageUrl('get-a-list-of-customers')] })
  }
  const token = Token().safeParse(readToken(String(headers['ms-continuationtoken'] ?? '')))
  if (token.success) return token.data
  throw new PartnerCenterError('invalidInput', { data: ['MS-ContinuationToken: not the token of an earlier page'] })
}

function writeToken(page: Page): string {
  return Buffer.from(JSON.stringify(page)).toString('base64')
}

function readToken(token: string): unknown {
  const read = readLenientJson(Buffer.from(token, 'base64').toString())
  return 'mistakes' in read ? undefined : read.value
}

function readFilter(text: string): CustomerFilter {
  const read = readLenientJson(text)
  if ('mistakes' in read) {
    throw new PartnerCenterError('invalidInput', { data: [`filter: not JSON: ${read.mistakes.join('; ')}`] })
  }
  const result = Filter().safeParse(read.value)
  if (!result.success) throw new PartnerCenterError('invalidInput', { data: listIssues(result.error, 'filter') })
  const { field: asked, value, operator } = result.data
  const field = filterFields.find((known) => known.toLowerCase() === asked.toLowerCase())
  const isKnown = operator.replaceAll('_', '').toLowerCase() === 'startswith'
  if (field !== undefined && isKnown) return { field, value }
  throw new PartnerCenterError('unparsableEnum', {
    values: [isKnown ? asked : operator, pageUrl('get-a-customer-by-name')],
  })
}
