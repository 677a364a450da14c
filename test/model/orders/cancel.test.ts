import { deepEqual, ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import {
  type Cancellation,
  type CancellationContext,
  cancelOrder,
  type NamedLine,
} from '../../../src/model/orders/cancel.ts'
import { accountKind, anyOrder, editionName, given, holds, modernType } from '../arbitrary-orders.ts'
import {
  accountKinds,
  type CancellationRule,
  type CancellationWindow,
  cancellationRuleOf,
  customerId,
  type EditionName,
  editionNames,
  everyProductType,
  isDocumented,
  isOrder,
  isRefusal,
  lineIn,
  type Order,
  orderOf,
  orderStatuses,
  type ProductType,
  products,
  productTypeOf,
  quantitiesOf,
  type Refusal,
  withLine,
} from '../orders-of.ts'

const day = 24 * 60 * 60 * 1000

/** A sandbox account of 2019, two days after the orders of the tests were placed. */
function context(members: Partial<CancellationContext> = {}): CancellationContext {
  const now = Date.parse('2021-02-05T00:00:00Z')
  return { kind: 'sandbox', rules: '2019', now, adjustmentPending: false, productTypeOf, ...members }
}

/** The cancelled order. Throws if the cancellation was refused. */
function cancelled(result: Cancellation): Order {
  ok(!isRefusal(result), `refused: ${JSON.stringify(result)}`)
  return result.cancelled
}

function whole(order: Order): Cancellation {
  return { cancelled: { ...order, status: 'cancelled' }, whole: true }
}

function nameLines(...numbers: number[]): NamedLine[] {
  return numbers.map((lineItemNumber) => ({ lineItemNumber }))
}

/** The last millisecond at which an order can be cancelled. */
function lastMoment({ creationDate }: Order, { days, ends }: CancellationWindow): number {
  const end = new Date(Date.parse(creationDate) + days * day)
  return ends === 'instant' ? end.getTime() : end.setUTCHours(23, 59, 0, 0)
}

/** The times at which to cancel an order under a rule of the table, and their results. */
function expectations(order: Order, rule: CancellationRule): readonly [now: number, result: Cancellation][] {
  const late = Date.parse('2031-01-01T00:00:00Z')
  if (rule === 'cancels') return [[late, whole(order)]]
  if (rule === 'useSubscriptionToSuspend') return [[late, { refused: rule, values: [order.id, customerId] }]]
  if (typeof rule === 'string') return [[late, { refused: rule, values: [] }]]
  const end = lastMoment(order, rule)
  return [
    [end, whole(order)],
    [end + 1, { refused: 'cancellationWindowPassed', values: [rule.days] }],
  ]
}

for (const rules of editionNames) {
  for (const kind of accountKinds) {
    t.test(`in edition ${rules}, the table decides for each product type in a ${kind} account`, async (t) => {
      for (const type of everyProductType) {
        const order = orderOf([type])
        for (const [now, result] of expectations(order, cancellationRuleOf(rules, kind, type))) {
          const at = `${type} at ${new Date(now).toISOString()}`
          t.strictSame(cancelOrder(order, undefined, context({ rules, kind, now })), result, at)
        }
      }
    })
  }

  t.test(`in edition ${rules}, a production account can cancel only software`, async (t) => {
    const cancels = (type: ProductType) =>
      !isRefusal(cancelOrder(orderOf([type]), undefined, context({ kind: 'production', rules })))
    t.strictSame(everyProductType.filter(cancels), ['perpetualSoftware', 'softwareSubscription'])
  })
}

interface WindowEdge {
  rules: EditionName
  type: ProductType
  creationDate: string
  /** The last moment at which the order can be cancelled. */
  until: string
  days: number
}

const windowEdges: readonly WindowEdge[] = [
  {
    rules: '2019',
    type: 'perpetualSoftware',
    creationDate: '2021-02-03T10:20:30.4567891Z',
    until: '2021-04-04T10:20:30.456Z',
    days: 60,
  },
  {
    rules: '2021',
    type: 'perpetualSoftware',
    creationDate: '2021-02-03T00:00:00Z',
    until: '2021-03-05T23:59:00.000Z',
    days: 30,
  },
  {
    rules: '2021',
    type: 'softwareSubscription',
    creationDate: '2021-02-03T23:59:59.999Z',
    until: '2021-03-05T23:59:00.000Z',
    days: 30,
  },
  {
    rules: '2021',
    type: 'softwareSubscription',
    creationDate: '2021-02-03T23:30:00-08:00',
    until: '2021-03-06T23:59:00.000Z',
    days: 30,
  },
  {
    rules: '2022',
    type: 'softwareSubscription',
    creationDate: '2020-02-25T12:00:00+00:00',
    until: '2020-03-03T12:00:00.000Z',
    days: 7,
  },
]

for (const { rules, type, creationDate, until, days } of windowEdges) {
  t.test(`in edition ${rules}, ${type} of ${creationDate} can be cancelled until ${until}`, async (t) => {
    const order = orderOf([type], { creationDate })
    const end = Date.parse(until)
    const at = (now: number) => cancelOrder(order, null, context({ kind: 'production', rules, now }))
    t.strictSame(at(end - 1), whole(order))
    t.strictSame(at(end), whole(order))
    t.strictSame(at(end + 1), { refused: 'cancellationWindowPassed', values: [days] })
    t.strictSame(
      at(Date.parse(creationDate) - day),
      whole(order),
      'an order from tomorrow, after the clock was set back',
    )
  })
}

const software = orderOf(['perpetualSoftware', 'softwareSubscription', 'perpetualSoftware'])
const [firstOffer, secondOffer] = [products.perpetualSoftware.offerId, products.softwareSubscription.offerId]

const wrongLines: readonly [named: string, lines: NamedLine[], refused: Refusal['refused']][] = [
  ['the line after the last', nameLines(3), 'lineItemNumberOutOfRange'],
  ['a negative number', nameLines(-1), 'lineItemNumberOutOfRange'],
  ['a fraction', nameLines(0.5), 'lineItemNumberOutOfRange'],
  ['a good line and one out of range', nameLines(0, 7), 'lineItemNumberOutOfRange'],
  ['the offer of another line', [{ lineItemNumber: 0, offerId: secondOffer }], 'offerIdOfLineDiffers'],
  ['an empty offer', [{ lineItemNumber: 0, offerId: '' }], 'offerIdOfLineDiffers'],
  [
    'a wrong offer before a wrong number',
    [{ lineItemNumber: 0, offerId: 'x' }, ...nameLines(9)],
    'offerIdOfLineDiffers',
  ],
  [
    'a wrong number before a wrong offer',
    [...nameLines(9), { lineItemNumber: 0, offerId: 'x' }],
    'lineItemNumberOutOfRange',
  ],
]

t.test('a request that names a wrong line is refused', async (t) => {
  for (const [named, lines, refused] of wrongLines) {
    t.strictSame(cancelOrder(software, lines, context()), { refused, values: [] }, named)
  }
})

t.test('a line can be named with its offer id in any case, or without it', async (t) => {
  for (const offerId of [firstOffer, firstOffer.toLowerCase(), null, undefined]) {
    const order = cancelled(cancelOrder(software, [{ lineItemNumber: 0, offerId }], context()))
    t.strictSame(quantitiesOf(order), [0, 2, 2], String(offerId))
  }
})

t.test('the whole order is cancelled when no line is named', async (t) => {
  for (const named of [undefined, null, []]) {
    t.strictSame(cancelOrder(software, named, context()), whole(software), JSON.stringify(named))
  }
})

t.test('the whole order is cancelled when all lines are sent back with their quantities', async (t) => {
  const partly = withLine(software, 1, { quantity: 0 })
  t.strictSame(cancelOrder(software, software.lineItems, context()), whole(software))
  t.strictSame(cancelOrder(partly, partly.lineItems, context()), whole(partly))
})

t.test('lines that are named without a quantity are cancelled as lines, even if all are named', async (t) => {
  for (const quantity of [undefined, null, 0]) {
    const named = nameLines(0, 1, 2).map((line) => ({ ...line, quantity }))
    const result = cancelOrder(software, named, context())
    t.match(result, { whole: false, cancelled: { status: 'cancelled' } })
    t.strictSame(quantitiesOf(cancelled(result)), [0, 0, 0], String(quantity))
  }
})

t.test('a subset of the lines is cancelled whatever quantities the request has', async (t) => {
  const named = [{ lineItemNumber: 1, quantity: 2 }]
  t.strictSame(quantitiesOf(cancelled(cancelOrder(software, named, context()))), [2, 0, 2])
})

t.test('a line that is named twice counts once', async (t) => {
  t.strictSame(quantitiesOf(cancelled(cancelOrder(software, nameLines(1, 1, 1), context()))), [2, 0, 2])
})

t.test('an order stays completed while a line is left, and is cancelled with the last line', async (t) => {
  const one = cancelled(cancelOrder(software, nameLines(1), context()))
  const two = cancelled(cancelOrder(one, nameLines(0), context()))
  const three = cancelled(cancelOrder(two, nameLines(2), context()))
  t.strictSame([one, two, three].map(quantitiesOf), [
    [2, 0, 2],
    [0, 0, 2],
    [0, 0, 0],
  ])
  t.strictSame(
    [one, two, three].map(({ status }) => status),
    ['completed', 'completed', 'cancelled'],
  )
})

t.test('a cancelled line can be named together with an open line', async (t) => {
  const order = withLine(software, 0, { quantity: 0 })
  t.strictSame(quantitiesOf(cancelled(cancelOrder(order, nameLines(0, 1), context()))), [0, 0, 2])
  t.match(cancelOrder(order, nameLines(0), context()), { refused: 'orderCannotBeCancelled' })
})

t.test('an order can be cancelled in every status except cancelled', async (t) => {
  for (const status of orderStatuses) {
    const order = orderOf(['perpetualSoftware'], { status })
    const expected = status === 'cancelled' ? { refused: 'orderCannotBeCancelled', values: [] } : whole(order)
    t.strictSame(cancelOrder(order, undefined, context()), expected, status)
  }
})

t.test('product and window are checked only for the lines to be cancelled', async (t) => {
  const order = orderOf(['perpetualSoftware', 'azureReservation', 'softwareSubscription'])
  const production = context({ kind: 'production', rules: '2022', now: Date.parse(order.creationDate) + 10 * day })
  t.match(cancelOrder(order, undefined, production), { refused: 'onlySoftwareInProduction' })
  t.strictSame(quantitiesOf(cancelled(cancelOrder(order, nameLines(0), production))), [0, 2, 2])
  t.match(cancelOrder(order, nameLines(0, 2), production), { refused: 'cancellationWindowPassed', values: [7] })
  const left = withLine(withLine(order, 1, { quantity: 0 }), 2, { quantity: 0 })
  t.strictSame(cancelOrder(left, undefined, production), whole(left))
})

t.test(
  'an order with a legacy line is refused, even if another line is named or the legacy line is cancelled',
  async (t) => {
    const order = withLine(orderOf(['perpetualSoftware', 'legacyLicense']), 1, { quantity: 0 })
    const refusal = { refused: 'useSubscriptionToSuspend', values: [order.id, customerId] }
    t.strictSame(cancelOrder(order, undefined, context()), refusal)
    t.strictSame(cancelOrder(order, nameLines(0), context()), refusal)
  },
)

/** The first row has every mistake. Each next row removes the mistake that was refused before. */
t.test('the request is checked first, then legacy lines, status, adjustment, product and window', async (t) => {
  const legacy = orderOf(['perpetualSoftware', 'saasSeatBased', 'legacyLicense'], { status: 'cancelled' })
  const cancelledBefore = orderOf(['perpetualSoftware', 'saasSeatBased', 'azurePlan'], { status: 'cancelled' })
  const order = orderOf(['perpetualSoftware', 'saasSeatBased', 'azurePlan'])
  const pending = { kind: 'production', rules: '2021', now: Date.parse('2031-01-01'), adjustmentPending: true } as const
  const idle = { ...pending, adjustmentPending: false }
  const rows: readonly [Order, NamedLine[], Partial<CancellationContext>, Refusal['refused']][] = [
    [legacy, nameLines(9), pending, 'lineItemNumberOutOfRange'],
    [legacy, [{ lineItemNumber: 0, offerId: 'x' }], pending, 'offerIdOfLineDiffers'],
    [legacy, nameLines(0, 1), pending, 'useSubscriptionToSuspend'],
    [cancelledBefore, nameLines(0, 1), pending, 'orderCannotBeCancelled'],
    [order, [], pending, 'adjustmentPending'],
    [order, [], idle, 'seatBasedSaasNotSupported'],
    [order, nameLines(0, 2), idle, 'onlySoftwareInProduction'],
    [order, nameLines(0), idle, 'cancellationWindowPassed'],
  ]
  for (const [order, named, members, refused] of rows) {
    t.match(cancelOrder(order, named, context(members)), { refused })
  }
  t.strictSame(quantitiesOf(cancelled(cancelOrder(order, nameLines(0), context()))), [0, 2, 2])
})

t.test('seat-based SaaS is refused before products that no sandbox cancels', async (t) => {
  const order = orderOf(['azurePlan', 'saasSeatBased'])
  t.match(cancelOrder(order, undefined, context({ rules: '2021' })), { refused: 'seatBasedSaasNotSupported' })
  t.match(cancelOrder(order, undefined, context({ rules: '2019' })), { refused: 'orderCannotBeCancelled' })
})

/** A line that a request may name: mostly a line of the order, with its own offer. */
function anyNamedLine(order: Order): fc.Arbitrary<NamedLine> {
  const own = fc.nat(order.lineItems.length - 1)
  const members = {
    lineItemNumber: fc.oneof({ weight: 15, arbitrary: own }, fc.integer({ min: -2, max: 9 })),
    offerId: fc.oneof({ weight: 15, arbitrary: fc.constant(undefined) }, fc.constantFrom(null, 'x', firstOffer)),
    quantity: given(fc.nat(3)),
  }
  return fc.record(members, { noNullPrototype: true })
}

const anyRequest = anyOrder().chain((order) =>
  fc.record({
    order: fc.constant(order),
    named: given(fc.array(anyNamedLine(order), { maxLength: 6 })),
    context: fc
      .record({
        kind: accountKind,
        rules: editionName,
        age: fc.integer({ min: -day, max: 90 * day }),
        adjustmentPending: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
      })
      .map(({ age, ...members }) => context({ ...members, now: Date.parse(order.creationDate) + age })),
  }),
)

t.test('any cancellation', async (t) => {
  holds(
    t,
    'gives an order of the schema or a documented refusal',
    fc.property(anyRequest, ({ order, named, context }) => {
      const result = cancelOrder(order, named, context)
      ok(isRefusal(result) ? isDocumented(result) : isOrder(result.cancelled))
    }),
  )
  holds(
    t,
    'never changes ids, dates or other members',
    fc.property(anyRequest, ({ order, named, context }) => {
      const result = cancelOrder(order, named, context)
      fc.pre(!isRefusal(result))
      const { status, lineItems } = cancelled(result)
      deepEqual({ ...cancelled(result), status: 0, lineItems: 0 }, { ...order, status: 0, lineItems: 0 })
      const goesOnToWait = /pending|po_upload/.test(order.status)
      ok(status === 'cancelled' || status === (goesOnToWait ? order.status : 'completed'))
      deepEqual(
        lineItems.map((line) => ({ ...line, quantity: 0 })),
        order.lineItems.map((line) => ({ ...line, quantity: 0 })),
      )
    }),
  )
  holds(
    t,
    'never touches a line that is not named',
    fc.property(anyRequest, ({ order, named, context }) => {
      const result = cancelOrder(order, named, context)
      fc.pre(!isRefusal(result))
      const selected = 'whole' in result && result.whole ? [] : (named ?? []).map((line) => line.lineItemNumber)
      for (const line of cancelled(result).lineItems) {
        const { lineItemNumber } = line
        if (selected.includes(lineItemNumber)) deepEqual(line.quantity, 0)
        else ok(line === lineIn(order, lineItemNumber), 'the same object')
      }
    }),
  )
  holds(
    t,
    'never mutates its input',
    fc.property(anyRequest, ({ order, named, context }) => {
      const before = structuredClone({ order, named })
      cancelOrder(order, named, context)
      deepEqual({ order, named }, before)
    }),
  )
})

const anyWindowRequest = fc.tuple(anyRequest, fc.nat(90 * day))

t.test('an order that can be cancelled now could be cancelled at any earlier time', async (t) => {
  holds(
    t,
    'windows only close',
    fc.property(anyWindowRequest, ([{ order, named, context }, earlier]) => {
      const result = cancelOrder(order, named, context)
      fc.pre(!isRefusal(result))
      deepEqual(cancelOrder(order, named, { ...context, now: context.now - earlier }), result)
    }),
  )
})

const cancellableType = fc.constantFrom(
  ...everyProductType.filter((type) => cancellationRuleOf('2019', 'sandbox', type) === 'cancels'),
)
const liveOrder = fc
  .array(cancellableType, { minLength: 1, maxLength: 5 })
  .chain((types) =>
    fc.constantFrom('completed' as const, 'pending' as const).map((status) => orderOf(types, { status })),
  )
const orderAndItsLines = liveOrder.chain((order) => {
  const numbers = order.lineItems.map((line) => line.lineItemNumber)
  return fc.record({
    order: fc.constant(order),
    numbers: fc.shuffledSubarray(numbers, { minLength: numbers.length }),
    some: fc.shuffledSubarray(numbers, { minLength: 1 }),
  })
})

t.test('cancelling line by line', async (t) => {
  const cancelOneByOne = (order: Order, numbers: readonly number[]) =>
    numbers.reduce((rest, number) => cancelled(cancelOrder(rest, nameLines(number), context())), order)
  holds(
    t,
    'ends with a cancelled order, in any sequence',
    fc.property(orderAndItsLines, ({ order, numbers }) => {
      const lineItems = order.lineItems.map((line) => ({ ...line, quantity: 0 }))
      deepEqual(cancelOneByOne(order, numbers), { ...order, lineItems, status: 'cancelled' })
    }),
  )
  holds(
    t,
    'gives the same order as one request for these lines',
    fc.property(orderAndItsLines, ({ order, some }) => {
      deepEqual(cancelOneByOne(order, some), cancelled(cancelOrder(order, nameLines(...some), context())))
    }),
  )
})

t.test('a cancelled order', async (t) => {
  holds(
    t,
    'cannot be cancelled again, whole or by lines, at any time and in any account',
    fc.property(
      anyOrder(modernType),
      accountKind,
      editionName,
      fc.boolean(),
      (order, kind, rules, adjustmentPending) => {
        const ended = { ...order, status: 'cancelled' } as const
        const again = (named: NamedLine[]) => cancelOrder(ended, named, context({ kind, rules, adjustmentPending }))
        for (const named of [[], nameLines(0), nameLines(...order.lineItems.keys())]) {
          deepEqual(again(named), { refused: 'orderCannotBeCancelled', values: [] })
        }
      },
    ),
  )
  holds(
    t,
    'cannot be cancelled again after its last line was cancelled',
    fc.property(orderAndItsLines, ({ order, numbers }) => {
      const ended = cancelled(cancelOrder(order, nameLines(...numbers), context()))
      deepEqual(cancelOrder(ended, undefined, context()), { refused: 'orderCannotBeCancelled', values: [] })
    }),
  )
})
