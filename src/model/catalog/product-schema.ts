import * as z from 'zod'
import { type Infer, lazy } from '../lazy.ts'
import { Links } from '../links.ts'

const NamedType = lazy(() =>
  z.strictObject({
    id: z.string().meta({ description: 'Id of the type.' }),
    displayName: z.string().meta({ description: 'Name of the type.' }),
  }),
)

/** https://learn.microsoft.com/partner-center/developer/product-resources */
export const CatalogProduct = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'Product id, the first part of an offer id.' }),
      title: z.string().meta({ description: 'Name of the product.' }),
      description: z.string().meta({ description: 'Description of the product.' }),
      productType: NamedType()
        .extend({ subType: NamedType().optional().meta({ description: 'A finer type, such as SaaS.' }) })
        .meta({ description: 'Type of the product.' }),
      isMicrosoftProduct: z.boolean().meta({ description: 'Whether the publisher is Microsoft.' }),
      publisherName: z.string().meta({ description: 'Name of the publisher.' }),
      links: Links(),
    })
    .meta({ id: 'Product', description: 'A product of the catalog.' }),
)
export type CatalogProduct = Infer<typeof CatalogProduct>

const Currency = lazy(() =>
  z.strictObject({
    code: z.string().meta({ description: 'ISO 4217 code.' }),
    symbol: z.string().meta({ description: 'Symbol of the currency.' }),
  }),
)

const Texts = lazy(() => z.array(z.string()))

export const Sku = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'SKU id, the second part of an offer id.' }),
      productId: z.string().meta({ description: 'Id of the product.' }),
      title: z.string().meta({ description: 'Name of the SKU.' }),
      description: z.string().meta({ description: 'Description of the SKU.' }),
      minimumQuantity: z.int().meta({ description: 'Smallest quantity of a line.' }),
      maximumQuantity: z.int().meta({ description: 'Largest quantity of a line.' }),
      minimumPurchaseCommitment: z
        .strictObject({
          grain: z.string().meta({ description: 'Unit of time, such as Hourly.' }),
          currencyCode: Currency().meta({ description: 'Currency of the amount.' }),
          amount: z.string().meta({ description: 'Smallest amount.' }),
        })
        .optional()
        .meta({ description: 'Smallest commitment of a savings plan.' }),
      isTrial: z.boolean().meta({ description: 'Whether it is a trial.' }),
      supportedBillingCycles: Texts().meta({ description: 'Billing cycles that an order may ask for.' }),
      purchasePrerequisites: Texts().meta({ description: 'Steps before a purchase, such as InventoryCheck.' }),
      inventoryVariables: Texts().optional().meta({ description: 'Variables that an inventory check needs.' }),
      provisioningVariables: Texts().optional().meta({ description: 'Members of the provisioningContext of a line.' }),
      actions: Texts().optional().meta({ description: 'Actions on a purchase, such as Refund.' }),
      dynamicAttributes: z
        .record(z.string(), z.unknown())
        .meta({ description: 'Attributes that depend on the type of the product.' }),
      links: Links(),
    })
    .meta({ id: 'Sku', description: 'A SKU of a product.' }),
)
export type Sku = Infer<typeof Sku>

const RenewalInstruction = lazy(() =>
  z
    .strictObject({
      applicableTermIds: Texts().meta({ description: 'Ids of the terms that it is for.' }),
      renewalOptions: z
        .array(
          z.strictObject({
            renewToId: z.string().meta({ description: 'Product and SKU after the renewal.' }),
            isAutoRenewable: z.boolean().meta({ description: 'Whether a subscription can renew by itself.' }),
          }),
        )
        .meta({ description: 'Ways of the renewal.' }),
    })
    .meta({ description: 'How subscriptions of some terms renew.' }),
)

const RefundOption = lazy(() =>
  z.strictObject({
    sequenceId: z.int().meta({ description: 'Place among the options.' }),
    type: z.string().meta({ description: 'Full or partial refund.' }),
    expiresAfter: z.string().meta({ description: 'How long it holds, an ISO 8601 duration.' }),
  }),
)

const CatalogTerm = lazy(() =>
  z
    .strictObject({
      id: z.string().optional().meta({ description: 'Id of the term.' }),
      duration: z.string().meta({ description: 'Length of the term, an ISO 8601 duration.' }),
      description: z.string().meta({ description: 'Text for people.' }),
      billingCycle: z.string().optional().meta({ description: 'Billing cycle of the term.' }),
      cancellationPolicies: z
        .array(
          z.strictObject({
            refundOptions: z.array(RefundOption()).meta({ description: 'Refunds after a cancellation.' }),
          }),
        )
        .optional()
        .meta({ description: 'Policies of a cancellation.' }),
    })
    .meta({ description: 'A term that an order may ask for.' }),
)
export type CatalogTerm = Infer<typeof CatalogTerm>

export const Availability = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'Availability id, the third part of an offer id.' }),
      productId: z.string().meta({ description: 'Id of the product.' }),
      skuId: z.string().meta({ description: 'Id of the SKU.' }),
      catalogItemId: z.string().meta({ description: 'The offer id that carts and orders name.' }),
      defaultCurrency: Currency().meta({ description: 'Currency of the prices.' }),
      segment: z.string().meta({ description: 'Customer segment.' }),
      country: z.string().meta({ description: 'ISO 3166 code of the country.' }),
      isPurchasable: z.boolean().meta({ description: 'Whether it can be ordered.' }),
      isRenewable: z.boolean().meta({ description: 'Whether its subscriptions renew.' }),
      renewalInstructions: z.array(RenewalInstruction()).meta({ description: 'How subscriptions renew.' }),
      terms: z.array(CatalogTerm()).meta({ description: 'Terms that an order may ask for.' }),
      links: Links(),
      product: CatalogProduct(),
      sku: Sku(),
    })
    .meta({ id: 'Availability', description: 'An availability of a SKU: the item that an order names.' }),
)
export type Availability = Infer<typeof Availability>
