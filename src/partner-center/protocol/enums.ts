import { BillingCycle } from '../../model/catalog/schema.ts'
import type { BillingCycleName } from '../../model/orders/schema.ts'
import { PartnerCenterError } from './errors.ts'

/** Billing cycles by the number that .NET gives them. */
const numbered: readonly BillingCycleName[] = ['unknown', 'monthly', 'annual', 'none', 'one_time', 'triennial']

const withoutUnderscores = new Map(BillingCycle.options.map((name) => [name.replaceAll('_', ''), name]))

/**
 * A billing cycle in any of its spellings: `one_time`, `OneTime`, `onetime`, `4`.
 * Throws `unparsableEnum` for a text that is none.
 */
export function readBillingCycle(text: string): BillingCycleName {
  const name = numbered[Number(text || Number.NaN)] ?? withoutUnderscores.get(text.replaceAll('_', '').toLowerCase())
  if (name !== undefined) return name
  const page = 'https://learn.microsoft.com/partner-center/developer/order-resources'
  throw new PartnerCenterError('unparsableEnum', { values: [text, page] })
}
