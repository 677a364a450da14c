import type { ProductType } from '../catalog/schema.ts'
import {
  type AccountKind,
  type CancellationRule,
  type CancellationWindow,
  type EditionName,
  editions,
  productRefusals,
} from '../editions.ts'
import { type Refusal, refuse } from '../refusals.ts'
import { endOfWindow } from '../time/window.ts'
import type { Order, OrderLineItem, OrderStatus } from './schema.ts'

/** A line as a request names it. SDKs send whole lines; these members identify the line. */
export interface NamedLine {
  lineItemNumber: number
  offerId?: string | null | undefined
  quantity?: number | null | undefined
}

/** The input of a cancellation besides the order. `now`: milliseconds since 1970. */
export interface CancellationContext {
  kind: AccountKind
  rules: EditionName
  now: number
  adjustmentPending: boolean
  productTypeOf: (offerId: string) => ProductType
}

/** `whole`: only the status of the order changed. */
export interface DecidedCancellation {
  cancelled: Order
  whole: boolean
}

export type Cancellation = DecidedCancellation | Refusal

/**
 * Cancels an order, whole or by the named lines. The order of the checks is a guess at the service's own:
 * the request, the legacy order system, the state of the order, the product, the window.
 * https://learn.microsoft.com/partner-center/developer/cancel-an-order-from-the-integration-sandbox
 * https://learn.microsoft.com/partner-center/developer/cancel-software-purchases
 */
export function cancelOrder(
  order: Order,
  named: readonly NamedLine[] | null | undefined,
  context: CancellationContext,
): Cancellation {
  const wrong = findWrongLine(order, named ?? [])
  if (wrong !== undefined) return wrong

  const selection = selectLines(order, named ?? [])
  const targets = order.lineItems.filter((line) => line.quantity > 0 && (selection?.has(line.lineItemNumber) ?? true))
  const rulesOfAccount = editions[context.rules].cancellation[context.kind]
  const ruleOf = (line: OrderLineItem) => rulesOfAccount[context.productTypeOf(line.offerId)]

  const toSuspend = order.lineItems.some((line) => ruleOf(line) === 'useSubscriptionToSuspend')
  if (toSuspend) return refuse('useSubscriptionToSuspend', order.id, order.referenceCustomerId)
  if (order.status === 'cancelled' || targets.length === 0) return refuse('orderCannotBeCancelled')
  if (context.adjustmentPending) return refuse('adjustmentPending')

  const rules = targets.map(ruleOf)
  const refusal = productRefusals.find((candidate) => rules.includes(candidate))
  if (refusal !== undefined) return refuse(refusal)
  const passed = rules.find((rule) => isWindow(rule) && context.now > endOfWindow(Date.parse(order.creationDate), rule))
  if (isWindow(passed)) return refuse('cancellationWindowPassed', passed.days)

  if (selection === undefined) return { cancelled: { ...order, status: 'cancelled' }, whole: true }
  return { cancelled: cancelLines(order, selection), whole: false }
}

function findWrongLine(order: Order, named: readonly NamedLine[]): Refusal | undefined {
  for (const { lineItemNumber, offerId } of named) {
    const line = order.lineItems[lineItemNumber]
    if (line === undefined) return refuse('lineItemNumberOutOfRange')
    if (offerId != null && offerId.toLowerCase() !== line.offerId.toLowerCase()) return refuse('offerIdOfLineDiffers')
  }
  return undefined
}

/**
 * The numbers of the lines to cancel, or undefined for the whole order.
 * SDKs cancel a whole order by sending all of it back with another status. So a body that lists every line selects lines
 * only when it has the documented form: number and offer, without a quantity or with the 0 of an unset integer.
 */
function selectLines(order: Order, named: readonly NamedLine[]): Set<number> | undefined {
  const selection = new Set(named.map((line) => line.lineItemNumber))
  const sentBackWhole = selection.size === order.lineItems.length && named.some((line) => (line.quantity ?? 0) > 0)
  return selection.size === 0 || sentBackWhole ? undefined : selection
}

/** The numbers of the lines that a cancellation changed. */
export function linesThatDiffer(order: Order, cancelled: Order): number[] {
  return cancelled.lineItems
    .filter(({ quantity }, place) => quantity !== order.lineItems[place]?.quantity)
    .map(({ lineItemNumber }) => lineItemNumber)
}

/** Ends a cancellation that was under way. `lines`: the numbers of the lines; empty for the whole order. */
export function endCancellation(order: Order, lines: readonly number[]): Order {
  return lines.length === 0 ? { ...order, status: 'cancelled' } : cancelLines(order, new Set(lines))
}

/** An order in one of these goes on to wait for its other lines when some are cancelled. */
const waiting: readonly OrderStatus[] = ['pending', 'pending_po_upload', 'po_upload_complete', 'pending_review']

/** Sets the quantity of the selected lines to 0. While a line is left, the order is `completed`, or goes on to wait. */
function cancelLines(order: Order, selection: ReadonlySet<number>): Order {
  const lineItems = order.lineItems.map((line) =>
    selection.has(line.lineItemNumber) ? { ...line, quantity: 0 } : line,
  )
  const lineLeft = lineItems.some((line) => line.quantity > 0)
  const left = waiting.includes(order.status) ? order.status : 'completed'
  return { ...order, lineItems, status: lineLeft ? left : 'cancelled' }
}

function isWindow(rule: CancellationRule | undefined): rule is CancellationWindow {
  return typeof rule === 'object'
}
