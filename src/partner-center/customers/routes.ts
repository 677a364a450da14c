import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Account } from '../../accounts/account.ts'
import type { Customer as CustomerFixture } from '../../fixtures/fixtures.ts'
import { linkTo } from '../../model/orders/links.ts'
import { Link } from '../../model/orders/schema.ts'
import { readOrder } from '../../storage/orders/ledger.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { answerGatewayNotFound, GatewayErrorBody } from '../protocol/gateway.ts'
import { findCustomer } from '../protocol/lookup.ts'
import { describe } from '../protocol/operations.ts'
import { CustomerPath } from '../protocol/parameters.ts'
import { collectionOf, sendCollection, sendDocument, sendNothing } from '../protocol/reply.ts'

/** What an order client needs of a customer. https://learn.microsoft.com/partner-center/developer/customer-resources */
const Customer = z
  .strictObject({
    id: z.string(),
    companyProfile: z.strictObject({
      tenantId: z.string(),
      domain: z.string(),
      companyName: z.string(),
      attributes: z.strictObject({ objectType: z.literal('CustomerCompanyProfile') }),
    }),
    relationshipToPartner: z.literal('reseller'),
    allowDelegatedAccess: z.boolean(),
    links: z.strictObject({ self: Link }),
    attributes: z.strictObject({ objectType: z.literal('Customer') }),
  })
  .meta({ id: 'Customer' })

const deletion = describe('deleteCustomer', { params: CustomerPath }, 204)

/** Products whose open orders keep a customer from being deleted. */
const keepCustomer: readonly string[] = ['azureReservation', 'perpetualSoftware', 'softwareSubscription']

/** The partner's customers, as far as an order client needs them. */
export const customerRoutes: FastifyPluginCallbackZod = (app, _options, done) => {
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
    {
      schema: {
        ...deletion,
        response: {
          ...deletion.response,
          404: {
            description: 'The account is a production account.',
            content: { 'application/json': { schema: GatewayErrorBody } },
          },
        },
      },
    },
    (request, reply) => {
      const { account, params } = request
      if (account.settings.kind === 'production') {
        answerGatewayNotFound(request, reply, 'customers can be deleted in a sandbox account only')
        return
      }
      const { id } = findCustomer(account, params.customerTenantId)
      const open = openOrders(account, id)
      if (open.length > 0) throw new PartnerCenterError('customerHasOrders', { values: [open.join(', ')] })
      account.customers.remove(id)
      sendNothing(reply)
    },
  )
  done()
}

/** The friendly ids of the orders that keep a customer, as the service prints them. */
function openOrders(account: Account, customerId: string): string[] {
  return account.orders
    .numbersOf(customerId, { withSystemPurchases: true })
    .flatMap((orderNumber) => account.orders.get(orderNumber) ?? [])
    .map(readOrder)
    .filter(({ status, lineItems }) => {
      const keeps = lineItems.some(
        ({ offerId, quantity }) => quantity > 0 && keepCustomer.includes(account.products.typeOf(offerId)),
      )
      return keeps && status !== 'cancelled'
    })
    .map(({ id, alternateId }) => alternateId ?? id)
}

function writeCustomer({ id, companyName, domain }: CustomerFixture): string {
  const customer: z.infer<typeof Customer> = {
    id,
    companyProfile: { tenantId: id, domain, companyName, attributes: { objectType: 'CustomerCompanyProfile' } },
    relationshipToPartner: 'reseller',
    allowDelegatedAccess: true,
    links: { self: linkTo(`/customers/${id}`) },
    attributes: { objectType: 'Customer' },
  }
  return JSON.stringify(customer)
}
