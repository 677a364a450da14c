import t from 'tap'
import { connectEmulator } from '../../src/control-client.ts'
import { documentedOrder, runEmulator } from '../running-emulator.ts'

const tenant = 'f0000000-0000-4000-8000-00000000000a'
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const grant = 'grant_type=client_credentials&client_id=app&resource=https://api.partnercenter.microsoft.com'

t.test('a forged token creates no account, and a genuine one creates that of its tenant', async (t) => {
  const { url, send } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  const issued = await send(`/${tenant}/oauth2/token`, { method: 'POST', headers: form, body: grant })
  const { access_token: token }: { access_token: string } = JSON.parse(issued.text)
  const [head, , signature] = token.split('.')
  const claims = Buffer.from(JSON.stringify({ tid: 'f0000000-0000-4000-8000-00000000000b' })).toString('base64url')
  const forged = { Authorization: `Bearer ${head}.${claims}.${signature}` }
  const names = async () => (await emulator.accounts()).map(({ name }) => name)
  t.equal((await send(documentedOrder, { headers: forged })).status, 200)
  t.same(await names(), ['default'])
  t.equal((await send(documentedOrder, { headers: { Authorization: `Bearer ${token}` } })).status, 200)
  t.same(await names(), ['default', tenant])
})

t.test(
  'a token of a new tenant creates its account, whatever the time of the clock that it was issued by',
  async (t) => {
    for (const now of ['1980-01-01T00:00:00Z', '2040-01-01T00:00:00Z', '9999-12-31T00:00:00Z']) {
      const { url, send } = await runEmulator(t)
      const emulator = await connectEmulator(url)
      await emulator.clock.set({ now })
      const issued = await send(`/${tenant}/oauth2/token`, { method: 'POST', headers: form, body: grant })
      const headers = { Authorization: `Bearer ${JSON.parse(issued.text).access_token}` }
      t.equal((await send(documentedOrder, { headers })).status, 200)
      t.same(
        (await emulator.accounts()).map(({ name }) => name),
        ['default', tenant],
        now,
      )
    }
  },
)

for (const auth of ['required', 'strict'] as const)
  t.test(`with auth=${auth}, a request without a valid token creates no account`, async (t) => {
    const { url, send } = await runEmulator(t, { auth })
    const emulator = await connectEmulator(url)
    const refused = await send(documentedOrder, { headers: { 'X-Emulator-Account': 'new' } })
    t.match(refused, { status: 401, body: { code: 800001 } })
    t.match(refused.headers.get('X-Emulator-Hint'), /the account new does not exist/)
    t.equal((await emulator.accounts()).length, 1)
    const headers = { 'X-Emulator-Account': 'new', Authorization: 'Bearer emulator-development-token' }
    t.equal((await send(documentedOrder, { headers })).status, 200)
    t.equal((await emulator.accounts()).length, 2)
  })
