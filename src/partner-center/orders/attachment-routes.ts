import type { FastifyReply } from 'fastify'
import * as z from 'zod'
import { guid } from '../../model/ids.ts'
import { lazy } from '../../model/lazy.ts'
import type { Routes } from '../../routes.ts'
import type { Attachment, AttachmentEntry } from '../../storage/orders/attachment-store.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { findOrder } from '../protocol/lookup.ts'
import { AttachmentPath, OrderPath } from '../protocol/parameters.ts'
import { collectionOf, sendChange, sendCollection } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'

/** The members of the .NET SDK's class. The documentation lacks a page for attachments. */
const OrderAttachment = lazy(() =>
  z
    .strictObject({
      attachmentId: z.string(),
      fileName: z.string(),
      sizeInKB: z.int().nonnegative(),
      attachmentType: z.string(),
      attributes: z.strictObject({ objectType: z.literal('OrderAttachment') }),
    })
    .meta({ id: 'OrderAttachment' }),
)

const Upload = lazy(() =>
  z.unknown().meta({ description: 'multipart/form-data with a file and, optionally, an attachmentType.' }),
)
const FileContent = lazy(() => z.unknown().meta({ description: 'The file, with the media type of its upload.' }))

/** The largest upload, in bytes. */
const bodyLimit = 16 * 1024 * 1024

/** The attachments of an order. Their uploads are multipart bodies. */
export const attachmentRoutes: Routes = (app) => {
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit }, (request, body, read) => {
    const headers = { 'Content-Type': request.headers['content-type'] ?? '' }
    new Response(Uint8Array.from(Buffer.from(body)), { headers }).formData().then(
      (form) => read(null, form),
      () => read(new PartnerCenterError('invalidInput', { data: ['The body is no multipart form.'] })),
    )
  })

  app.get(
    '/customers/:customerTenantId/orders/:orderId/attachments',
    { schema: describe('listAttachments', { params: OrderPath }, 200, collectionOf(OrderAttachment)) },
    (request, reply) => {
      const { account, params } = request
      const { orderNumber, customerId } = findOrder(account, params.customerTenantId, params.orderId)
      const items = account.attachments.ofOrder(orderNumber).map(writeEntry)
      const self = `/customers/${customerId}/orders/${params.orderId}/attachments`
      sendCollection(request, reply, self, items.length, (place) => items[place] ?? '')
    },
  )

  app.post(
    '/customers/:customerTenantId/orders/:orderId/attachment',
    {
      schema: describe('uploadAttachment', { params: OrderPath, body: Upload }, 201, OrderAttachment),
      bodyLimit,
      config: { multipart: true },
    },
    async (request, reply) => {
      const { account, params, body } = request
      const { orderNumber } = findOrder(account, params.customerTenantId, params.orderId)
      const { file, attachmentType } = readUpload(body)
      const content = Buffer.from(await file.arrayBuffer())
      sendChange(request, reply, `POST order ${orderNumber} attachment`, () => {
        const attachment = { id: guid(account.random), fileName: file.name, attachmentType }
        account.attachments.add({ ...attachment, mediaType: file.type, content }, orderNumber)
        return { status: 201, document: writeEntry({ ...attachment, size: content.length }) }
      })
      return reply
    },
  )

  app.get(
    '/customers/:customerTenantId/orders/:orderId/attachment/:attachmentId',
    { schema: describe('downloadAttachment', { params: AttachmentPath }, 200, FileContent) },
    (request, reply) => {
      const { account, params } = request
      const { orderNumber } = findOrder(account, params.customerTenantId, params.orderId)
      const attachment = account.attachments.find(params.attachmentId, orderNumber)
      if (attachment === undefined) throw new PartnerCenterError('attachmentNotFound')
      sendFile(reply, attachment)
    },
  )
}

function sendFile(reply: FastifyReply, { fileName, mediaType, content }: Attachment): void {
  reply
    .type(mediaType || 'application/octet-stream')
    .header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .send(content)
}

function readUpload(body: unknown): { file: File; attachmentType: string } {
  const form = body instanceof FormData ? body : new FormData()
  const file = [...form.values()].find((value) => value instanceof File)
  if (file === undefined) throw new PartnerCenterError('invalidInput', { data: ['The body has no file.'] })
  const type = form.get('attachmentType') ?? form.get('AttachmentType')
  return { file, attachmentType: typeof type === 'string' ? type : 'Other' }
}

function writeEntry({ id, fileName, size, attachmentType }: AttachmentEntry): string {
  const attributes = { objectType: 'OrderAttachment' }
  return JSON.stringify({ attachmentId: id, fileName, sizeInKB: Math.ceil(size / 1024), attachmentType, attributes })
}
