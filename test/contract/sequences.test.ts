import fc from 'fast-check'
import t from 'tap'
import { noOrders, type RunningEmulator, runEmulator } from '../running-emulator.ts'

/** One offer of each kind that behaves differently. */
const offers = [
  'DZH318Z0BQ4B:0047:DZH318Z0DSM8',
  'DG7GMGF0DWT0:0001:DG7GMGF0DSQR',
  'DG7GMGF0FKZV:0003:DG7GMGF0DWMS',
  'DZH318Z0BXWC:0002:DZH318Z0BMRV',
  'CFQ7TTC0LH18:0001:CFQ7TTC0K971',
  '796B6B5F-613C-4E24-A17C-EBA730D49C02',
  'no such offer',
]

const line = fc.record({ offerId: fc.constantFrom(...offers), quantity: fc.integer({ min: 0, max: 30 }) })

/** A step of a sequence. `at` selects one of the existing orders or subscriptions. */
const step = fc.oneof(
  fc.record({ create: fc.array(line, { minLength: 1, maxLength: 3 }) }),
  fc.record({ cancel: fc.array(fc.nat(3), { maxLength: 2 }), at: fc.nat(20) }),
  fc.record({ quantity: fc.integer({ min: 0, max: 30 }), at: fc.nat(20) }),
  fc.record({ billingCycle: fc.constantFrom('annual', 'monthly', 'none'), at: fc.nat(20) }),
  fc.record({ subscription: fc.constantFrom('deleted', 'suspended', 'active', 'activate'), at: fc.nat(20) }),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

interface Listed {
  id: string
  status: string
  orderId: string
  quantity: number
  lineItems: { subscriptionId?: string; quantity: number }[]
}

async function list({ send }: RunningEmulator, resource: 'orders' | 'subscriptions'): Promise<Listed[]> {
  return JSON.parse((await send(`${noOrders}/${resource}`)).text).items
}

/** Runs a step. Returns the status of the reply, or 404 if there is nothing to change. */
async function run(emulator: RunningEmulator, action: Step): Promise<number> {
  const { send, patch } = emulator
  if ('create' in action) {
    const body = JSON.stringify({ lineItems: action.create })
    return (await send(`${noOrders}/orders`, { method: 'POST', body })).status
  }
  const resource = 'subscription' in action ? 'subscriptions' : 'orders'
  const items = await list(emulator, resource)
  const item = items[action.at % Math.max(1, items.length)]
  if (item === undefined) return 404
  const path = `${noOrders}/${resource}/${item.id}`
  if ('subscription' in action) {
    return action.subscription === 'activate'
      ? (await send(`${path}/activate`, { method: 'POST' })).status
      : (await patch(path, { status: action.subscription })).status
  }
  if ('cancel' in action) {
    const lineItems = action.cancel.map((lineItemNumber) => ({ lineItemNumber }))
    return (await patch(path, { status: 'cancelled', lineItems })).status
  }
  if ('quantity' in action) {
    return (await patch(path, { lineItems: [{ lineItemNumber: 0, quantity: action.quantity }] })).status
  }
  return (await patch(path, { billingCycle: action.billingCycle })).status
}

/** Whether the lists, the single reads and the subscriptions are consistent. */
async function isConsistent(emulator: RunningEmulator): Promise<boolean> {
  const orders = await list(emulator, 'orders')
  const subscriptions = new Map((await list(emulator, 'subscriptions')).map((item) => [item.id, item]))
  for (const order of orders) {
    const single = await emulator.send(`${noOrders}/orders/${order.id}`)
    if (single.text !== JSON.stringify(order)) return false
    for (const { subscriptionId, quantity } of order.lineItems) {
      if (subscriptionId === undefined) continue
      const subscription = subscriptions.get(subscriptionId)
      if (subscription?.orderId.toLowerCase() !== order.id.toLowerCase()) return false
      const gone = order.status === 'cancelled' || quantity === 0
      if (gone !== (subscription.status === 'deleted')) return false
      if (!gone && subscription.quantity !== quantity) return false
    }
  }
  return true
}

t.test(
  'any sequence of purchases and changes keeps lists, orders and subscriptions consistent and never gives a 500',
  async (t) => {
    let steps = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 12 }),
        fc.constantFrom('sandbox', 'production'),
        async (sequence, account) => {
          await t.test('a sequence', async (t) => {
            const emulator = await runEmulator(t, { account: account === 'sandbox' ? 'sandbox' : 'production' })
            for (const action of sequence) {
              steps++
              const status = await run(emulator, action)
              if (status >= 500 || !(await isConsistent(emulator))) throw new Error(JSON.stringify(action))
            }
          })
          return true
        },
      ),
      { numRuns: 30 },
    )
    t.ok(steps > 100, `${steps} steps were run`)
  },
)
