import type { ProductType } from './schema.ts'

/** How the orders, lines and subscriptions of a product type differ from those of others. */
export interface ProductWorld {
  /** Legacy orders have a GUID as id and an etag, and are complete at once. */
  legacy: boolean
  /** When a line gets its subscription: when bought, when the order completes, or never. */
  subscription: 'at once' | 'on completion' | 'none'
  /** The order waits for the customer to activate the subscription. */
  activated: boolean
  /** Where the catalog says no more than `productType.id`. */
  catalogType: string
  catalogSubType?: string
  /** The group of a cart that its items are ordered in. */
  cartGroup: 'OMS-0' | '0' | '1'
  /** What a PATCH of its subscription may set the status to. */
  statuses: readonly ('active' | 'suspended' | 'deleted')[]
}

const software = { legacy: false, activated: false, catalogType: 'Software', cartGroup: '0' } as const
const saas = {
  legacy: false,
  subscription: 'at once',
  activated: true,
  catalogType: 'Azure',
  catalogSubType: 'SaaS',
  cartGroup: '1',
  statuses: ['active', 'deleted'],
} as const
const legacy = {
  legacy: true,
  subscription: 'at once',
  activated: false,
  catalogType: 'OnlineServices',
  cartGroup: 'OMS-0',
  statuses: ['active', 'suspended'],
} as const

export const productWorlds: Readonly<Record<ProductType, ProductWorld>> = {
  azureReservation: {
    legacy: false,
    subscription: 'none',
    activated: false,
    catalogType: 'Azure',
    catalogSubType: 'VirtualMachines',
    cartGroup: '0',
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
    cartGroup: '1',
    statuses: ['active', 'suspended'],
  },
  newCommerceLicense: {
    legacy: false,
    subscription: 'on completion',
    activated: false,
    catalogType: 'OnlineServicesNCE',
    cartGroup: '1',
    statuses: ['active', 'suspended', 'deleted'],
  },
  legacyLicense: legacy,
  legacyAddOn: legacy,
  legacyAzure: { ...legacy, catalogType: 'Azure' },
}
