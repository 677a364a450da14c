import { productTraits } from '../catalog/product-traits.ts'
import type { Product, ProductType } from '../catalog/schema.ts'
import { guidOf } from '../ids.ts'
import { linkTo } from '../links.ts'
import type { Order, OrderLineItem } from '../orders/schema.ts'
import { startOfDay } from '../time/day.ts'
import { endOfTerm, writeTime } from '../time/wire-time.ts'
import type { Entitlement, EntitlementType, ReservationArtifact } from './schema.ts'

/** The product types that give entitlements. Others give subscriptions. */
const typeOfProduct: Partial<Readonly<Record<ProductType, EntitlementType>>> = {
  azureReservation: 'reservedinstance',
  perpetualSoftware: 'software',
  softwareSubscription: 'software',
}

/** The words of `entitlementType` in a query, in lower case. The last one is that of the first versions. */
const queryWords: Readonly<Record<string, EntitlementType>> = {
  software: 'software',
  reservedinstance: 'reservedinstance',
  virtualmachinereservedinstance: 'reservedinstance',
}

export function entitlementTypeOf(word: string): EntitlementType | undefined {
  return queryWords[word.toLowerCase()]
}

export interface EntitlementContext {
  findProduct: (offerId: string) => Product | undefined
  /** Whether entitlements show when they end. */
  showExpiry: boolean
}

/** A line that gives an entitlement. */
interface EntitlingLine {
  line: OrderLineItem
  type: EntitlementType
  /** When its term ends, in milliseconds since 1970; infinity for perpetual software. */
  end: number
}

/**
 * The entitlements of an order: of its software and reservation lines, once it is completed and as long as they are not
 * cancelled. https://learn.microsoft.com/partner-center/developer/get-a-collection-of-entitlements
 */
export function entitlementsOf(order: Order, { findProduct, showExpiry }: EntitlementContext): Entitlement[] {
  const { id, alternateId } = order
  return entitlingLines(order, findProduct).map(({ line, type, end }) => {
    const [productId = '', skuId = ''] = line.offerId.split(':')
    const product = findProduct(line.offerId)
    const isReservation = type === 'reservedinstance'
    return {
      includedEntitlements: [],
      referenceOrder: {
        id,
        lineItemId: String(line.lineItemNumber),
        ...(alternateId === undefined ? {} : { alternateId }),
      },
      productId,
      quantity: line.quantity,
      entitledArtifacts: isReservation ? [artifactOf(order, line)] : [],
      skuId,
      entitlementType: type,
      ...(isReservation && product !== undefined ? { dynamicAttributes: reservationType(product) } : {}),
      ...(showExpiry && Number.isFinite(end) ? { expiryDate: writeTime(startOfDay(end)) } : {}),
    }
  })
}

function entitlingLines(order: Order, findProduct: EntitlementContext['findProduct']): EntitlingLine[] {
  if (order.status !== 'completed') return []
  return order.lineItems.flatMap((line) => {
    const product = findProduct(line.offerId)
    const type = product === undefined ? undefined : typeOfProduct[product.productType]
    if (type === undefined || line.quantity === 0) return []
    return { line, type, end: endOfTerm(Date.parse(order.creationDate), line.termDuration || product?.termDuration) }
  })
}

/** The printed word is `virtualmachines`; other reservations have that of their SKU's subtype. */
function reservationType({ productType }: Product): { reservationType: string } {
  return { reservationType: (productTraits[productType].catalogSubType ?? 'VirtualMachines').toLowerCase() }
}

/** The link to the reservations of a line. Its ids follow from the line, so that they are the same in every reply. */
function artifactOf(
  { id, referenceCustomerId }: Order,
  { lineItemNumber }: OrderLineItem,
): Entitlement['entitledArtifacts'][number] {
  const group = guidOf(`${id} group`).replaceAll('-', '')
  const line = guidOf(`${id} line ${lineItemNumber}`)
  const resourceId = guidOf(`${id} resource ${lineItemNumber}`)
  const uri = `/customers/${referenceCustomerId}/artifacts/reservedinstance/groups/${group}/lineitems/${line}/resource/${resourceId}`
  return { link: linkTo(uri), resourceId, artifactType: 'reservedinstance' }
}

/** The reservations that an artifact of an order links to, or undefined when no line of the order has the artifact. */
export function findReservations(
  order: Order,
  uri: string,
  findProduct: EntitlementContext['findProduct'],
): ReservationArtifact | undefined {
  const found = entitlingLines(order, findProduct).find(({ line, type }) => {
    return type === 'reservedinstance' && artifactOf(order, line).link.uri.toLowerCase() === uri.toLowerCase()
  })
  if (found === undefined) return undefined
  const { line, end } = found
  const expiry = Number.isFinite(end) ? { expiryDateTime: writeTime(startOfDay(end)).replace('Z', '') } : {}
  return {
    type: 'reservedinstance',
    virtualMachineReservations: [
      {
        reservationId: guidOf(`${order.id} reservation ${line.lineItemNumber}`),
        scopeType: scopeOf(line),
        quantity: line.quantity,
        ...expiry,
        effectiveDateTime: writeTime(Date.parse(order.creationDate)),
        provisioningState: 'Created',
      },
    ],
  }
}

function scopeOf({ provisioningContext }: OrderLineItem): string {
  const scope = provisioningContext?.['scope'] || 'shared'
  return scope.slice(0, 1).toUpperCase() + scope.slice(1).toLowerCase()
}
