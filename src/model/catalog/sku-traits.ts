import { guidOf } from '../ids.ts'
import type { Sku } from './product-schema.ts'
import type { Product, ProductType } from './schema.ts'
import { termsOf } from './schema.ts'

/** The members of a SKU that depend on the product type. */
type SkuMembers = Pick<
  Sku,
  | 'minimumPurchaseCommitment'
  | 'purchasePrerequisites'
  | 'inventoryVariables'
  | 'provisioningVariables'
  | 'actions'
  | 'dynamicAttributes'
>

/** The members of a SKU, and whether its subscriptions renew. */
export interface SkuTraits {
  members: SkuMembers
  isRenewable: boolean
}

const refundable = { inventoryVariables: [], provisioningVariables: [], actions: ['Refund'] }
const cloudAgreement = { purchasePrerequisites: ['MicrosoftCloudAgreement'], ...refundable }
const customerAgreement = { purchasePrerequisites: ['MicrosoftCustomerAgreement'], ...refundable }

/**
 * The traits of a SKU, as the SKUs of new commerce, savings plans, reservations and Azure are printed in get-a-sku-by-id,
 * get-a-list-of-availabilities-for-a-sku-by-customer and get-a-list-of-skus-for-a-product-by-customer (2023-08-23). Those
 * of software, marketplace SaaS and legacy licenses are a guess.
 */
export function skuTraits(product: Product): SkuTraits {
  const { isRenewable, dynamicAttributes, ...ofType } = traits[product.productType](product)
  return {
    isRenewable: isRenewable ?? false,
    members: { ...ofType, dynamicAttributes: { ...dynamicAttributes, ...product.skuAttributes } },
  }
}

type TraitsOf = (product: Product) => SkuMembers & { isRenewable?: boolean }

const newCommerce: TraitsOf = ({ offerId, billingCycles }) => ({
  ...cloudAgreement,
  dynamicAttributes: {
    isMicrosoftProduct: true,
    hasConstraints: true,
    isAddon: false,
    prerequisiteSkus: [],
    isSoftwareAssuranceApplicable: false,
    upgradeTargetOffers: [],
    provisioningId: guidOf(offerId),
    internal: false,
  },
  isRenewable: !billingCycles.includes('none'),
})
const software: TraitsOf = () => ({ ...cloudAgreement, dynamicAttributes: { isMicrosoftProduct: true } })
const saas: TraitsOf = () => ({
  ...customerAgreement,
  dynamicAttributes: { isMicrosoftProduct: false },
  isRenewable: true,
})
const legacy =
  (billing: { billingType: string; unitType: string; category: string }): TraitsOf =>
  ({ productType, billingCycles }) => ({
    purchasePrerequisites: ['MicrosoftCloudAgreement'],
    actions: ['Refund'],
    dynamicAttributes: {
      isMicrosoftProduct: true,
      billingType: billing.billingType,
      category: billing.category,
      isAddon: productType === 'legacyAddOn',
      prerequisiteSkus: [],
      hasAddOns: false,
      isAutoRenewable: productType !== 'legacyAzure' && !billingCycles.includes('none'),
      upgradeTargetOffers: null,
      conversionTargetOffers: [],
      unitType: billing.unitType,
      limitUnitOfMeasure: 'None',
      limit: 0,
      reselleeQualifications: [],
      resellerQualifications: [],
    },
    isRenewable: productType !== 'legacyAzure',
  })
const license = legacy({ billingType: 'license', unitType: 'Licenses', category: 'Enterprise' })

const reservation: TraitsOf = (product) => {
  const [, armSkuName, region] = /^Reserved VM Instance, (\w+), (.+), \d/.exec(product.title) ?? []
  const years = termsOf(product)[0]?.termDuration.replace(/^P(\d)Y$/, '$1')
  return {
    purchasePrerequisites: ['AzureSubscriptionRegistration', 'InventoryCheck'],
    inventoryVariables: ['CustomerId', 'AzureSubscriptionId'],
    provisioningVariables: ['Scope', 'SubscriptionId'],
    dynamicAttributes: {
      ...(armSkuName === undefined ? {} : { armSkuName }),
      ...(region === undefined ? {} : { armRegionName: armRegionOf(region) }),
      duration: `${years}Year${years === '1' ? '' : 's'}`,
      ...(region === undefined ? {} : { region }),
    },
  }
}

/** `eastus2` for US East 2, as Azure names its regions. */
function armRegionOf(region: string): string {
  return region
    .replace(/^(US) (\w+)/, '$2$1')
    .replaceAll(' ', '')
    .toLowerCase()
}

const savingsPlan: TraitsOf = (product) => {
  const termDuration = termsOf(product)[0]?.termDuration ?? ''
  const years = termDuration.replace(/^P(\d)Y$/, '$1')
  return {
    minimumPurchaseCommitment: {
      grain: 'Hourly',
      currencyCode: { code: 'USD', symbol: '$' },
      amount: '0.001',
    },
    ...cloudAgreement,
    dynamicAttributes: {
      isMicrosoftProduct: true,
      armSkuName: 'Compute_Savings_Plan',
      duration: `${years}year${years === '1' ? '' : 's'}`,
      termDuration,
      internal: false,
    },
  }
}

const traits: Readonly<Record<ProductType, TraitsOf>> = {
  azureReservation: reservation,
  perpetualSoftware: software,
  softwareSubscription: (product) => ({ ...software(product), isRenewable: true }),
  saasFlatRate: saas,
  saasMetered: saas,
  saasSeatBased: saas,
  saasTrial: saas,
  azurePlan: () => ({
    ...customerAgreement,
    dynamicAttributes: { isMicrosoftProduct: true, pilotProgram: 'modernazurepilot' },
    isRenewable: true,
  }),
  newCommerceLicense: newCommerce,
  newCommerceTrial: newCommerce,
  savingsPlan,
  legacyLicense: license,
  legacyAddOn: license,
  legacyAzure: legacy({ billingType: 'usage', unitType: 'Usage-based', category: 'Enterprise' }),
}
