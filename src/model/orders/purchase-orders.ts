import { type AccountKind, type EditionName, editions } from '../editions.ts'
import { type Refusal, refuse } from '../refusals.ts'
import { documented, type Source } from '../sources.ts'
import type { OrderStatus } from './schema.ts'

/** The products of a sandbox whose orders wait for a purchase order, by product id. */
const testProducts: Readonly<Record<string, Source>> = {
  DG7GMGF0D7FV: documented('pending-po-upload', '2022-03-10'),
  DG7GMGF0D7FT: documented('pending-po-upload', '2022-03-10'),
}

/** The status of a new modern order: it is pending, or waits for the purchase order of a test product. */
export function statusAtPurchase(
  offerIds: readonly string[],
  { kind, rules }: { kind: AccountKind; rules: EditionName },
): OrderStatus {
  const hasFlow = kind === 'sandbox' && editions[rules].purchaseOrders === 'reviewed'
  const waits = hasFlow && offerIds.some((offerId) => (offerId.split(':')[0] ?? '') in testProducts)
  return waits ? 'pending_po_upload' : 'pending'
}

/** The metadata of an upload, as far as rules look at it. */
export interface PurchaseOrderMetadata {
  isPartOfTender?: boolean | null | undefined
  customerPrice?: string | number | null | undefined
  currency?: string | null | undefined
  tenderLink?: string | null | undefined
}

/** The number of files of each kind in an upload. */
export interface UploadedFiles {
  purchaseOrders: number
  tenders: number
}

/**
 * Checks an upload of purchase orders. `metadata`: undefined when it is absent or not JSON.
 * https://learn.microsoft.com/partner-center/developer/attaching-purchase-order-and-completing-po-details
 */
export function refuseUpload(
  metadata: PurchaseOrderMetadata | undefined,
  { purchaseOrders, tenders }: UploadedFiles,
): Refusal | undefined {
  if (purchaseOrders === 0) return refuse('purchaseOrderMissing')
  if (metadata === undefined || !metadata.customerPrice || !metadata.currency) return refuse('purchaseOrderMetadata')
  const isTenderKnown = tenders > 0 || Boolean(metadata.tenderLink)
  return metadata.isPartOfTender && !isTenderKnown ? refuse('tenderMissing') : undefined
}
