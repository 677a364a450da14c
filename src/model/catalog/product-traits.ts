import type { ProductType } from './schema.ts'

/** The traits of a product type that decide how its orders, lines and subscriptions look. */
export interface ProductTraits {
  /** Legacy orders have a GUID as id and an etag, and complete at once. */
  legacy: boolean
  /** When a line gets its subscription: at purchase, when the order completes, or never. */
  subscription: 'at once' | 'on completion' | 'none'
  /** Whether the order waits until the customer activates the subscription. */
  activated: boolean
  /** `productType.id` of the catalog's product. */
  catalogType: string
  /** `productType.subType.id`, where the product has one. */
  catalogSubType?: string
  /** The statuses that a PATCH of its subscription may set. */
  statuses: readonly ('active' | 'suspended' | 'deleted')[]
}

const software = { legacy: false, activated: false, catalogType: 'Software' } as const
const saas = {
  legacy: false,
  subscription: 'at once',
  activated: true,
  catalogType: 'Azure',
  catalogSubType: 'SaaS',
  statuses: ['active', 'deleted'],
} as const
const legacy = {
  legacy: true,
  subscription: 'at once',
  activated: false,
  catalogType: 'OnlineServices',
  statuses: ['active', 'suspended'],
} as const

const newCommerce = {
  legacy: false,
  subscription: 'on completion',
  activated: false,
  catalogType: 'OnlineServicesNCE',
  statuses: ['active', 'suspended', 'deleted'],
} as const

export const productTraits: Readonly<Record<ProductType, ProductTraits>> = {
  azureReservation: {
    legacy: false,
    subscription: 'none',
    activated: false,
    catalogType: 'Azure',
    catalogSubType: 'VirtualMachines',
    statuses: [],
  },
  perpetualSoftware: { ...software, subscription: 'none', statuses: [] },
  softwareSubscription: { ...software, subscription: 'on completion', statuses: ['active', 'deleted'] },
  saasFlatRate: saas,
  saasMetered: saas,
  saasSeatBased: saas,
  saasTrial: saas,
  azurePlan: {
    legacy: false,
    subscription: 'on completion',
    activated: false,
    catalogType: 'Azure',
    catalogSubType: 'AzurePlan',
    statuses: ['active', 'suspended'],
  },
  newCommerceLicense: newCommerce,
  newCommerceTrial: newCommerce,
  savingsPlan: {
    legacy: false,
    subscription: 'on completion',
    activated: false,
    catalogType: 'Azure',
    catalogSubType: 'SavingsPlan',
    statuses: [],
  },
  legacyLicense: legacy,
  legacyAddOn: legacy,
  legacyAzure: { ...legacy, catalogType: 'Azure' },
}

/** A product type as catalog and subscriptions write it. */
export interface WrittenProductType {
  id: string
  displayName: string
  subType?: { id: string; displayName: string }
}

export function writeProductType(type: ProductType): WrittenProductType {
  const { catalogType, catalogSubType } = productTraits[type]
  const subType = catalogSubType === undefined ? {} : { subType: { id: catalogSubType, displayName: catalogSubType } }
  return { id: catalogType, displayName: catalogType, ...subType }
}

/** The publisher of a product. The marketplace sells products of others. */
export function publisherOf(type: ProductType): string {
  return productTraits[type].catalogSubType === 'SaaS' ? 'SaaS publisher' : 'Microsoft Corporation'
}
