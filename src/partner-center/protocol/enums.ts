import { type BillingCycle, billingCycles } from '../../model/catalog/schema.ts'
import { pageUrl } from '../../model/sources.ts'
import { PartnerCenterError } from './errors.ts'

/** Billing cycles by their number in the .NET SDK. */
const numbered: readonly BillingCycle[] = ['unknown', 'monthly', 'annual', 'none', 'one_time', 'triennial']

const withoutUnderscores = new Map(billingCycles.map((name) => [name.replaceAll('_', ''), name]))

/** Reads a billing cycle in any spelling: `one_time`, `OneTime`, `onetime`, `4`. Throws `unparsableEnum`. */
export function readBillingCycle(text: string): BillingCycle {
  const name = numbered[Number(text || Number.NaN)] ?? withoutUnderscores.get(text.replaceAll('_', '').toLowerCase())
  if (name !== undefined) return name
  throw new PartnerCenterError('unparsableEnum', { values: [text, pageUrl('order-resources')] })
}
