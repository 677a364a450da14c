import t from 'tap'
import { documentedOrder, everyProduct, noOrders, runEmulator } from '../running-emulator.ts'

const documented = documentedOrder.replace(/\/orders.*/, '')

t.test('a customer has the same document in the list and in a single read', async (t) => {
  const { send } = await runEmulator(t)
  const list = await send('/v1/customers?size=40')
  t.match(list.body, { totalCount: 7, links: { self: { uri: '/customers' } } })
  const one = await send(documented.toUpperCase().replace('/V1/CUSTOMERS', '/v1/customers'))
  t.match(one.body, {
    id: 'bd59b416-37f9-4d8f-8df3-5750111fc615',
    companyProfile: { tenantId: 'bd59b416-37f9-4d8f-8df3-5750111fc615' },
    relationshipToPartner: 'reseller',
    attributes: { objectType: 'Customer' },
  })
  t.ok(list.text.includes(one.text))
})

t.test('a deleted sandbox customer can no longer be read and is not in the list', async (t) => {
  const { send } = await runEmulator(t)
  const reply = await send(noOrders, { method: 'DELETE' })
  t.equal(reply.status, 204)
  t.equal(reply.text, '')
  t.equal((await send(noOrders)).status, 403)
  t.match((await send('/v1/customers')).body, { totalCount: 6 })
})

t.test(
  'a customer with active software or reservation orders cannot be deleted, and the refusal lists their alternate ids',
  async (t) => {
    const { send, patch } = await runEmulator(t)
    t.match((await send(documented, { method: 'DELETE' })).body, {
      description:
        'Customer relationship cannot be removed due to active Azure reserved instances.Please cancel the following orders: 11fc4bdfd47a',
    })
    await patch(documentedOrder, { status: 'cancelled' })
    t.equal((await send(documented, { method: 'DELETE' })).status, 204)
    t.equal((await send(documentedOrder)).status, 403)
  },
)

t.test('after the documented clean-up, only an order with a pending change keeps its customer', async (t) => {
  const { send, patch } = await runEmulator(t)
  const { items } = JSON.parse((await send(`${everyProduct}/orders`)).text)
  for (const { id } of items) await patch(`${everyProduct}/orders/${id}`, { status: 'cancelled' })
  const { body } = await send(everyProduct, { method: 'DELETE' })
  const stuck = items.find(({ id }: { id: string }) => id.startsWith('software-adjustment-pending')).alternateId
  t.match(body, { description: new RegExp(`: ${stuck}$`) }, 'only the order with a pending change is left')
})

t.test('a production account has no route to delete a customer', async (t) => {
  const { send } = await runEmulator(t, { account: 'production' })
  const reply = await send(noOrders, { method: 'DELETE' })
  t.equal(reply.status, 404)
  t.same(reply.body, { statusCode: 404, message: 'Resource not found' })
})
