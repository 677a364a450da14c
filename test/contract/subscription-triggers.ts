import type { Options } from '../../src/options.ts'
import { everyProduct, noOrders, type Reply, type RunningEmulator } from '../running-emulator.ts'

type Trigger = (emulator: RunningEmulator) => Promise<Reply>

/** The seeded subscriptions of the customer with every product, by the end of their ids. */
export const seeded = {
  software: seededSubscription(3),
  saas: seededSubscription(9),
  azurePlan: seededSubscription(13),
  license: seededSubscription(15),
  trial: seededSubscription(101),
  savingsPlan: seededSubscription(102),
  legacyLicense: seededSubscription(17),
  legacyAzure: seededSubscription(23),
} as const

function seededSubscription(end: number): string {
  return `${everyProduct}/subscriptions/5ab5c000-0000-4000-8000-${String(end).padStart(12, '0')}`
}

/** What a license of the seed can become at its renewal. */
export const nextTerm = {
  product: {
    productId: 'CFQ7TTC0LH18',
    skuId: '0001',
    availabilityId: 'CFQ7TTC0K971',
    billingCycle: 'Annual',
    termDuration: 'P1Y',
  },
  quantity: 3,
}

const since2022 = { rules: '2022' } as const
const changes =
  (path: string, body: unknown): Trigger =>
  ({ patch }) =>
    patch(path, body)

/** Changes a subscription, then changes it again, and returns the reply to the second change. */
async function changeTwice({ patch }: RunningEmulator, path: string, first: object, second: object): Promise<Reply> {
  await patch(path, first)
  return patch(path, second)
}

/** Sends a request to the control plane. Throws when it is refused. */
export async function control({ send }: RunningEmulator, path: string, body: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json' }
  const { status, text } = await send(`/_emulator/${path}`, { method: 'PUT', headers, body })
  if (status >= 300) throw new Error(text)
}

/** Moves the clock of the account. */
export function advance(emulator: RunningEmulator, duration: string): Promise<void> {
  return control(emulator, 'clock', JSON.stringify({ advance: duration }))
}

/** Renames the license of the seed while its order is in another state. */
async function renameWhile(emulator: RunningEmulator, state: string): Promise<Reply> {
  await control(emulator, 'customers/10000000-0000-4000-8000-000000000001/orders/5f9d52bb1401/status', state)
  return emulator.patch(seeded.license, { friendlyName: 'new' })
}

const scheduleCustom = (customTermEndDate: string, product: object = {}) => ({
  autoRenewEnabled: true,
  scheduledNextTermInstructions: { ...nextTerm, product: { ...nextTerm.product, ...product }, customTermEndDate },
})
const ofSoftware = {
  productId: 'DG7GMGF0DVSV',
  skuId: '000P',
  availabilityId: 'DG7GMGF0F3Q9',
  termDuration: 'P3Y',
}

/** A day of next year, this many days after the end of the license's term. */
function afterTerm(days: number): string {
  const end = new Date()
  end.setUTCFullYear(end.getUTCFullYear() + 1, end.getUTCMonth(), end.getUTCDate() + days)
  if (new Date(end.getTime() + 24 * 60 * 60 * 1000).getUTCDate() === 1) end.setUTCDate(end.getUTCDate() + 1)
  return end.toISOString()
}

const saasOrder = { lineItems: [{ offerId: 'DZH318Z0BXWC:0001:DZH318Z0BMJX' }] }

/** Buys a marketplace subscription and changes it before its activation. */
async function changePending({ send, patch }: RunningEmulator, body: object): Promise<Reply> {
  const { text } = await send(`${noOrders}/orders`, { method: 'POST', body: JSON.stringify(saasOrder) })
  return patch(`${noOrders}/subscriptions/${JSON.parse(text).lineItems[0].subscriptionId}`, body)
}

/** Requests that trigger the refusals of a PATCH of a subscription. */
export const subscriptionTriggers = {
  offerNotUpdatable: changes(seeded.legacyLicense, { status: 'deleted' }),
  statusNotChangeable: changes(seeded.legacyLicense, { status: 'expired' }),
  statusNotUpdatable: changes(seeded.software, { status: 'suspended' }),
  subscriptionNotActivated: (emulator: RunningEmulator) => changePending(emulator, { status: 'active' }),
  notReady2021: (emulator: RunningEmulator) => renameWhile(emulator, '{"status":"pending"}'),
  notReady: [since2022, (emulator: RunningEmulator) => renameWhile(emulator, '{"status":"pending"}')],
  operationPending: [since2022, (emulator: RunningEmulator) => renameWhile(emulator, '{"adjustmentPending":true}')],
  termEnded: async (emulator: RunningEmulator) => {
    const { text } = await emulator.send('/_emulator/state')
    await control(emulator, 'state', text.replaceAll('"status":"active"', '"status":"expired"'))
    return emulator.patch(seeded.license, { status: 'active' })
  },
  seatsNotDecreasable: async (emulator: RunningEmulator) => {
    await advance(emulator, 'P2D')
    return changeTwice(emulator, seeded.license, { quantity: 5 }, { quantity: 4 })
  },
  modernSubscriptionSuspended: (emulator: RunningEmulator) =>
    changeTwice(emulator, seeded.license, { status: 'suspended' }, { quantity: 5 }),
  notRenewable: changes(seeded.azurePlan, { autoRenewEnabled: true }),
  seatsNotUpdatable: changes(seeded.azurePlan, { quantity: 2 }),
  billingCycleNotUpdatable: changes(seeded.license, { billingCycle: 'annual' }),
  partnerNotUpdatable: changes(seeded.license, { partnerId: '517285' }),
  termOfTrial: [since2022, changes(seeded.trial, { termDuration: 'P1Y' })],
  termShorter: [since2022, changes(seeded.license, { termDuration: 'P1M' })],
  hoursPassed: async (emulator: RunningEmulator) => {
    await advance(emulator, 'P2D')
    return emulator.patch(seeded.license, { status: 'deleted' })
  },
  customTermEndOfOtherProduct: [since2022, changes(seeded.license, scheduleCustom(afterTerm(40), ofSoftware))],
  customTermEndOutside: [since2022, changes(seeded.license, scheduleCustom('2021-01-31T00:00:00Z'))],
  customTermEndUnknown: [since2022, changes(seeded.license, scheduleCustom(afterTerm(40)))],
  managedInAzure: changes(seeded.savingsPlan, { autoRenewEnabled: false }),
} as const satisfies Record<string, Trigger | readonly [Partial<Options>, Trigger]>
