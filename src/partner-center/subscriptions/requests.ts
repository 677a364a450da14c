import * as z from 'zod'
import { lazy } from '../../model/lazy.ts'
import { pageUrl } from '../../model/sources.ts'
import type { SubscriptionChange } from '../../model/subscriptions/request.ts'
import type { AskedNextTerm } from '../../model/subscriptions/schedule.ts'
import { Subscription, subscriptionStatuses } from '../../model/subscriptions/schema.ts'
import { type BodyRequest, readBody } from '../protocol/body.ts'
import { readBillingCycle } from '../protocol/enums.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { anyCase, anyCaseOf } from '../protocol/unknown-members.ts'

const NextTermRequest = lazy(() =>
  anyCase({
    product: anyCase({
      productId: z.string().meta({ description: 'Product of the offer id.' }),
      skuId: z.string().meta({ description: 'SKU of the offer id.' }),
      availabilityId: z.string().meta({ description: 'Availability of the offer id.' }),
      billingCycle: z.string().meta({ description: 'Billing cycle of the next term.' }),
      termDuration: z.string().meta({ description: 'Length of the next term.' }),
      promotionId: z.string().nullish().meta({ description: 'Id of a promotion.' }),
    }).meta({ description: 'The item of the catalog that it becomes.' }),
    quantity: z.int().positive().meta({ description: 'Number of licenses.' }),
    customTermEndDate: z.string().nullish().meta({ description: 'End of that term.' }),
  }).meta({ description: 'What it becomes at its renewal.' }),
)

/** The members of a PATCH that change something. SDKs send the whole subscription. */
export const SubscriptionPatch = lazy(() =>
  anyCaseOf(Subscription, {
    id: z.string().nullish().meta({ description: 'The id: the body is a whole subscription.' }),
    status: z.string().nullish().meta({ description: 'suspended, deleted or active, in any case.' }),
    quantity: z.number().nullish().meta({ description: 'New number of licenses.' }),
    friendlyName: z.string().nullish().meta({ description: 'New name.' }),
    autoRenewEnabled: z.boolean().nullish().meta({ description: 'Whether it renews at the end of the term.' }),
    scheduledNextTermInstructions: NextTermRequest()
      .nullish()
      .meta({ description: 'What it becomes at its renewal; null removes it.' }),
    billingCycle: z.string().nullish().meta({ description: 'New billing cycle.' }),
    termDuration: z.string().nullish().meta({ description: 'New term, which is longer.' }),
    partnerId: z.string().nullish().meta({ description: 'New PartnerID of a legacy subscription.' }),
  }).meta({
    id: 'SubscriptionPatch',
    description: 'The members to change. Member names match in any case; other members are accepted.',
  }),
)

/** Reads the change that a PATCH asks for. Throws `invalidInput` and `unparsableEnum`. */
export function readSubscriptionChange(request: BodyRequest): SubscriptionChange {
  const { id, status, billingCycle, scheduledNextTermInstructions, ...rest } = readBody(request, SubscriptionPatch)
  const known = subscriptionStatuses.find((name) => name === status?.toLowerCase())
  if (status != null && known === undefined) {
    throw new PartnerCenterError('unparsableEnum', { values: [status, pageUrl('subscription-resources')] })
  }
  return {
    ...rest,
    status: known,
    billingCycle: billingCycle ? readBillingCycle(billingCycle) : undefined,
    nextTerm: scheduledNextTermInstructions && readNextTerm(scheduledNextTermInstructions),
    isWhole: id != null,
  }
}

/** The instructions in the documented order, as the request wrote them. */
function readNextTerm(asked: z.output<ReturnType<typeof NextTermRequest>>): AskedNextTerm {
  const { productId, skuId, availabilityId, billingCycle, termDuration, promotionId } = asked.product
  return {
    billingCycle: readBillingCycle(billingCycle),
    instructions: {
      product: {
        productId,
        skuId,
        availabilityId,
        billingCycle,
        termDuration,
        ...(promotionId == null ? {} : { promotionId }),
      },
      quantity: asked.quantity,
      ...(asked.customTermEndDate == null ? {} : { customTermEndDate: asked.customTermEndDate }),
    },
  }
}
