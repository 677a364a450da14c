import { productTraits } from '../catalog/product-traits.ts'
import type { Product, ProductType } from '../catalog/schema.ts'
import type { AccountKind } from '../editions.ts'
import { type Refusal, type RefusalName, refuse } from '../refusals.ts'

/** How much a customer owns: subscriptions of any kind, and units of the product types with their own limit. */
export interface OwnedUnits {
  subscriptions: number
  reservations: number
  azurePlans: number
  azureSubscriptions: number
}

interface Limit {
  /** Whether a product type counts towards the limit. */
  counts: (type: ProductType) => boolean
  of: keyof OwnedUnits
  atMost: number
  refused: RefusalName
}

/** https://learn.microsoft.com/partner-center/developer/test-and-debug. The code of each limit is a guess. */
const limits: readonly Limit[] = [
  { counts: (type) => type === 'azurePlan', of: 'azurePlans', atMost: 1, refused: 'sandboxAzurePlanLimit' },
  { counts: (type) => type === 'legacyAzure', of: 'azureSubscriptions', atMost: 10, refused: 'azureSubscriptionLimit' },
  { counts: (type) => type === 'azureReservation', of: 'reservations', atMost: 2, refused: 'sandboxLimit' },
  {
    counts: (type) => productTraits[type].subscription !== 'none',
    of: 'subscriptions',
    atMost: 5,
    refused: 'sandboxLimit',
  },
]

/** The most licenses of one subscription. */
export const maximumSeats = 25

/** Refuses a purchase that exceeds a limit of the integration sandbox. */
export function refuseOverSandboxLimit(
  lines: readonly { product: Product; quantity: number }[],
  owned: OwnedUnits,
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

/** Whether a quantity exceeds the limit of a sandbox subscription. Software and reservations are not subscriptions. */
function isOverSeats({ productType }: Product, quantity: number): boolean {
  return productTraits[productType].subscription !== 'none' && quantity > maximumSeats
}

/** Refuses a quantity that exceeds the limit of a subscription in this kind of account. */
export function refuseSeats(kind: AccountKind, product: Product, quantity: number): Refusal | undefined {
  return kind === 'sandbox' && isOverSeats(product, quantity) ? refuse('seatLimit') : undefined
}
