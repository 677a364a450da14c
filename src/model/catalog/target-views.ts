import { type EditionName, isSince } from '../editions.ts'
import { type Refusal, refuse } from '../refusals.ts'
import { documented, type Source } from '../sources.ts'
import type { Product, ProductType } from './schema.ts'

/** A view of the catalog: the product types that it shows, and the first edition that has it. */
interface TargetView {
  types: readonly ProductType[]
  /** Further condition on the title. */
  title?: RegExp
  since: EditionName
  source: Source
}

const reservations: readonly ProductType[] = ['azureReservation']
const saas: readonly ProductType[] = ['saasFlatRate', 'saasMetered', 'saasSeatBased', 'saasTrial']
const newCommerce: readonly ProductType[] = ['newCommerceLicense', 'newCommerceTrial']
const plans: readonly ProductType[] = ['legacyAzure', 'azurePlan']
const software: readonly ProductType[] = ['perpetualSoftware', 'softwareSubscription']

const list = documented('get-a-list-of-products', '2023-08-23')
const view = (types: readonly ProductType[], title?: RegExp): TargetView => ({
  types,
  since: '2019',
  source: list,
  ...(title === undefined ? {} : { title }),
})

/** The words of `targetView`. The types of each are a guess from the word and the printed lists. */
export const targetViews: Readonly<Record<string, TargetView>> = {
  Azure: view([...reservations, ...plans, 'savingsPlan']),
  AzureReservations: view(reservations),
  AzureReservationsVM: view(reservations, /^(?!.*(SQL|Cosmos))/i),
  AzureReservationsSQL: view(reservations, /SQL/i),
  AzureReservationsCosmosDb: view(reservations, /Cosmos/i),
  MicrosoftAzure: view(plans),
  OnlineServices: view([...newCommerce, ...saas]),
  Software: view(software),
  SoftwareSUSELinux: view(software, /SUSE/i),
  SoftwarePerpetual: view(['perpetualSoftware']),
  SoftwareSubscriptions: view(['softwareSubscription']),
  SpecializedOffers: { ...view([]), since: '2022' },
  MarketplaceSaaS: { ...view(saas), since: '2023' },
}

/** A request for a part of the catalog. */
export interface CatalogQuery {
  targetView?: string | undefined
  targetSegment?: string | undefined
  /** Whether the request is for a customer. Savings plans show only there. */
  ofCustomer: boolean
  rules: EditionName
}

export const segments = ['commercial', 'education', 'government', 'nonprofit'] as const

/** A filter of products, or a refusal. Every product of the catalog is of the commercial segment. */
export function catalogFilter(query: CatalogQuery): { shows: (product: Product) => boolean } | Refusal {
  const { targetView, targetSegment, ofCustomer, rules } = query
  const segment = targetSegment?.toLowerCase() ?? 'commercial'
  if (!segments.some((known) => known === segment)) return refuse('segmentNotAllowed')
  const shown = targetView === undefined ? undefined : findView(targetView, rules)
  if (targetView !== undefined && shown === undefined) return refuse('viewNotAllowed')
  return {
    shows: ({ productType, title }) =>
      segment === 'commercial' &&
      (productType !== 'savingsPlan' || ofCustomer) &&
      (shown === undefined || (shown.types.includes(productType) && (shown.title?.test(title) ?? true))),
  }
}

function findView(word: string, rules: EditionName): TargetView | undefined {
  const [, found] = Object.entries(targetViews).find(([name]) => name.toLowerCase() === word.toLowerCase()) ?? []
  return found !== undefined && isSince(rules, found.since) ? found : undefined
}
