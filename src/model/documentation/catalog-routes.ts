import type { RouteRow } from './route-row.ts'

const ofCustomer = '/customers/{c}/products/{p}'

/** Products, offers, inventory and promotions, below `/v1`. */
export const catalogRoutes: readonly RouteRow[] = [
  [2, 'GET /products?country&targetView&targetSegment&reservationScope', 'get-a-list-of-products', '2023-08-23'],
  [2, 'GET /products/{p}?country', 'get-a-product-by-id', '2022-06-28'],
  [
    2,
    'GET /products/{p}/skus?country&targetSegment&reservationScope',
    'get-a-list-of-skus-for-a-product',
    '2023-08-23',
  ],
  [2, 'GET /products/{p}/skus/{k}?country', 'get-a-sku-by-id', '2023-08-23'],
  [
    2,
    'GET /products/{p}/skus/{k}/availabilities?country&targetSegment&reservationScope',
    'get-a-list-of-availabilities-for-a-sku',
    '2023-08-23',
  ],
  [2, 'GET /products/{p}/skus/{k}/availabilities/{a}?country', 'get-an-availability-by-id', '2023-08-23'],
  [2, 'GET /customers/{c}/products?targetView', 'get-a-list-of-products-by-customer', '2022-06-28'],
  [3, `GET ${ofCustomer}`, '', ''],
  [2, `GET ${ofCustomer}/skus`, 'get-a-list-of-skus-for-a-product-by-customer', '2023-08-23'],
  [3, `GET ${ofCustomer}/skus/{k}`, '', ''],
  [2, `GET ${ofCustomer}/skus/{k}/availabilities`, 'get-a-list-of-availabilities-for-a-sku-by-customer', '2023-08-23'],
  [3, `GET ${ofCustomer}/skus/{k}/availabilities/{a}`, '', ''],
  [3, 'POST /extensions/product/checkInventory?country', 'check-inventory', '2023-08-23'],
  [2, 'GET /offers?country&offer_category_id&offset&size', 'get-a-list-of-offers-for-a-market', '2023-08-23'],
  [2, 'GET /offers/{id}?country', 'get-an-offer-by-id', '2023-08-23'],
  [2, 'GET /offers/{id}/addons?country', 'get-addon-offers-by-offer-id', '2022-06-28'],
  [4, 'GET /offercategories?country', 'get-a-list-of-offer-categories-by-country-and-locale', '2023-08-23'],
  [3, 'GET /customers/{c}/offers?offset&size', '', ''],
  [3, 'GET /customers/{c}/offercategories', '', ''],
  [3, 'GET /productpromotions?country&segment', 'get-promotions', '2023-08-23'],
  [3, 'GET /productpromotions/{id}?country', 'get-promotion-by-id', '2023-06-14'],
  [3, 'POST /customers/{c}/promotionEligibilities', 'verify-promotion-eligibility', '2022-11-17'],
]
