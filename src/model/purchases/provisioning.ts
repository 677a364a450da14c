import type { ProductType } from '../catalog/schema.ts'
import { editions } from '../editions.ts'
import { type Refusal, refuse } from '../refusals.ts'
import type { ChosenLine, NewLine, OwnedSubscription, ProvisioningContext, PurchaseContext } from './request.ts'

/** The documented members of a provisioning context. */
const names = ['scope', 'subscriptionId', 'entitlementId', 'parentSubscriptionId', 'duration']

/** Reads a requested provisioning context: known names match in any case, members that are null are absent. */
export function readProvisioning(asked: NewLine['provisioningContext']): ProvisioningContext {
  const members = Object.entries(asked ?? {}).flatMap(([name, value]) => {
    const known = names.find((documented) => documented.toLowerCase() === name.toLowerCase())
    return value === null ? [] : [[known ?? name, value] as const]
  })
  return Object.fromEntries(members)
}

type Check = (line: ChosenLine, context: PurchaseContext) => Refusal | undefined

/** The checks of the provisioning context, by product type. */
const checks: Partial<Readonly<Record<ProductType, Check>>> = {
  azureReservation: refuseReservation,
  savingsPlan: refuseSavingsPlan,
  saasMetered: refuseMeteredSaas,
}

/** Refuses a line whose provisioning context names a subscription that does not fit the product, or lacks one. */
export function refuseProvisioning(line: ChosenLine, context: PurchaseContext): Refusal | undefined {
  return refuseParent(line, context) ?? checks[line.product.productType]?.(line, context)
}

function find(id: string, { subscriptions }: PurchaseContext): OwnedSubscription | undefined {
  return subscriptions().find((owned) => owned.id.toLowerCase() === id.toLowerCase())
}

/** https://learn.microsoft.com/partner-center/developer/purchase-an-add-on-to-a-subscription */
function refuseParent({ product, provisioning }: ChosenLine, context: PurchaseContext): Refusal | undefined {
  const parentId = provisioning['parentSubscriptionId']
  if (!parentId) return undefined
  const parent = find(parentId, context)
  if (product.productType !== 'legacyAddOn' || parent?.productType !== 'legacyLicense') return refuse('addOnNotRelated')
  const isExtended = product.prerequisiteOffers?.some((id) => id.toLowerCase() === parent.offerId.toLowerCase()) ?? true
  if (!isExtended) return refuse('addOnNotRelated')
  return parent.status === 'active' ? undefined : refuse('parentNotActive')
}

/** https://learn.microsoft.com/partner-center/developer/purchase-azure-reservations */
function refuseReservation({ provisioning }: ChosenLine, context: PurchaseContext): Refusal | undefined {
  const { scope, subscriptionId } = provisioning
  if (scope && !isScope(scope)) return refuse('scopeNotSupported', scope)
  const owned = subscriptionId ? find(subscriptionId, context) : undefined
  if (owned === undefined) {
    const needed = editions[context.rules].purchases.reservationSubscription === 'always'
    return needed ? refuse('subscriptionNotValid') : undefined
  }
  if (!['legacyAzure', 'azurePlan'].includes(owned.productType)) return refuse('notAzureSubscription')
  if (owned.status !== 'active') return refuse('azureSubscriptionNotActive')
  if (owned.registration === 'Registering') return refuse('notEnabledForReservations')
  return owned.registration === 'Registered' ? undefined : refuse('azureSubscriptionNotRegistered')
}

function isScope(scope: string): boolean {
  return ['single', 'shared'].includes(scope.toLowerCase())
}

function isActivePlan({ productType, status }: OwnedSubscription): boolean {
  return productType === 'azurePlan' && status === 'active'
}

/**
 * https://learn.microsoft.com/partner-center/developer/azure-purchase-savings-plan
 * The emulator has no Azure subscriptions below a plan, so any entitlement id counts while the customer has an active plan.
 */
function refuseSavingsPlan({ asked, provisioning }: ChosenLine, context: PurchaseContext): Refusal | undefined {
  const { scope = '', subscriptionId, entitlementId } = provisioning
  if (!isScope(scope)) return refuse('scopeNotSupported', scope)
  const isShared = scope.toLowerCase() === 'shared'
  if (isShared && !subscriptionId) return refuse('azurePlanIdMissing')
  if (!isShared && !entitlementId) return refuse('entitlementIdMissing')
  const plan = isShared ? find(subscriptionId ?? '', context) : context.subscriptions().find(isActivePlan)
  if (plan === undefined || !isActivePlan(plan)) {
    return refuse(isShared ? 'azurePlanOfSavingsPlanNotFound' : 'entitlementNotActive')
  }
  const { partnerIdOnRecord } = asked
  const differs = partnerIdOnRecord && partnerIdOnRecord !== plan.partnerId
  return differs ? refuse('partnerOfAzurePlanDiffers', plan.partnerId || 'none') : undefined
}

function refuseMeteredSaas({ provisioning }: ChosenLine, context: PurchaseContext): Refusal | undefined {
  if (!editions[context.rules].purchases.meteredSaasNeedsAzurePlan) return undefined
  const { subscriptionId } = provisioning
  if (!subscriptionId) return context.subscriptions().some(isActivePlan) ? undefined : refuse('azurePlanRequired')
  const plan = find(subscriptionId, context)
  return plan !== undefined && isActivePlan(plan) ? undefined : refuse('azurePlanNotFound')
}
