import type { FastifyRequest } from 'fastify'
import type { Account } from '../../accounts/account.ts'
import { createCustomer } from '../../model/customers/create.ts'
import {
  BillingProfile,
  billingProfileOf,
  CompanyProfile,
  CustomerDocument,
  companyProfileOf,
  createdDocumentOf,
  customerDocumentOf,
} from '../../model/customers/documents.ts'
import { refuseRemoval } from '../../model/customers/removal.ts'
import type { Customer } from '../../model/customers/schema.ts'
import type { Routes } from '../../routes.ts'
import { readSubscription } from '../../storage/orders/ledger.ts'
import { readOrder } from '../../storage/orders/row.ts'
import { refuseAppOnly } from '../hooks/authorization.ts'
import { orThrow, PartnerCenterError } from '../protocol/errors.ts'
import { replyGatewayNotFound } from '../protocol/gateway.ts'
import { findCustomer } from '../protocol/lookup.ts'
import { CustomerPath } from '../protocol/parameters.ts'
import { sendChange, sendDocument, sendNothing } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'
import { CustomerListQuery, CustomerPage, sendCustomers } from './list.ts'
import { CustomerPatch, CustomerRequest, readCustomerPatch, readCustomerRequest } from './requests.ts'

/** The customers of the partner. */
export const customerRoutes: Routes = (app) => {
  const url = '/customers/:customerTenantId'

  app.get(
    '/customers',
    { schema: describe('listCustomers', { querystring: CustomerListQuery }, 200, CustomerPage) },
    (request, reply) => sendCustomers(request, reply, request.query),
  )

  app.post(
    '/customers',
    { schema: describe('createCustomer', { body: CustomerRequest }, 201, CustomerDocument) },
    (request, reply) => {
      sendChange(request, reply, 'POST customers', () => {
        const asked = readCustomerRequest(request)
        if (asked.associatedPartnerId !== undefined) refuseAppOnly(request)
        const { customers, settings, random } = request.account
        const { customer, password } = orThrow(
          createCustomer(asked, {
            kind: settings.kind,
            customers: customers.count(),
            isDomainTaken: (domain) => customers.findByDomain(domain) !== undefined,
            random,
          }),
        )
        customers.add(customer)
        return { status: 201, document: JSON.stringify(createdDocumentOf(customer, password)) }
      })
    },
  )

  app.get(
    url,
    { schema: describe('getCustomer', { params: CustomerPath }, 200, CustomerDocument) },
    (request, reply) => {
      const customer = findCustomer(request.account, request.params.customerTenantId)
      sendDocument(request, reply, JSON.stringify(customerDocumentOf(customer)))
    },
  )

  app.patch(
    url,
    { schema: describe('patchCustomer', { params: CustomerPath, body: CustomerPatch }, 200, CustomerDocument) },
    (request, reply) => {
      const { account, params } = request
      refuseAppOnly(request)
      sendChange(request, reply, `PATCH customer ${params.customerTenantId.toLowerCase()}`, () => ({
        status: 200,
        document: patchCustomer(account, findCustomer(account, params.customerTenantId), request),
      }))
    },
  )

  app.delete(url, { schema: describe('deleteCustomer', { params: CustomerPath }, 204) }, (request, reply) => {
    const { account, params } = request
    if (account.settings.kind === 'production') {
      replyGatewayNotFound(request, reply, 'customers can be deleted in a sandbox account only')
      return
    }
    const { id } = findCustomer(account, params.customerTenantId)
    refuseWithOpenOrders(account, id)
    account.write(undefined, () => {
      account.customers.remove(id)
      return { status: 204, document: '' }
    })
    sendNothing(reply)
  })

  app.get(
    `${url}/profiles/company`,
    { schema: describe('getCompanyProfile', { params: CustomerPath }, 200, CompanyProfile) },
    (request, reply) => {
      const customer = findCustomer(request.account, request.params.customerTenantId)
      sendDocument(request, reply, JSON.stringify(companyProfileOf(customer)))
    },
  )

  app.get(
    `${url}/profiles/billing`,
    { schema: describe('getBillingProfile', { params: CustomerPath }, 200, BillingProfile) },
    (request, reply) => {
      const customer = findCustomer(request.account, request.params.customerTenantId)
      sendDocument(request, reply, JSON.stringify(billingProfileOf(customer)))
    },
  )
}

/** Ends the relationship with a customer or gives up delegated rights, and returns the document. */
function patchCustomer(account: Account, customer: Customer, request: FastifyRequest): string {
  const { ends, ...change } = readCustomerPatch(request)
  if (ends) {
    refuseWithOpenOrders(account, customer.id)
    account.customers.remove(customer.id)
    return JSON.stringify({ ...customerDocumentOf(customer), relationshipToPartner: 'none' })
  }
  const changed = { ...customer, ...change }
  account.customers.replace(changed)
  return JSON.stringify(customerDocumentOf(changed))
}

/** Throws `customerHasOrders`. */
function refuseWithOpenOrders({ orders, products, subscriptions }: Account, customerId: string): void {
  const all = orders
    .numbersOf(customerId, { withSystemPurchases: true })
    .flatMap((orderNumber) => orders.get(orderNumber) ?? [])
    .map(readOrder)
  const refusal = refuseRemoval(all, {
    productTypeOf: products.typeOf,
    statusOfSubscription(subscriptionId) {
      const stored = subscriptions.find(subscriptionId)
      return stored === undefined ? undefined : readSubscription(stored.document).status
    },
  })
  if (refusal !== undefined) throw new PartnerCenterError(refusal.refused, refusal)
}
