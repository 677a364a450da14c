import t from 'tap'
import { documentedOrder, everyProduct, runEmulator } from '../../running-emulator.ts'

const wellFormed = ['Bearer x', 'bearer eyJhbGciOiJub25lIn0.e30.', 'Bearer a-b._~+/==']
const malformed = ['Basic eDp5', 'Bearer', 'Bearer ', 'Bearer two words', 'x', 'Bearer "quoted"']

for (const auth of ['optional', 'required'] as const) {
  t.test(`auth=${auth} accepts any well-formed bearer token and refuses a malformed one`, async (t) => {
    const { send } = await runEmulator(t, { auth })
    for (const authorization of wellFormed) {
      t.equal((await send(documentedOrder, { headers: { authorization } })).status, 200, authorization)
    }
    for (const authorization of malformed) {
      const reply = await send(documentedOrder, { headers: { authorization } })
      t.equal(reply.status, 401, authorization)
      t.match(reply.body, { code: 800001, description: 'Partner Token missing in request context' })
    }
  })
}

t.test('auth=optional accepts a request without a token', async (t) => {
  const { send } = await runEmulator(t)
  t.equal((await send(documentedOrder)).status, 200)
})

t.test('auth=required refuses a request without a token before any other check', async (t) => {
  const { send, patch } = await runEmulator(t, { auth: 'required' })
  for (const reply of [
    await send(documentedOrder),
    await send('/v1/customers/x/orders/y'),
    await patch(documentedOrder, ''),
  ]) {
    t.equal(reply.status, 401)
    t.equal(reply.headers.get('WWW-Authenticate'), 'OAuth realm=urn:cpsvc:cpid:9e0c1f4a-5a0b-4b1e-9d3a-6f7c2d8e4b10')
    t.match(reply.headers.get('X-Emulator-Hint'), /auth=optional/)
  }
  t.equal((await send('/_emulator/health')).status, 200, 'the control plane needs no token')
})

t.test('a request that is refused for its missing token changes nothing', async (t) => {
  const { send, patch } = await runEmulator(t, { auth: 'required' })
  const path = `${everyProduct}/orders/perpetualSoftware-completed-00001`
  await patch(path, { status: 'cancelled' })
  t.match((await send(path, { headers: { authorization: 'Bearer x' } })).body, { status: 'completed' })
})
