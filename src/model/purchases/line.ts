import { productTraits } from '../catalog/product-traits.ts'
import type { Product } from '../catalog/schema.ts'
import { editions } from '../editions.ts'
import { limits } from '../limits.ts'
import { isRefusal, type Refusal, refuse } from '../refusals.ts'
import { pageUrl } from '../sources.ts'
import { refuseCustomTermEnd } from './custom-term-end.ts'
import { readProvisioning, refuseProvisioning } from './provisioning.ts'
import type { ChosenLine, NewLine, PurchaseContext } from './request.ts'
import { chooseTerm, isTerm } from './terms.ts'

type Check = (line: ChosenLine, context: PurchaseContext) => Refusal | undefined

/** The checks of a line. The first refusal is the reply. */
const checks: readonly Check[] = [
  ({ product }, { kind }) => refuseProduct(product) ?? (kind === 'sandbox' ? refuseInSandbox(product) : undefined),
  refuseQuantityOfLine,
  refuseRenewal,
  refusePartners,
  refusePromotion,
  refuseAttestation,
  refuseCommitment,
  refuseProvisioning,
  refuseCustomTermEnd,
]

/** Checks a requested line against the catalog and the customer's subscriptions, in the terms of the documented error list. */
export function chooseLine(asked: NewLine, context: PurchaseContext): ChosenLine | Refusal {
  if (!asked.offerId) return refuse('catalogItemMissing')
  const product = context.findProduct(asked.offerId)
  if (product === undefined) return refuse('invalidOfferId')
  const term = chooseTerm(product, asked.termDuration)
  if (isRefusal(term)) return term
  const provisioning = readProvisioning(asked.provisioningContext)
  const line: ChosenLine = { asked, product, quantity: asked.quantity ?? 1, term, provisioning }
  for (const check of checks) {
    const refusal = check(line, context)
    if (refusal !== undefined) return refusal
  }
  return line
}

export function refuseProduct({ inventory }: Product): Refusal | undefined {
  if (inventory === 'none') return refuse('inventoryNotAvailable')
  return inventory === 'withdrawn' ? refuse('notEligibleForPurchase') : undefined
}

function refuseInSandbox({ productType, title }: Product): Refusal | undefined {
  return productType === 'savingsPlan' ? refuse('notInSandbox', title, pageUrl('test-and-debug')) : undefined
}

/** Legacy subscriptions have their own documented error for a quantity outside the limits. */
export function refuseQuantity(product: Product, quantity: number): Refusal | undefined {
  const { minimumQuantity = 1, maximumQuantity = limits.quantity } = product
  if (Number.isInteger(quantity) && quantity >= minimumQuantity && quantity <= maximumQuantity) return undefined
  return refuse(productTraits[product.productType].legacy ? 'quantityOutOfRange' : 'quantityNotAvailable')
}

/** Since 2023, the error list has a code for the quantity of a purchase. */
function refuseQuantityOfLine(
  { asked, product, quantity }: ChosenLine,
  { rules }: PurchaseContext,
): Refusal | undefined {
  const refusal = refuseQuantity(product, quantity)
  const isOfLine = refusal?.refused === 'quantityNotAvailable' && editions[rules].purchases.quantityOfLineRefused
  return isOfLine ? refuse('quantityOfLineNotAllowed', asked.lineItemNumber ?? 0) : refusal
}

function refuseRenewal({ asked }: ChosenLine): Refusal | undefined {
  const term = asked.renewsTo?.termDuration
  if (!term || isTerm(term)) return undefined
  return { ...refuse('termDurationInvalid'), data: [`renewsTo.termDuration: ${term} is not P1M, P1Y or P3Y`] }
}

/** https://learn.microsoft.com/partner-center/developer/create-an-order */
const additionalPartners = 5

function refusePartners({ asked }: ChosenLine): Refusal | undefined {
  if ((asked.additionalPartnerIdsOnRecord?.length ?? 0) <= additionalPartners) return undefined
  return { refused: 'invalidInput', data: [`additionalPartnerIdsOnRecord: at most ${additionalPartners}`] }
}

function refusePromotion({ asked, product }: ChosenLine): Refusal | undefined {
  return asked.promotionId && asked.promotionId !== product.promotionId ? refuse('invalidPromotion') : undefined
}

function refuseAttestation({ asked, product }: ChosenLine): Refusal | undefined {
  const missing = product.attestationRequired && !asked.attestationAccepted
  return missing ? refuse('attestationMissing', product.offerId) : undefined
}

/** The `minimumPurchaseCommitment` of the documented SKU. */
const smallestCommitment = 0.001

/** https://learn.microsoft.com/partner-center/developer/azure-purchase-savings-plan */
function refuseCommitment({ asked, product }: ChosenLine): Refusal | undefined {
  const commitment = asked.purchaseCommitment
  const isPlan = product.productType === 'savingsPlan'
  if (!isPlan && commitment == null) return undefined
  const mistake = !isPlan
    ? `${product.offerId} is not a savings plan`
    : commitment == null
      ? 'a savings plan has an amount, a currency and a grain'
      : commitment.amount < smallestCommitment
        ? `the smallest amount is ${smallestCommitment}`
        : commitment.grain.toLowerCase() !== 'hourly'
          ? 'the grain is hourly'
          : undefined
  return mistake === undefined ? undefined : { refused: 'invalidInput', data: [`purchaseCommitment: ${mistake}`] }
}
