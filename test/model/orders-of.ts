import { createHash } from 'node:crypto'
import type * as z from 'zod'
import { type Cart, type CartLineItem, Cart as CartSchema } from '../../src/model/carts/schema.ts'
import {
  type BillingCycle,
  type Product,
  Product as ProductSchema,
  type ProductType,
} from '../../src/model/catalog/schema.ts'
import {
  type AccountKind,
  accountKinds,
  type CancellationRule,
  type EditionName,
  editionNames,
  editions,
} from '../../src/model/editions.ts'
import type { RandomBytes } from '../../src/model/ids.ts'
import type { OwnedUnits } from '../../src/model/orders/sandbox-limits.ts'
import { type Order, type OrderLineItem, Order as OrderSchema, orderStatuses } from '../../src/model/orders/schema.ts'
import { isRefusal, type Refusal, refusals } from '../../src/model/refusals.ts'
import {
  type Subscription,
  Subscription as SubscriptionSchema,
  type SubscriptionStatus,
  subscriptionStatuses,
} from '../../src/model/subscriptions/schema.ts'

/**
 * The data of the model's tests: products, orders, random bytes. The tests reach the schemas, the tables and the ids of the
 * model only through this file.
 */

export { etag, friendlyId, guid, modernOrderId, nextEtag, type RandomBytes } from '../../src/model/ids.ts'
export type {
  AccountKind,
  CancellationRule,
  Cart,
  CartLineItem,
  EditionName,
  Order,
  OrderLineItem,
  OwnedUnits,
  Product,
  ProductType,
  Refusal,
  Subscription,
  SubscriptionStatus,
}
export { accountKinds, editionNames, isRefusal, orderStatuses, subscriptionStatuses }
export type BillingCycleName = BillingCycle
export type CancellationWindow = Extract<CancellationRule, object>

export const isOrder = (value: unknown) => isWrittenAs(OrderSchema(), value)
export const isCart = (value: unknown) => isWrittenAs(CartSchema(), value)
export const isSubscription = (value: unknown) => isWrittenAs(SubscriptionSchema(), value)
export const isProduct = (value: unknown) => isWrittenAs(ProductSchema(), value)

/** The cancellation rule in the table. */
export function cancellationRuleOf(edition: EditionName, kind: AccountKind, type: ProductType): CancellationRule {
  return editions[edition].cancellation[kind][type]
}

/** Whether a refusal is in the error table, with a value for each placeholder of its text. */
export function isDocumented({ refused, values = [] }: Refusal): boolean {
  const text = new Map(Object.entries(refusals)).get(refused)?.description
  return text !== undefined && new Set(text.match(/\{\d\}/g)).size === values.length
}

/** Whether a value has the form of a schema, with its members in the order of the schema, which is the documented order. */
function isWrittenAs(schema: z.ZodType, value: unknown): boolean {
  const { success, data } = schema.safeParse(value)
  return success && JSON.stringify(data) === JSON.stringify(value)
}

export const customerId = 'bd59b416-37f9-4d8f-8df3-5750111fc615'
export const partnerId = '9e0c1f4a-5a0b-4b1e-9d3a-6f7c2d8e4b10'

/** A product of each type. */
export const products: Readonly<Record<ProductType, Product>> = {
  azureReservation: {
    offerId: 'DZH318Z0BQ4B:0047:DZH318Z0DSM8',
    title: 'Reserved virtual machine',
    productType: 'azureReservation',
    billingCycles: ['one_time', 'monthly'],
    termDuration: 'P3Y',
    listPrice: 1200,
  },
  perpetualSoftware: {
    offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR',
    title: 'Identity Manager',
    productType: 'perpetualSoftware',
    billingCycles: ['one_time'],
    listPrice: 18.5,
  },
  softwareSubscription: {
    offerId: 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS',
    title: 'SQL Server',
    productType: 'softwareSubscription',
    billingCycles: ['one_time', 'annual'],
    termDuration: 'P1Y',
    listPrice: 410.1,
  },
  saasFlatRate: saas('saasFlatRate', 'DZH318Z0BXWC:0002:DZH318Z0BMRV', 'monthly'),
  saasMetered: saas('saasMetered', 'DZH318Z0C964:0001:DZH318Z0BZDG', 'monthly'),
  saasSeatBased: saas('saasSeatBased', 'DZH318Z0BXWC:0001:DZH318Z0BMJX', 'monthly'),
  saasTrial: saas('saasTrial', 'DZH318Z0C0WF:0001:DZH318Z0BP69', 'none'),
  azurePlan: {
    offerId: 'DZH318Z0BPS6:0001:DZH318Z0BML6',
    title: 'Azure plan',
    productType: 'azurePlan',
    billingCycles: ['monthly'],
  },
  newCommerceLicense: {
    offerId: 'CFQ7TTC0LH18:0001:CFQ7TTC0K971',
    title: 'Microsoft 365 Business Basic',
    productType: 'newCommerceLicense',
    billingCycles: ['monthly', 'annual'],
    termDuration: 'P1Y',
    listPrice: 6,
  },
  newCommerceTrial: {
    offerId: 'CFQ7TTC0LH18:0002:CFQ7TTC0K9TR',
    title: 'Microsoft 365 Business Basic Trial',
    productType: 'newCommerceTrial',
    billingCycles: ['none'],
    termDuration: 'P1M',
  },
  savingsPlan: {
    offerId: 'DZH318Z09V6F:0001:DZH318Z0BLD3',
    title: 'Compute savings plan, 1 Year',
    productType: 'savingsPlan',
    billingCycles: ['one_time', 'monthly'],
    termDuration: 'P1Y',
    maximumQuantity: 1,
  },
  legacyLicense: {
    offerId: '031C9E47-4802-4248-838E-778FB1D2CC05',
    title: 'Office 365 Business Premium',
    productType: 'legacyLicense',
    billingCycles: ['annual', 'monthly'],
    productId: 'F245ECC8-75AF-4F8E-B61F-27D8114DE5F3',
    maximumQuantity: 300,
    listPrice: 8,
  },
  legacyAddOn: {
    offerId: 'C94271D8-B431-4A25-A3C5-A57737A1C909',
    title: 'Audio Conferencing',
    productType: 'legacyAddOn',
    billingCycles: ['annual', 'monthly'],
    listPrice: 4,
  },
  legacyAzure: {
    offerId: 'MS-AZR-0145P',
    title: 'Microsoft Azure',
    productType: 'legacyAzure',
    billingCycles: ['monthly'],
    productId: '9DEA7946-EC2C-441E-9FFD-E3B275F7E838',
  },
}

