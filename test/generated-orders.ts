import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** All generated orders belong to this customer from the documentation. */
export const customerId = 'bd59b416-37f9-4d8f-8df3-5750111fc615'

/** The id of a generated order; all have the same length. */
export function orderId(number: number): string {
  return `generated-${String(number).padStart(22, '0')}1`
}

/** A software order that can be cancelled. */
const order = {
  referenceCustomerId: customerId,
  billingCycle: 'one_time',
  currencyCode: 'USD',
  currencySymbol: '$',
  lineItems: [
    {
      lineItemNumber: 0,
      offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR',
      termDuration: '',
      transactionType: 'New',
      friendlyName: 'Microsoft Identity Manager 2016 - 1 User CAL',
      quantity: 1,
      links: {
        product: { uri: '/products/DG7GMGF0DWT0?country=US', method: 'GET', headers: [] },
        sku: { uri: '/products/DG7GMGF0DWT0/skus/0001?country=US', method: 'GET', headers: [] },
      },
    },
  ],
  creationDate: '2019-02-21T17:56:21.1335741Z',
  status: 'completed',
  transactionType: 'UserPurchase',
  attributes: { objectType: 'Order' },
}

const linesAtOnce = 10_000

/** Writes `count` orders into a fixtures folder and returns the path of the folder. */
export function generateOrders(folder: string, count: number): string {
  const file = openSync(join(folder, 'orders.ndjson'), 'w')
  for (let from = 0; from < count; from += linesAtOnce) {
    const size = Math.min(linesAtOnce, count - from)
    const lines = Array.from({ length: size }, (_, at) =>
      JSON.stringify({ order: { id: orderId(from + at), ...order } }),
    )
    writeSync(file, `${lines.join('\n')}\n`)
  }
  closeSync(file)
  return folder
}
