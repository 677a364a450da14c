import { type ControlErrorBody as Body, ControlErrorBody } from '../../../src/control/errors.ts'
import { type ApiDocument, isReference, operationsOf } from './types.ts'

interface ControlErrorExample {
  status: number
  description: string
  value: Body
}

/** The errors of the control plane: every request can get them. */
const controlErrors: Readonly<Record<string, ControlErrorExample>> = {
  invalidRequest: {
    status: 400,
    description: 'The request is invalid.',
    value: {
      error: 'There is no operation patchOrders.',
      hint: 'the nearest is patchOrder; openapi.yaml has them all',
    },
  },
  noControlToken: {
    status: 401,
    description: 'The control token is missing or wrong.',
    value: {
      error: 'The control token is missing or wrong.',
      hint: 'send X-Emulator-Control-Token, see --control-token',
    },
  },
  crossSite: {
    status: 403,
    description: 'A page of another site sent the request, or the host name is not one of the emulator.',
    value: {
      error: 'The host rebound.example is not this machine.',
      hint: 'ask http://127.0.0.1 or http://localhost, or add rebound.example to --allowed-hosts (ALLOWED_HOSTS)',
    },
  },
  notFound: {
    status: 404,
    description: 'The account, snapshot or order does not exist.',
    value: {
      error: 'There is no snapshot before-test.',
      hint: 'GET /_emulator/snapshots lists them; PUT makes one',
    },
  },
  otherVersion: {
    status: 409,
    description: 'The snapshot has the database of another version.',
    value: {
      error: 'The database is of another version.',
      hint: 'take the snapshot again with this version',
    },
  },
  tooManyAccounts: {
    status: 507,
    description: 'The emulator has 1,000 accounts already.',
    value: {
      error: 'There are 1,000 accounts already.',
      hint: 'delete some with DELETE /_emulator/accounts/{name}',
    },
  },
}

/** The response schemas of the errors. */
export function controlErrorResponses() {
  return Object.fromEntries(
    Object.values(controlErrors).map(({ status, description }) => [
      status,
      { description, content: { 'application/json': { schema: ControlErrorBody() } } },
    ]),
  )
}

/** Gives each error response of the control plane an example. */
export function addControlErrorExamples(document: ApiDocument): void {
  for (const { responses } of operationsOf(document)) {
    for (const [name, { status, value }] of Object.entries(controlErrors)) {
      const response = responses[status]
      const media = response === undefined || isReference(response) ? undefined : response.content?.['application/json']
      if (media !== undefined) media.examples = { [name]: { value } }
    }
  }
}
