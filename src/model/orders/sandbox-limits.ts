import { productWorlds } from '../catalog/product-traits.ts'
import type { Product, ProductType } from '../catalog/schema.ts'
import type { AccountKind } from './cancellation-rules.ts'
import { type Refusal, type RefusalName, refuse } from './refusal.ts'

/** How many a customer has: subscriptions of any kind, and units of each product type that has a limit of its own. */
export interface OwnedSoFar {
  subscriptions: number
  reservations: number
  azurePlans: number
  azureSubscriptions: number
}

interface Limit {
  /** Which products count, and what of a line. */
  counts: (type: ProductType) => boolean
  of: keyof OwnedSoFar
  atMost: number
  refused: RefusalName
}

/** https://learn.microsoft.com/partner-center/developer/test-and-debug; which code each has is not documented. */
const limits: readonly Limit[] = [
  { counts: (type) => type === 'azurePlan', of: 'azurePlans', atMost: 1, refused: 'sandboxAzurePlanLimit' },
  { counts: (type) => type === 'legacyAzure', of: 'azureSubscriptions', atMost: 10, refused: 'azureSubscriptionLimit' },
  { counts: (type) => type === 'azureReservation', of: 'reservations', atMost: 2, refused: 'sandboxLimit' },
  {
    counts: (type) => productWorlds[type].subscription !== 'none',
    of: 'subscriptions',
    atMost: 5,
    refused: 'sandboxLimit',
  },
]

/** Licenses that one subscription may have. */
const seatsPerSubscription = 25

/** Refuses what would take a customer over a limit of the integration sandbox. */
export function refuseOverSandboxLimit(
  lines: readonly { product: Product; quantity: number }[],
  owned: OwnedSoFar,
): Refusal | undefined {
  const overSeats = lines.some(({ product, quantity }) => isOverSeats(product, quantity))
  if (overSeats) return refuse('seatLimit')
  const over = limits.find(({ counts, of, atMost }) => {
    const bought = lines.filter(({ product }) => counts(product.productType))
    const units = bought.reduce((sum, { quantity }) => sum + (of === 'reservations' ? quantity : 1), 0)
    return units > 0 && owned[of] + units > atMost
  })
  return over === undefined ? undefined : refuse(over.refused)
}

/** Whether a quantity is more than a subscription of the sandbox may have. Software and reservations are not subscriptions. */
function isOverSeats({ productType }: Product, quantity: number): boolean {
  return productWorlds[productType].subscription !== 'none' && quantity > seatsPerSubscription
}

/** Refuses a quantity that a subscription of this kind of account may not have. */
export function refuseSeats(kind: AccountKind, product: Product, quantity: number): Refusal | undefined {
  return kind === 'sandbox' && isOverSeats(product, quantity) ? refuse('seatLimit') : undefined
}
