import t from 'tap'
import { writeCart } from '../../../src/model/carts/cart.ts'
import type { CartContext } from '../../../src/model/carts/request.ts'
import type { Cart } from '../../../src/model/carts/schema.ts'
import type { EditionName } from '../../../src/model/editions.ts'
import { isRefusal } from '../../../src/model/refusals.ts'
import { openCarts } from '../../../src/storage/carts/store.ts'
import { openMemoryDatabase } from '../../../src/storage/database.ts'
import { readMigrations } from '../../../src/storage/migrations.ts'
import { packageRoot } from '../../../src/version.ts'

const customerId = '10000000-0000-4000-8000-000000000003'
const minute = 60 * 1000

function emptyCart(rules: EditionName): Cart {
  const context: CartContext = {
    customerId,
    partnerId: customerId,
    kind: 'sandbox',
    rules,
    now: 0,
    random: (count) => Buffer.alloc(count),
    findProduct: () => undefined,
    owned: () => ({ subscriptions: 0, reservations: 0, azurePlans: 0, azureSubscriptions: 0 }),
    subscriptions: () => [],
  }
  const result = writeCart('cart', { lineItems: [] }, context, undefined)
  if (isRefusal(result)) throw new Error(result.refused)
  return result.cart
}

t.test('an expired cart is not found', async (t) => {
  for (const [rules, lifetime] of [
    ['2019', 15],
    ['2021', 7 * 24 * 60],
  ] as const) {
    const database = openMemoryDatabase(readMigrations(new URL('migrations/', packageRoot)))
    database.prepare("INSERT INTO customers (id, company_name, domain) VALUES (?, '', '')").run(customerId)
    const carts = openCarts(database)
    carts.put(emptyCart(rules), customerId)
    t.ok(carts.find('cart', customerId, lifetime * minute - 1), rules)
    t.equal(carts.find('cart', customerId, lifetime * minute), undefined, rules)
    database.close()
  }
})
