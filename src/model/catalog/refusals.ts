import type { DocumentedError } from '../documented-error.ts'
import { errorList } from '../sources.ts'

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
  offerNotFound: {
    status: 400,
    code: 2100,
    description: 'The Offers API does not support item with id {0}. Please try using the Products and/or SKUs APIs',
    when: 'the id does not name a legacy offer',
    source: errorList,
  },
} as const satisfies Record<string, DocumentedError>
