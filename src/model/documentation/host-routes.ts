import type { RouteRow } from './route-row.ts'

const webhooks = '/webhooks/v1/registration'

/** Routes at the root of the host, without `/v1`. */
export const hostRoutes: readonly RouteRow[] = [
  [3, `GET ${webhooks}/events`, 'partner-center-webhooks', '2023-10-17'],
  [3, `POST ${webhooks}`, 'partner-center-webhooks', '2023-10-17'],
  [3, `GET ${webhooks}`, 'partner-center-webhooks', '2023-10-17'],
  [3, `PUT ${webhooks}`, 'partner-center-webhooks', '2023-10-17'],
  [3, `POST ${webhooks}/validationEvents`, 'partner-center-webhooks', '2023-10-17'],
  [3, `GET ${webhooks}/validationEvents/{id}`, 'partner-center-webhooks', '2023-10-17'],
  [3, 'POST /generatetoken', 'partner-center-authentication', '2021-03-23'],
  [3, 'POST /v3/generatetoken', 'partner-center-authentication', '2021-03-23'],
]
