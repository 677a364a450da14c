import t from 'tap'
import { documentedOrder, noOrders, runEmulator } from '../running-emulator.ts'

t.test('an uploaded file is listed and can be downloaded unchanged', async (t) => {
  const { url, send } = await runEmulator(t)
  t.match((await send(`${documentedOrder}/attachments`)).body, { totalCount: 0 })
  const content = Uint8Array.from({ length: 300_000 }, (_, index) => index % 256)
  const form = new FormData()
  form.set('attachmentType', 'PurchaseOrder')
  form.set('file', new File([content], 'Bestellung №7.pdf', { type: 'application/pdf' }))
  const uploaded = await fetch(`${url}${documentedOrder}/attachment`, { method: 'POST', body: form })
  t.equal(uploaded.status, 201)
  const entry = JSON.parse(await uploaded.text())
  t.match(entry, {
    attachmentId: /^[0-9a-f-]{36}$/,
    fileName: 'Bestellung №7.pdf',
    sizeInKB: 293,
    attachmentType: 'PurchaseOrder',
    attributes: { objectType: 'OrderAttachment' },
  })
  t.match((await send(`${documentedOrder}/attachments`)).body, { totalCount: 1, items: [entry] })

  const downloaded = await fetch(`${url}${documentedOrder}/attachment/${entry.attachmentId}`)
  t.equal(downloaded.headers.get('Content-Type'), 'application/pdf')
  t.match(downloaded.headers.get('Content-Disposition'), 'Bestellung%20%E2%84%967.pdf')
  t.same(new Uint8Array(await downloaded.arrayBuffer()), content)
})

t.test('an upload without a file, in an invalid form or over the size limit is refused', async (t) => {
  const { url, send } = await runEmulator(t)
  const upload = (body: FormData | string, headers: Record<string, string> = {}) =>
    fetch(`${url}${documentedOrder}/attachment`, { method: 'POST', body, headers })
  const empty = new FormData()
  empty.set('attachmentType', 'Other')
  const large = new FormData()
  large.set('file', new File([new Uint8Array(17 * 1024 * 1024)], 'large'))
  const refused = [
    await upload(empty),
    await upload('no form', { 'Content-Type': 'multipart/form-data; boundary=x' }),
    await upload('{}', { 'Content-Type': 'application/json' }),
    await upload(large),
  ]
  t.same(
    refused.map(({ status }) => status),
    [400, 400, 400, 413],
  )
  for (const reply of refused) t.match(JSON.parse(await reply.text()), { code: 800002 })
  t.match((await send(`${documentedOrder}/attachments`)).body, { totalCount: 0 })
})

t.test('an upload is refused if its customer is deleted while the file is read', async (t) => {
  const { url } = await runEmulator(t)
  const line = { lineItemNumber: 0, offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR', quantity: 1 }
  const orders = `${url}${noOrders}/orders`
  const bought = await fetch(orders, { method: 'POST', body: JSON.stringify({ lineItems: [line] }) })
  const order = `${orders}/${JSON.parse(await bought.text()).id}`
  await fetch(order, { method: 'PATCH', body: '{"status":"cancelled"}' })

  const { arrayBuffer } = File.prototype
  t.teardown(() => {
    File.prototype.arrayBuffer = arrayBuffer
  })
  File.prototype.arrayBuffer = async function (this: File) {
    t.equal((await fetch(url + noOrders, { method: 'DELETE' })).status, 204)
    return arrayBuffer.call(this)
  }
  const form = new FormData()
  form.set('file', new File(['content'], 'name'))
  const upload = await fetch(`${order}/attachment`, { method: 'POST', body: form })
  t.equal(upload.status, 403)
})
