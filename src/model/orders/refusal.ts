/** Why something was not done, by the name of the documented error. */
export interface Refusal {
  refused: RefusalName
  /** Fill the placeholders of the documented text. */
  values?: readonly (string | number)[]
  /** What exactly was wrong, in the emulator's words. */
  data?: string[]
}

/** The documented errors that follow from what an order, a subscription or a cart is. */
export type RefusalName =
  | 'invalidInput'
  | 'argumentCheck'
  | 'notSupported'
  | 'lineItemNumberOutOfRange'
  | 'offerIdOfLineDiffers'
  | 'useSubscriptionToSuspend'
  | 'orderCannotBeCancelled'
  | 'adjustmentPending'
  | 'seatBasedSaasNotSupported'
  | 'onlySoftwareInProduction'
  | 'cancellationWindowPassed'
  | 'invalidOfferId'
  | 'catalogItemMissing'
  | 'inventoryNotAvailable'
  | 'notEligibleForPurchase'
  | 'quantityNotAvailable'
  | 'quantityOutOfRange'
  | 'quantityNotChangeable'
  | 'seatLimit'
  | 'sandboxLimit'
  | 'sandboxAzurePlanLimit'
  | 'azureSubscriptionLimit'
  | 'addOnNotRelated'
  | 'parentNotActive'
  | 'billingCycleOfAddOnDiffers'
  | 'billingCycleOfInactiveSubscription'
  | 'billingTermNotSupported'
  | 'billingCycleWhilePending'
  | 'billingCycleOfSubscription'
  | 'subscriptionSuspended'
  | 'subscriptionDeleted'
  | 'statusNotChangeable'
  | 'alreadyActivated'
  | 'notInThisEnvironment'
  | 'cartItems'

export function refuse(refused: RefusalName, ...values: (string | number)[]): Refusal {
  return { refused, values }
}

export function isRefusal(result: object): result is Refusal {
  return 'refused' in result
}