function saas(productType: ProductType, offerId: string, billingCycle: BillingCycleName): Product {
  return { offerId, title: 'A service', productType, billingCycles: [billingCycle], termDuration: 'P1M', listPrice: 12 }
}

export const everyProduct: readonly Product[] = Object.values(products)
export const everyProductType: readonly ProductType[] = everyProduct.map(({ productType }) => productType)
export const legacyTypes: readonly ProductType[] = ['legacyLicense', 'legacyAddOn', 'legacyAzure']
export const saasTypes: readonly ProductType[] = ['saasFlatRate', 'saasMetered', 'saasSeatBased', 'saasTrial']
export const modernTypes = everyProductType.filter((type) => !legacyTypes.includes(type))

export function findProduct(offerId: string): Product | undefined {
  return everyProduct.find((product) => product.offerId === offerId)
}

export function productTypeOf(offerId: string): ProductType {
  const product = findProduct(offerId)
  if (product === undefined) throw new Error(`the test catalog has no ${offerId}`)
  return product.productType
}

/** The subscription of the line with this number: an upper-case GUID in legacy orders. */
export function subscriptionIdOf(lineItemNumber: number, legacy = false): string {
  const id = `abcdef00-0000-4000-8000-${String(lineItemNumber).padStart(12, '0')}`
  return legacy ? id.toUpperCase() : id
}

/** An order with a line of quantity 2 for each product type. It is frozen: writing to it throws. */
export function orderOf(types: readonly ProductType[], members: Partial<Order> = {}): Order {
  const legacy = types.some((type) => legacyTypes.includes(type))
  const id = legacy ? '1e9ac000-0000-4000-8000-000000000001' : 'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1'
  const order: Order = {
    id,
    alternateId: legacy ? id : '0123456789ab',
    referenceCustomerId: customerId,
    billingCycle: types.map((type) => products[type].billingCycles[0])[0] ?? 'one_time',
    currencyCode: 'USD',
    lineItems: types.map(lineOf),
    creationDate: '2021-02-03T10:20:30.4567891Z',
    status: 'completed',
    transactionType: 'UserPurchase',
    attributes: legacy ? { etag: etagOf(id, 1), objectType: 'Order' } : { objectType: 'Order' },
    ...members,
  }
  return frozen(order)
}

function lineOf(type: ProductType, lineItemNumber: number): OrderLineItem {
  const legacy = legacyTypes.includes(type)
  const { offerId, termDuration, title } = products[type]
  return {
    lineItemNumber,
    offerId,
    ...(legacy || saasTypes.includes(type) ? { subscriptionId: subscriptionIdOf(lineItemNumber, legacy) } : {}),
    termDuration: termDuration ?? '',
    transactionType: 'New',
    friendlyName: `${title} of line ${lineItemNumber}`,
    quantity: 2,
  }
}

/** The etag of the documentation's legacy orders. */
export function etagOf(id: string, version: number): string {
  return Buffer.from(`{"id":"${id.toLowerCase()}","version":${version}}`).toString('base64')
}

/** An order with changed members in one of its lines. */
export function withLine(order: Order, lineItemNumber: number, members: Partial<OrderLineItem>): Order {
  const lineItems = order.lineItems.map((line) =>
    line.lineItemNumber === lineItemNumber ? { ...line, ...members } : line,
  )
  return frozen({ ...order, lineItems })
}

/** The line with this number. Throws if the order does not have it. */
export function lineIn({ lineItems }: Order, lineItemNumber: number): OrderLineItem {
  const line = lineItems[lineItemNumber]
  if (line === undefined) throw new Error(`the order has no line ${lineItemNumber}`)
  return line
}

export function quantitiesOf({ lineItems }: Order): number[] {
  return lineItems.map(({ quantity }) => quantity)
}

/** Pseudorandom bytes that are the same in every run; another seed gives other bytes. */
export function fixedBytes(seed = 0): RandomBytes {
  let calls = 0
  return (count) => createHash('shake256', { outputLength: count }).update(`${seed} ${calls++}`).digest()
}

export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen)
  return value
}
