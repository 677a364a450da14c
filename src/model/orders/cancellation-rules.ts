import * as z from 'zod'
import type { ProductType } from '../catalog/schema.ts'

/** Kind of a partner account. A sandbox account is an integration sandbox with its own tenant and customers. */
export const AccountKind = z.enum(['sandbox', 'production'])
export type AccountKind = z.infer<typeof AccountKind>

/** Dated editions of the documented cancellation rules. */
export const RulesEdition = z.enum(['2019', '2021', '2022'])
export type RulesEdition = z.infer<typeof RulesEdition>

/**
 * Why a product cannot be cancelled through its order. When the lines of one order differ, the one named first here is
 * answered: the routing to the legacy order system comes before any look at the account, and that before the product.
 */
export const productRefusals = [
  'useSubscriptionToSuspend',
  'seatBasedSaasNotSupported',
  'onlySoftwareInProduction',
  'orderCannotBeCancelled',
] as const
export type ProductRefusal = (typeof productRefusals)[number]

/**
 * How long after its creation an order can be cancelled.
 * `instant`: `days` times 24 hours. `endOfDay`: until 23:59 UTC of the day that is `days` later, as subscriptions show it
 * in `cancellationAllowedUntilDate`.
 */
export interface CancellationWindow {
  days: number
  ends: 'instant' | 'endOfDay'
}

export type CancellationRule = 'cancels' | CancellationWindow | ProductRefusal

type RulesOfAccount = Readonly<Record<ProductType, CancellationRule>>

const sixtyDays: CancellationWindow = { days: 60, ends: 'instant' }
const thirtyDays: CancellationWindow = { days: 30, ends: 'endOfDay' }
const sevenDays: CancellationWindow = { days: 7, ends: 'instant' }

/** https://learn.microsoft.com/partner-center/developer/cancel-an-order-from-the-integration-sandbox, as of 2019-08-16. */
const sandbox2019: RulesOfAccount = {
  azureReservation: 'cancels',
  perpetualSoftware: 'cancels',
  softwareSubscription: 'cancels',
  saasFlatRate: 'cancels',
  saasMetered: 'cancels',
  saasSeatBased: 'cancels',
  saasTrial: 'cancels',
  azurePlan: 'orderCannotBeCancelled',
  newCommerceLicense: 'orderCannotBeCancelled',
  legacyLicense: 'useSubscriptionToSuspend',
  legacyAddOn: 'useSubscriptionToSuspend',
  legacyAzure: 'useSubscriptionToSuspend',
}

/** The same page, and https://learn.microsoft.com/partner-center/developer/cancel-software-purchases of 2019-12-19. */
const production2019: RulesOfAccount = {
  azureReservation: 'onlySoftwareInProduction',
  perpetualSoftware: sixtyDays,
  softwareSubscription: sixtyDays,
  saasFlatRate: 'onlySoftwareInProduction',
  saasMetered: 'onlySoftwareInProduction',
  saasSeatBased: 'onlySoftwareInProduction',
  saasTrial: 'onlySoftwareInProduction',
  azurePlan: 'onlySoftwareInProduction',
  newCommerceLicense: 'onlySoftwareInProduction',
  legacyLicense: 'useSubscriptionToSuspend',
  legacyAddOn: 'useSubscriptionToSuspend',
  legacyAzure: 'useSubscriptionToSuspend',
}

/** The page's note of 2021-04-28 limits sandbox orders to 60 days; code 800077 is in the error list. */
const sandbox2021: RulesOfAccount = {
  ...sandbox2019,
  azureReservation: sixtyDays,
  perpetualSoftware: sixtyDays,
  softwareSubscription: sixtyDays,
  saasFlatRate: sixtyDays,
  saasMetered: sixtyDays,
  saasSeatBased: 'seatBasedSaasNotSupported',
  saasTrial: sixtyDays,
}

const production2021: RulesOfAccount = {
  ...production2019,
  perpetualSoftware: thirtyDays,
  softwareSubscription: thirtyDays,
  saasSeatBased: 'seatBasedSaasNotSupported',
}

/** The page's later table sends all of the commercial marketplace to the subscription. */
const saas2022 = {
  saasFlatRate: 'seatBasedSaasNotSupported',
  saasMetered: 'seatBasedSaasNotSupported',
  saasSeatBased: 'seatBasedSaasNotSupported',
  saasTrial: 'seatBasedSaasNotSupported',
} as const

const sandbox2022: RulesOfAccount = { ...sandbox2021, ...saas2022 }

/** Software subscriptions bought since 2022-10-14 can be returned for seven days (new commerce cancellation policy). */
const production2022: RulesOfAccount = { ...production2021, ...saas2022, softwareSubscription: sevenDays }

/** What cancelling an order of a product answers, by edition and account kind. */
export const cancellationRules: Readonly<Record<RulesEdition, Readonly<Record<AccountKind, RulesOfAccount>>>> = {
  2019: { sandbox: sandbox2019, production: production2019 },
  2021: { sandbox: sandbox2021, production: production2021 },
  2022: { sandbox: sandbox2022, production: production2022 },
}
