import * as z from 'zod'
import type { Account } from '../../accounts/account.ts'
import { attributesOf } from '../../model/attributes.ts'
import type { Customer as StoredCustomer } from '../../model/customers/schema.ts'
import { type Infer, lazy } from '../../model/lazy.ts'
import { Link, linkTo } from '../../model/links.ts'
import type { Routes } from '../../routes.ts'
import { readOrder } from '../../storage/orders/row.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { replyGatewayNotFound } from '../protocol/gateway.ts'
import { findCustomer } from '../protocol/lookup.ts'
import { CustomerPath } from '../protocol/parameters.ts'
import { collectionOf, sendCollection, sendDocument, sendNothing } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'

/** The members of a customer that an order client needs. https://learn.microsoft.com/partner-center/developer/customer-resources */
const Customer = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: "The customer's tenant id." }),
      companyProfile: z
        .strictObject({
          tenantId: z.string().meta({ description: "The customer's tenant id." }),
          domain: z.string().meta({ description: 'Domain of the tenant.' }),
          companyName: z.string().meta({ description: 'Name of the company.' }),
          attributes: attributesOf('CustomerCompanyProfile'),
        })
        .meta({ description: 'The company.' }),
      relationshipToPartner: z
        .literal('reseller')
        .meta({ description: 'Relationship of the partner to the customer.' }),
      allowDelegatedAccess: z
        .boolean()
        .meta({ description: 'Whether the partner has delegated administration rights.' }),
      links: z
        .strictObject({ self: Link().meta({ description: 'Link to the customer.' }) })
        .meta({ description: 'Links of the resource.' }),
      attributes: attributesOf('Customer'),
    })
    .meta({ id: 'Customer', description: 'A customer of the partner.' }),
)

/** Open orders of these product types prevent the deletion of their customer. */
const preventDeletion: readonly string[] = ['azureReservation', 'perpetualSoftware', 'softwareSubscription']

/** The customers of the partner, as far as an order client needs them. */
export const customerRoutes: Routes = (app) => {
  app.get('/customers', { schema: describe('listCustomers', {}, 200, collectionOf(Customer)) }, (request, reply) => {
    const customers = request.account.customers.all()
    sendCollection(request, reply, '/customers', customers.length, (place) => {
      const customer = customers[place]
      return customer === undefined ? '' : writeCustomer(customer)
    })
  })

  app.get(
    '/customers/:customerTenantId',
    { schema: describe('getCustomer', { params: CustomerPath }, 200, Customer) },
    (request, reply) => {
      const customer = findCustomer(request.account, request.params.customerTenantId)
      sendDocument(request, reply, writeCustomer(customer))
    },
  )

  app.delete(
    '/customers/:customerTenantId',
    { schema: describe('deleteCustomer', { params: CustomerPath }, 204) },
    (request, reply) => {
      const { account, params } = request
      if (account.settings.kind === 'production') {
        replyGatewayNotFound(request, reply, 'customers can be deleted in a sandbox account only')
        return
      }
      const { id } = findCustomer(account, params.customerTenantId)
      const open = openOrders(account, id)
      if (open.length > 0) throw new PartnerCenterError('customerHasOrders', { values: [open.join(', ')] })
      account.write(undefined, () => {
        account.customers.remove(id)
        return { status: 204, document: '' }
      })
      sendNothing(reply)
    },
  )
}

/** The friendly ids of the orders that prevent the deletion of a customer, as the service prints them. */
function openOrders(account: Account, customerId: string): string[] {
  return account.orders
    .numbersOf(customerId, { withSystemPurchases: true })
    .flatMap((orderNumber) => account.orders.get(orderNumber) ?? [])
    .map(readOrder)
    .filter(({ status, lineItems }) => {
      const prevents = lineItems.some(
        ({ offerId, quantity }) => quantity > 0 && preventDeletion.includes(account.products.typeOf(offerId)),
      )
      return prevents && status !== 'cancelled'
    })
    .map(({ id, alternateId }) => alternateId ?? id)
}

function writeCustomer({ id, companyName, domain }: StoredCustomer): string {
  const customer: Infer<typeof Customer> = {
    id,
    companyProfile: { tenantId: id, domain, companyName, attributes: { objectType: 'CustomerCompanyProfile' } },
    relationshipToPartner: 'reseller',
    allowDelegatedAccess: true,
    links: { self: linkTo(`/customers/${id}`) },
    attributes: { objectType: 'Customer' },
  }
  return JSON.stringify(customer)
}
