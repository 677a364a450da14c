import * as z from 'zod'
import type { Account } from '../../accounts/account.ts'
import { entitlementsOf, entitlementTypeOf, findReservations } from '../../model/entitlements/entitlements.ts'
import { Entitlement, type EntitlementType, ReservationArtifact } from '../../model/entitlements/schema.ts'
import { lazy } from '../../model/lazy.ts'
import type { Order } from '../../model/orders/schema.ts'
import { pageUrl } from '../../model/sources.ts'
import type { Routes } from '../../routes.ts'
import { readOrder } from '../../storage/orders/row.ts'
import { refuseAppOnly } from '../hooks/authorization.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { findCustomer } from '../protocol/lookup.ts'
import { CustomerPath, QueryBoolean } from '../protocol/parameters.ts'
import { bareCollectionOf, sendBareCollection, sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'
import { anyCase } from '../protocol/unknown-members.ts'

const EntitlementQuery = lazy(() =>
  anyCase({
    entitlementType: z.string().optional().meta({ description: '`software` or `reservedInstance`, in any case.' }),
    showExpiry: QueryBoolean().meta({ description: 'Adds `expiryDate`. `true` or `false`, in any case.' }),
  }),
)

const ArtifactPath = lazy(() =>
  CustomerPath().extend({
    artifactType: z.string().meta({ description: 'Type of the artifact: reservedinstance.' }),
    groupId: z.string().meta({ description: 'Id of the group, 32 hexadecimal digits.' }),
    lineId: z.string().meta({ description: 'Id of the line.' }),
    resourceId: z.string().meta({ description: 'Id of the artifact.' }),
  }),
)

/** The rights that a customer's software and reservation orders give. */
export const entitlementRoutes: Routes = (app) => {
  app.get(
    '/customers/:customerTenantId/entitlements',
    {
      schema: describe(
        'listEntitlements',
        { params: CustomerPath, querystring: EntitlementQuery },
        200,
        bareCollectionOf(Entitlement),
      ),
    },
    (request, reply) => {
      const { account, params, query } = request
      refuseAppOnly(request)
      const type = query.entitlementType === undefined ? undefined : readType(query.entitlementType)
      const context = { findProduct: account.products.find, showExpiry: query.showExpiry ?? false }
      const items = ordersOf(account, params.customerTenantId)
        .flatMap((order) => entitlementsOf(order, context))
        .filter(({ entitlementType }) => (type ?? entitlementType) === entitlementType)
      sendBareCollection(request, reply, items)
    },
  )

  app.get(
    '/customers/:customerTenantId/artifacts/:artifactType/groups/:groupId/lineitems/:lineId/resource/:resourceId',
    { schema: describe('getReservations', { params: ArtifactPath }, 200, ReservationArtifact) },
    (request, reply) => {
      const { account, params } = request
      const { customerTenantId, artifactType, groupId, lineId, resourceId } = params
      const uri = `/customers/${customerTenantId}/artifacts/${artifactType}/groups/${groupId}/lineitems/${lineId}/resource/${resourceId}`
      for (const order of ordersOf(account, customerTenantId)) {
        const found = findReservations(order, uri, account.products.find)
        if (found === undefined) continue
        sendDocument(request, reply, JSON.stringify(found))
        return
      }
      throw new PartnerCenterError('artifactNotFound')
    },
  )
}

/** The orders of a customer, newest first. Throws `noRelationship`. */
function ordersOf(account: Account, customerId: string): Order[] {
  const { id } = findCustomer(account, customerId)
  return account.orders
    .numbersOf(id, { withSystemPurchases: true })
    .flatMap((orderNumber) => account.orders.get(orderNumber) ?? [])
    .map(readOrder)
}

/** Throws `unparsableEnum`. */
function readType(word: string): EntitlementType {
  const type = entitlementTypeOf(word)
  if (type !== undefined) return type
  throw new PartnerCenterError('unparsableEnum', { values: [word, pageUrl('get-a-collection-of-entitlements')] })
}
