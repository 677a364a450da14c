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

/** The order of a cancellation that must not be refused. */
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

/** When to cancel an order under a rule of the table, and the result. */
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
    t.test(`the table of ${rules} decides each product type in a ${kind} account`, async (t) => {
      for (const type of everyProductType) {
        const order = orderOf([type])
        for (const [now, result] of expectations(order, cancellationRuleOf(rules, kind, type))) {
          const at = `${type} at ${new Date(now).toISOString()}`
          t.strictSame(cancelOrder(order, undefined, context({ rules, kind, now })), result, at)
        }
      }
    })
  }

  t.test(`a production account of ${rules} may cancel only software`, async (t) => {
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
  t.test(`${type} of ${creationDate} can be cancelled until ${until} under ${rules}`, async (t) => {
    const order = orderOf([type], { creationDate })
    const end = Date.parse(until)
    const at = (now: number) => cancelOrder(order, null, context({ kind: 'production', rules, now }))
    t.strictSame(at(end - 1), whole(order))
    t.strictSame(at(end), whole(order))
    t.strictSame(at(end + 1), { refused: 'cancellationWindowPassed', values: [days] })
    t.strictSame(at(Date.parse(creationDate) - day), whole(order), 'an order of tomorrow, after the clock was set back')
  })
}

const software = orderOf(['perpetualSoftware', 'softwareSubscription', 'perpetualSoftware'])
const [firstOffer, secondOffer] = [products.perpetualSoftware.offerId, products.softwareSubscription.offerId]

const wrongLines: readonly [named: string, lines: NamedLine[], refused: Refusal['refused']][] = [
  ['the line after the last', nameLines(3), 'lineItemNumberOutOfRange'],
  ['a negative number', nameLines(-1), 'lineItemNumberOutOfRange'],
  ['half a number', nameLines(0.5), 'lineItemNumberOutOfRange'],
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

t.test('a request that names a line wrongly is refused', async (t) => {
  for (const [named, lines, refused] of wrongLines) {
    t.strictSame(cancelOrder(software, lines, context()), { refused, values: [] }, named)
  }
})

t.test('a line may be named with its offer id in any case, or without one', async (t) => {
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

t.test('the whole order is cancelled when all of it is sent back with its quantities', async (t) => {
  const partly = withLine(software, 1, { quantity: 0 })
  t.strictSame(cancelOrder(software, software.lineItems, context()), whole(software))
  t.strictSame(cancelOrder(partly, partly.lineItems, context()), whole(partly))
})

t.test('lines that are named without a quantity are cancelled one by one, even all of them', async (t) => {
  for (const quantity of [undefined, null, 0]) {
    const named = nameLines(0, 1, 2).map((line) => ({ ...line, quantity }))
    const result = cancelOrder(software, named, context())
    t.match(result, { whole: false, cancelled: { status: 'cancelled' } })
    t.strictSame(quantitiesOf(cancelled(result)), [0, 0, 0], String(quantity))
  }
})

t.test('some of the lines are cancelled whatever quantities the request gives them', async (t) => {
  const named = [{ lineItemNumber: 1, quantity: 2 }]
  t.strictSame(quantitiesOf(cancelled(cancelOrder(software, named, context()))), [2, 0, 2])
})

t.test('a line that is named twice is one line', async (t) => {
  t.strictSame(quantitiesOf(cancelled(cancelOrder(software, nameLines(1, 1, 1), context()))), [2, 0, 2])
})

t.test('an order is completed while a line is left, then cancelled', async (t) => {
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

t.test('a cancelled line can be named along with one that is left', async (t) => {
  const order = withLine(software, 0, { quantity: 0 })
  t.strictSame(quantitiesOf(cancelled(cancelOrder(order, nameLines(0, 1), context()))), [0, 0, 2])
  t.match(cancelOrder(order, nameLines(0), context()), { refused: 'orderCannotBeCancelled' })
})

t.test('an order in any other status than cancelled can be cancelled', async (t) => {
  for (const status of orderStatuses) {
    const order = orderOf(['perpetualSoftware'], { status })
    const expected = status === 'cancelled' ? { refused: 'orderCannotBeCancelled', values: [] } : whole(order)
    t.strictSame(cancelOrder(order, undefined, context()), expected, status)
  }
})

t.test('only the lines that would be cancelled are judged by product and window', async (t) => {
  const order = orderOf(['perpetualSoftware', 'azureReservation', 'softwareSubscription'])
  const production = context({ kind: 'production', rules: '2022', now: Date.parse(order.creationDate) + 10 * day })
  t.match(cancelOrder(order, undefined, production), { refused: 'onlySoftwareInProduction' })
  t.strictSame(quantitiesOf(cancelled(cancelOrder(order, nameLines(0), production))), [0, 2, 2])
  t.match(cancelOrder(order, nameLines(0, 2), production), { refused: 'cancellationWindowPassed', values: [7] })
  const left = withLine(withLine(order, 1, { quantity: 0 }), 2, { quantity: 0 })
  t.strictSame(cancelOrder(left, undefined, production), whole(left))
})

t.test(
  'a legacy line refuses the whole order, also when another line is named or it is cancelled itself',
  async (t) => {
    const order = withLine(orderOf(['perpetualSoftware', 'legacyLicense']), 1, { quantity: 0 })
    const refusal = { refused: 'useSubscriptionToSuspend', values: [order.id, customerId] }
    t.strictSame(cancelOrder(order, undefined, context()), refusal)
    t.strictSame(cancelOrder(order, nameLines(0), context()), refusal)
  },
)

/** A request against which everything speaks; each row takes the first objection of the row before away. */
t.test('the request is checked first, then legacy, state, adjustment, product and window', async (t) => {
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

/** A line that a request may name: mostly one of the order's, with its own offer. */
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

t.test('cancelling anything', async (t) => {
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
    'never changes ids, dates and the other members',
    fc.property(anyRequest, ({ order, named, context }) => {
      const result = cancelOrder(order, named, context)
      fc.pre(!isRefusal(result))
      const { status, lineItems } = cancelled(result)
      deepEqual({ ...cancelled(result), status: 0, lineItems: 0 }, { ...order, status: 0, lineItems: 0 })
      ok(status === 'cancelled' || status === 'completed')
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
        else ok(line === lineIn(order, lineItemNumber), 'the very same line')
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

t.test('an order that can be cancelled could be cancelled at any earlier time', async (t) => {
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
    'ends with a cancelled order, in whatever sequence',
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
    'refuses again, whatever its age and account, whole and by its lines',
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
    'refuses again after its last line was cancelled',
    fc.property(orderAndItsLines, ({ order, numbers }) => {
      const ended = cancelled(cancelOrder(order, nameLines(...numbers), context()))
      deepEqual(cancelOrder(ended, undefined, context()), { refused: 'orderCannotBeCancelled', values: [] })
    }),
  )
})
