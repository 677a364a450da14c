import {
  type ApiDocument,
  isReference,
  type Operation,
  operationsIn,
  operationsOf,
  type Parameter,
  type PathItem,
} from './types.ts'

/** Examples of parameters that the example requests do not have. */
const examples: Readonly<Record<string, unknown>> = {
  'MS-RequestId': '65b26053-37d0-4303-9fd1-46ad8012bcb6',
  'MS-CorrelationId': 'd1f4c2b0-9d6a-4d0e-8a53-2f6b1d6d1c11',
  'If-Match': '*',
  indirect_reseller_id: '4847383',
  // Of the journal.
  operation: 'patchOrder',
  method: 'PATCH',
  status: 200,
  customerId: 'bd59b416-37f9-4d8f-8df3-5750111fc615',
  orderId: 'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1',
  requestId: '65b26053-37d0-4303-9fd1-46ad8012bcb6',
  correlationId: 'd1f4c2b0-9d6a-4d0e-8a53-2f6b1d6d1c11',
  limit: 10,
  'X-Emulator-Account': 'default',
}

/**
 * Moves the parameters to components. A parameter whose example differs between operations becomes several components,
 * the further ones named by the first operation that has them.
 */
export function shareParameters(document: ApiDocument): void {
  const shared: Record<string, Parameter> = {}
  for (const operation of operationsOf(document)) {
    const parameters = (operation.parameters ?? []).map((parameter) => {
      if (isReference(parameter)) return parameter
      const example = parameter.example ?? examples[parameter.name]
      const complete = tidyParameter(example === undefined ? parameter : { ...parameter, example })
      return { $ref: `#/components/parameters/${nameOf(complete, operation.operationId, shared)}` }
    })
    if (parameters.length > 0) operation.parameters = parameters
  }
  document.components.parameters = shared
  for (const item of Object.values(document.paths)) joinParameters(item)
}

/** Moves the parameters that all of several operations have to their path. */
function joinParameters(item: PathItem): void {
  const [first, ...others] = operationsIn(item)
  if (first === undefined || others.length === 0) return
  const has = ({ parameters = [] }: Operation, wanted: object) =>
    parameters.some((parameter) => JSON.stringify(parameter) === JSON.stringify(wanted))
  const common = (first.parameters ?? []).filter((parameter) => others.every((other) => has(other, parameter)))
  if (common.length === 0) return
  for (const operation of [first, ...others]) {
    const own = (operation.parameters ?? []).filter((parameter) => !has({ ...first, parameters: common }, parameter))
    if (own.length > 0) operation.parameters = own
    else delete operation.parameters
  }
  item.parameters = common
}

/** The usual order of the members, and neither `required: false` nor the description twice. */
function tidyParameter({ schema, ...parameter }: Parameter): Parameter {
  const { description: _, ...type } = schema
  const { name, in: place, description, example } = parameter
  return {
    name,
    in: place,
    ...(place === 'path' ? { required: true } : {}),
    ...(description === undefined ? {} : { description }),
    ...(example === undefined ? {} : { example }),
    schema: type,
  }
}

function nameOf(parameter: Parameter, operationId: string, shared: Record<string, Parameter>): string {
  const text = JSON.stringify(parameter)
  const known = Object.entries(shared).find(([, other]) => JSON.stringify(other) === text)
  if (known !== undefined) return known[0]
  const { name } = parameter
  const own = name in shared ? `${name}.${operationId}` : name
  shared[own] = parameter
  return own
}
