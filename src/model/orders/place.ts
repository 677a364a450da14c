import { productTraits } from '../catalog/product-traits.ts'
import { editions } from '../editions.ts'
import { currencyOf } from '../purchases/currency.ts'
import { chooseLine } from '../purchases/line.ts'
import type { ChosenLine, NewOrder, PurchaseContext } from '../purchases/request.ts'
import { billingCycleOrDefault, refuseBillingCycle } from '../purchases/terms.ts'
import { writeOrder } from '../purchases/write-order.ts'
import { isRefusal, type Refusal, refuse } from '../refusals.ts'
import { refuseOverSandboxLimit } from './sandbox-limits.ts'
import type { Order } from './schema.ts'

/**
 * Places the order that a request asks for: `completed` when it is a legacy order, else `pending`.
 * https://learn.microsoft.com/partner-center/developer/create-an-order
 */
export function placeOrder(asked: NewOrder, context: PurchaseContext): { order: Order } | Refusal {
  const lines = chooseLines(asked, context)
  if ('refused' in lines) return lines
  const [first] = lines
  if (first === undefined) return { refused: 'invalidInput', data: ['lineItems: an order has at least one line'] }
  const legacy = productTraits[first.product.productType].legacy
  if (lines.some(({ product }) => productTraits[product.productType].legacy !== legacy)) {
    return { refused: 'invalidInput', data: ['lineItems: legacy and modern offers cannot be in one order'] }
  }
  const currencyCode = currencyOf(asked.currencyCode)
  if (currencyCode === undefined) return refuse('currencyNotSupported', asked.currencyCode ?? '')
  const billingCycle = billingCycleOrDefault(asked.billingCycle, first.term)
  for (const { product, term } of lines) {
    const refusal = refuseBillingCycle(billingCycle, product, term)
    if (refusal !== undefined) return refusal
  }
  const refusal = refusePartnerAttestation(asked, context) ?? refuseInSandbox(lines, context)
  return refusal ?? { order: writeOrder({ lines, billingCycle, currencyCode, legacy }, context) }
}

function chooseLines({ lineItems }: NewOrder, context: PurchaseContext): ChosenLine[] | Refusal {
  const lines: ChosenLine[] = []
  for (const [index, line] of lineItems.entries()) {
    if ((line.lineItemNumber ?? index) !== index) return refuse('lineItemNumberOutOfRange')
    if (line.parentSubscriptionId) return refuse('argumentCheck')
    const chosen = chooseLine({ ...line, lineItemNumber: index }, context)
    if (isRefusal(chosen)) return chosen
    lines.push(chosen)
  }
  return lines
}

function refuseInSandbox(lines: readonly ChosenLine[], { kind, owned }: PurchaseContext): Refusal | undefined {
  return kind === 'sandbox' ? refuseOverSandboxLimit(lines, owned()) : undefined
}

/** Refuses a purchase for an indirect reseller without the attestation of the provider. */
export function refusePartnerAttestation(
  { partnerOnRecordAttestationAccepted, lineItems }: NewOrder,
  { rules }: Pick<PurchaseContext, 'rules'>,
): Refusal | undefined {
  const needed = editions[rules].purchases.partnerAttestation
  const named = lineItems.some(({ partnerIdOnRecord }) => partnerIdOnRecord)
  return needed && named && !partnerOnRecordAttestationAccepted ? refuse('partnerAttestationMissing') : undefined
}
