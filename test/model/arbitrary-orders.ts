import fc from 'fast-check'
import type { Test } from 'tap'
import {
  accountKinds,
  type BillingCycleName,
  editionNames,
  everyProductType,
  frozen,
  modernTypes,
  type Order,
  orderOf,
  orderStatuses,
  type ProductType,
  withLine,
} from './orders-of.ts'

/** The fast-check arbitraries of the model's tests, and the check of a property. */

/** Checks a property. A failure shows the counterexample and its seed. */
export function holds<Values>(t: Test, name: string, property: fc.IProperty<Values>): void {
  const details = fc.check(property, { numRuns: 100 })
  t.notOk(details.failed, details.failed ? `${name}: ${fc.defaultReportMessage(details)}` : name)
}

export const accountKind = fc.constantFrom(...accountKinds)
export const editionName = fc.constantFrom(...editionNames)
export const productType = fc.constantFrom(...everyProductType)
export const modernType = fc.constantFrom(...modernTypes)
export const billingCycle = fc.constantFrom<BillingCycleName[]>(
  'unknown',
  'monthly',
  'annual',
  'triennial',
  'one_time',
  'none',
)

/** Milliseconds since 1970, from 2015 to 2035. */
export const time = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) })

/** A member that a request may leave out or set to null. */
export function given<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null | undefined> {
  return fc.oneof({ weight: 3, arbitrary: value }, fc.constantFrom(null, undefined))
}

/** An order of any status and age, with one to five lines of the product types, some of them cancelled. */
export function anyOrder(type: fc.Arbitrary<ProductType> = productType): fc.Arbitrary<Order> {
  const lines = fc.array(fc.tuple(type, fc.nat(30)), { minLength: 1, maxLength: 5 })
  return fc
    .record({ lines, created: time, digits: fc.constantFrom('', '1234'), status: fc.constantFrom(...orderStatuses) })
    .map(({ lines, created, digits, status }) => {
      const creationDate = new Date(created).toISOString().replace('Z', `${digits}Z`)
      const order = orderOf(
        lines.map(([type]) => type),
        { creationDate, status },
      )
      return frozen(lines.reduce((order, [, quantity], number) => withLine(order, number, { quantity }), order))
    })
}
