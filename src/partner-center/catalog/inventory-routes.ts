import * as z from 'zod'
import { itemOf } from '../../model/catalog/item.ts'
import { type Infer, lazy } from '../../model/lazy.ts'
import type { Routes } from '../../routes.ts'
import { readBody } from '../protocol/body.ts'
import { findCustomer } from '../protocol/lookup.ts'
import { sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'
import { anyCase } from '../protocol/unknown-members.ts'
import { CountryQuery, countryOf } from './requests.ts'

/** https://learn.microsoft.com/partner-center/developer/check-inventory */
const InventoryCheck = lazy(() =>
  anyCase({
    targetItems: z
      .array(
        anyCase({
          productId: z.string().meta({ description: 'Product id, in any case.' }),
          skuId: z.string().nullish().meta({ description: 'SKU id. Every SKU of the product without it.' }),
        }),
      )
      .max(1000)
      .meta({ description: 'Items to check.' }),
    inventoryContext: anyCase({
      customerId: z.string().nullish().meta({ description: "The customer's tenant id." }),
      azureSubscriptionId: z.string().nullish().meta({ description: 'Azure subscription of a reservation.' }),
      armRegionName: z.string().nullish().meta({ description: 'Azure region of a reservation.' }),
    })
      .nullish()
      .meta({ description: 'Variables of the check.' }),
  }).meta({ id: 'InventoryCheck', description: 'Items, and the variables of the check.' }),
)
type InventoryCheck = Infer<typeof InventoryCheck>

const InventoryItem = lazy(() =>
  z
    .strictObject({
      productId: z.string().meta({ description: 'Product id.' }),
      skuId: z.string().meta({ description: 'SKU id.' }),
      isRestricted: z.boolean().meta({ description: 'Whether it cannot be bought.' }),
      restrictions: z
        .array(
          z.strictObject({
            reasonCode: z.string().meta({ description: 'Reason, such as NotAvailableForSubscription.' }),
            description: z.string().meta({ description: 'Text for people.' }),
            properties: z
              .strictObject({
                type: z.string().meta({ description: 'Kind of the values.' }),
                values: z.array(z.string()).meta({ description: 'Values of the context that the reason is about.' }),
              })
              .meta({ description: 'Values that the reason is about.' }),
          }),
        )
        .meta({ description: 'Reasons; empty without a restriction.' }),
    })
    .meta({ id: 'InventoryItem', description: 'An item and its restrictions.' }),
)
const InventoryItems = lazy(() => z.array(InventoryItem()))

/** The check of inventory before a purchase. */
export const inventoryRoutes: Routes = (app) => {
  app.post(
    '/extensions/product/checkInventory',
    {
      schema: describe('checkInventory', { querystring: CountryQuery, body: InventoryCheck }, 200, InventoryItems),
    },
    (request, reply) => {
      const { targetItems, inventoryContext } = readBody(request, InventoryCheck)
      const { customerId, azureSubscriptionId } = inventoryContext ?? {}
      if (customerId) findCustomer(request.account, customerId)
      countryOf(request, reply, request.query.country)
      const items = request.account.products
        .all()
        .filter((product) => targetItems.some((wanted) => asksFor(wanted, product.offerId)))
      const checked = items.map((product) => {
        const { productId, skuId } = itemOf(product)
        const isRestricted = product.inventory !== undefined
        return {
          productId,
          skuId,
          isRestricted,
          restrictions: isRestricted ? [restrictionFor(azureSubscriptionId)] : [],
        }
      })
      sendDocument(request, reply, JSON.stringify(onePerSku(checked)))
    },
  )
}

function asksFor({ productId, skuId }: InventoryCheck['targetItems'][number], offerId: string): boolean {
  const [product, sku] = offerId.split(':')
  return productId.toUpperCase() === product && (!skuId || skuId.toUpperCase() === sku)
}

function restrictionFor(azureSubscriptionId: string | null | undefined) {
  return {
    reasonCode: 'NotAvailableForSubscription',
    description: 'The item is not available for the subscription.',
    properties: { type: 'AzureSubscriptionId', values: azureSubscriptionId ? [azureSubscriptionId] : [] },
  }
}

/** A SKU is restricted when each of its availabilities is. */
function onePerSku(items: readonly Infer<typeof InventoryItem>[]): Infer<typeof InventoryItem>[] {
  const bySku = new Map<string, Infer<typeof InventoryItem>>()
  for (const item of items) {
    const key = `${item.productId}:${item.skuId}`
    const earlier = bySku.get(key)
    if (earlier === undefined || (earlier.isRestricted && !item.isRestricted)) bySku.set(key, item)
  }
  return [...bySku.values()]
}
