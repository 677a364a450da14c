import * as z from 'zod'
import { attributesOf } from '../attributes.ts'
import { type Infer, lazy } from '../lazy.ts'

/** The documented states of the registration of an Azure subscription for reservations. */
export const registrationStatuses = ['NotRegistered', 'Registering', 'Registered'] as const
export type RegistrationStatus = (typeof registrationStatuses)[number]

/** https://learn.microsoft.com/partner-center/developer/get-subscription-registration-status */
export const SubscriptionRegistrationStatus = lazy(() =>
  z
    .strictObject({
      subscriptionId: z.string().meta({ description: 'Id of the subscription.' }),
      status: z.enum(registrationStatuses).meta({ description: 'Whether reservations can be bought for it.' }),
      attributes: attributesOf('SubscriptionRegistrationStatus'),
    })
    .meta({ id: 'SubscriptionRegistrationStatus', description: 'Registration of an Azure subscription.' }),
)
export type SubscriptionRegistrationStatus = Infer<typeof SubscriptionRegistrationStatus>

/** The state of a registration. `registeredAt`: when it is complete, in milliseconds since 1970; undefined without one. */
export function registrationStatusOf(registeredAt: number | undefined, now: number): RegistrationStatus {
  if (registeredAt === undefined) return 'NotRegistered'
  return registeredAt > now ? 'Registering' : 'Registered'
}
