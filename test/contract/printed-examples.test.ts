import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { connectEmulator } from '../../src/control-client.ts'
import { noOrders, type RunningEmulator, runEmulator } from '../running-emulator.ts'
import { difference } from './printed/difference.ts'
import { type Example, examples, type Step } from './printed/examples.ts'

const bodies: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(new URL('printed/bodies.json', import.meta.url), 'utf8'),
)

const customer = noOrders.slice('/v1/customers/'.length)

function bodyNamed(name: string): unknown {
  if (!(name in bodies)) throw new Error(`bodies.json has no ${name}`)
  return bodies[name]
}

/** The value at a place such as `orders[0].id` or `items[id=x]`. */
function valueAt(body: unknown, place: string): unknown {
  return (place.match(/[^.[\]]+/g) ?? []).reduce((value: unknown, step) => {
    const [name = '', wanted] = step.split('=')
    if (wanted === undefined || !Array.isArray(value)) return Object(value)[name]
    return value.find((item) => Object(item)[name] === wanted)
  }, body)
}

/** The text of a request's body. */
function bodyText({ body, uses = {} }: Step, kept: ReadonlyMap<string, string>): string {
  const text = JSON.stringify(typeof body === 'string' ? bodyNamed(body) : body)
  return Object.entries(uses).reduce((rest, [printed, name]) => rest.replaceAll(printed, kept.get(name) ?? ''), text)
}

async function send({ send }: RunningEmulator, prefix: string, step: Step, kept: Map<string, string>) {
  const [method = '', template = ''] = step.request.split(' ')
  const path = template.replace(/\{(\w+)\}/g, (_, name) => kept.get(name) ?? '')
  const headers = { 'Content-Type': 'application/json' }
  return send(
    `${prefix}${path}`,
    step.body === undefined ? { method } : { method, headers, body: bodyText(step, kept) },
  )
}

/** The differences that a step does not accept, and the accepted ones that are not there. */
function unexpected({ printed, at = '', differs = [] }: Step, body: unknown): string[] {
  if (printed === undefined) return []
  const found = difference(valueAt(body, at), bodyNamed(printed))
  const unused = differs.filter(([place]) => !found.some((line) => place.test(line)))
  return [
    ...found.filter((line) => !differs.some(([place]) => place.test(line))),
    ...unused.map(([place]) => `no difference at ${place}`),
  ]
}

async function run(t: Test, emulator: RunningEmulator, name: string, example: Example): Promise<void> {
  const control = await connectEmulator(emulator.url)
  await control.configure(name, { rules: example.edition, kind: example.kind ?? 'sandbox', fulfilmentDelay: 'manual' })
  if (example.now !== undefined) await control.account(name).clock.set({ now: example.now })
  const kept = new Map([['customer', customer]])
  for (const step of example.steps) {
    const { status, body, text } = await send(emulator, `/accounts/${name}`, step, kept)
    t.equal(status, step.status, `${step.request}: ${text.slice(0, 300)}`)
    t.same(unexpected(step, body), [], step.request)
    for (const [variable, place] of Object.entries(step.keep ?? {})) kept.set(variable, String(valueAt(body, place)))
  }
}

t.test('an example of the documentation gets the printed reply', async (t) => {
  const emulator = await runEmulator(t)
  for (const [at, example] of examples.entries())
    await t.test(`${example.page}, ${example.date}`, (t) => run(t, emulator, `example-${at}`, example))
})
