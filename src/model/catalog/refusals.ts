import type { DocumentedError } from '../documented-error.ts'
import { errorList, guessed } from '../sources.ts'

/** Refusals of the catalog. */
export const catalogRefusals = {
  productNotFound: {
    status: 404,
    code: 400013,
    description: 'Product was not found.',
    when: 'the product is not in the catalog',
    source: errorList,
  },
  skuNotFound: {
    status: 404,
    code: 400018,
    description: 'Sku was not found.',
    when: 'the SKU is not one of the product',
    source: errorList,
  },
  availabilityNotFound: {
    status: 404,
    code: 400019,
    description: 'Availability not found.',
    when: 'the availability is not one of the SKU',
    source: errorList,
  },
  segmentNotAllowed: {
    status: 403,
    code: 400030,
    description: 'Access to the requested targetSegment is not allowed.',
    when: 'targetSegment is not commercial, education, government or nonprofit',
    source: guessed('get-a-list-of-products', '2023-08-23'),
  },
  viewNotAllowed: {
    status: 403,
    code: 400036,
    description: 'Access to the requested targetView is not allowed.',
    when: 'targetView is not a word of the edition: SpecializedOffers is one from 2022 on, MarketplaceSaaS from 2023 on',
    source: guessed('get-a-list-of-products', '2023-08-23'),
  },
  offerNotFound: {
    status: 400,
    code: 2100,
    description: 'The Offers API does not support item with id {0}. Please try using the Products and/or SKUs APIs',
    when: 'the id does not name a legacy offer',
    source: errorList,
  },
} as const satisfies Record<string, DocumentedError>
