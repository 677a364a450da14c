import type { Database } from 'better-sqlite3'
import { openCarts } from './carts/store.ts'
import { openProducts } from './catalog/store.ts'
import { openCustomers } from './customers/store.ts'
import { openAttachments } from './orders/attachment-store.ts'
import { openOrders } from './orders/store.ts'
import { openPartner } from './partner.ts'
import { openRandom } from './random.ts'
import { openReplays } from './replays/store.ts'
import { openRegistrations } from './subscriptions/registrations.ts'
import { openSubscriptions } from './subscriptions/store.ts'

/** Opens every store of a migrated database. `idSeed`: makes new ids the same in every run. */
export function openStores(database: Database, idSeed: string | null = null) {
  return {
    partner: openPartner(database),
    customers: openCustomers(database),
    products: openProducts(database),
    orders: openOrders(database),
    subscriptions: openSubscriptions(database),
    registrations: openRegistrations(database),
    carts: openCarts(database),
    attachments: openAttachments(database),
    replays: openReplays(database),
    random: openRandom(database, idSeed),
  }
}

/** The stores of an account's database. */
export type Stores = ReturnType<typeof openStores>
