import t from 'tap'
import { connectEmulator } from '../../src/control-client.ts'
import { documentedOrder, everyProduct, noOrders, runEmulator } from '../running-emulator.ts'

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

const waitingOrder = `${everyProduct}/orders/software-pending-po-upload-000001`
const metadata = JSON.stringify({
  isPartofTender: true,
  customerPrice: '10',
  currency: 'USD',
  fxRate: '1',
  tenderLink: '',
})

/** Uploads two purchase orders and a document of a tender, as the documentation does. */
async function uploadPurchaseOrders(url: string, order: string): Promise<Response> {
  const form = new FormData()
  form.set('metadata', metadata)
  form.append('pofiles', new File([new Uint8Array(2051 * 1024)], 'PO_Part1.pdf'))
  form.append('pofiles', new File([new Uint8Array(1313 * 1024 - 1)], 'PO_Part2.pdf'))
  form.append('TenderFiles', new File([new Uint8Array(2223 * 1024)], 'Tender.pdf'))
  return fetch(`${url}${order}/attachment`, { method: 'POST', body: form })
}

// https://learn.microsoft.com/partner-center/developer/attaching-purchase-order-and-completing-po-details
t.test('from 2022, the documented upload gets the documented reply, without a byte order mark', async (t) => {
  const { url, send } = await runEmulator(t, { rules: '2022', bom: true })
  const reply = await uploadPurchaseOrders(url, documentedOrder)
  t.equal(reply.status, 201)
  t.equal(reply.headers.get('Content-Length'), '393')
  const text = await reply.text()
  const ids = JSON.parse(text).items.map(({ attachmentId }: { attachmentId: string }) => attachmentId)
  t.match(ids, [/^[0-9a-f]{14}$/, /^[0-9a-f]{14}$/, /^[0-9a-f]{14}$/])
  t.equal(
    text,
    `{"totalCount":3,"items":[{"attachmentId":"${ids[0]}","fileName":"PO_Part1.pdf","sizeInKB":2051,"attachmentType":"POAttachment"},{"attachmentId":"${ids[1]}","fileName":"PO_Part2.pdf","sizeInKB":1313,"attachmentType":"POAttachment"},{"attachmentId":"${ids[2]}","fileName":"Tender.pdf","sizeInKB":2223,"attachmentType":"TenderAttachment"}],"attributes":{"objectType":"Collection"}}`,
  )
  t.match((await send(`${documentedOrder}/attachments`)).body, { totalCount: 3, items: JSON.parse(text).items })
  t.equal((await send(`${documentedOrder}/attachment/${ids[2]}`)).text.length, 2223 * 1024)
})

t.test('an unknown part of an upload is named in a hint', async (t) => {
  const { url } = await runEmulator(t, { rules: '2022' })
  const form = new FormData()
  form.set('metadata', new File([metadata.replace('true', 'false')], 'metadata.json'))
  form.set('pofiles', new File(['x'], 'order.pdf'))
  form.set('invoice', new File(['x'], 'invoice.pdf'))
  const reply = await fetch(`${url}${documentedOrder}/attachment`, { method: 'POST', body: form })
  t.equal(reply.status, 201)
  t.match(reply.headers.get('X-Emulator-Hint'), /invoice$/)
})

/** The status of a new order of Access LTSC 2021, by edition and account kind. */
const purchases = [
  ['2019', 'sandbox', 'pending'],
  ['2021', 'sandbox', 'pending'],
  ['2022', 'sandbox', 'pending_po_upload'],
  ['2023', 'sandbox', 'pending_po_upload'],
  ['2022', 'production', 'pending'],
] as const

for (const [rules, account, expected] of purchases) {
  t.test(`an order of a test product is ${expected} in a ${account} account of ${rules}`, async (t) => {
    const { send } = await runEmulator(t, { rules, account, fulfilmentDelay: 'PT5M' })
    const lineItems = [{ offerId: 'DG7GMGF0D7FV:0001:DG7GMGF0PFVA', quantity: 1 }]
    const { text } = await send(`${noOrders}/orders`, { method: 'POST', body: JSON.stringify({ lineItems }) })
    const { id, status } = JSON.parse(text)
    t.equal(status, expected)
    t.match((await send(`${noOrders}/orders/${id}`)).body, { status: expected })
  })
}

t.test('a purchase order is reviewed for the fulfilment delay, and then its order is completed', async (t) => {
  const { url, send, patch } = await runEmulator(t, { rules: '2022', fulfilmentDelay: 'PT5M' })
  const control = await connectEmulator(url)
  const lineItems = [{ offerId: 'DG7GMGF0D7FT:0001:DG7GMGF0PFTA', quantity: 1 }]
  const bought = await send(`${noOrders}/orders`, { method: 'POST', body: JSON.stringify({ lineItems }) })
  for (const order of [`${noOrders}/orders/${JSON.parse(bought.text).id}`, waitingOrder]) {
    await control.clock.set({ advance: 'P1D' })
    t.match((await send(order)).body, { status: 'pending_po_upload' }, 'time alone completes nothing')
    await uploadPurchaseOrders(url, order)
    t.match((await send(order)).body, { status: 'po_upload_complete' })
    await control.clock.set({ advance: 'PT5M' })
    t.match((await send(order)).body, { status: 'completed' })
    t.match((await patch(order, { status: 'cancelled' })).body, { status: 'cancelled' })
  }
})
