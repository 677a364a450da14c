import type { FastifyReply } from 'fastify'
import * as z from 'zod'
import { attributesOf } from '../../model/attributes.ts'
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
      attachmentId: z.string().meta({ description: 'Attachment id, a GUID.' }),
      fileName: z.string().meta({ description: 'Name of the file.' }),
      sizeInKB: z.int().nonnegative().meta({ description: 'Size in KiB, rounded up.' }),
      attachmentType: z.string().meta({ description: 'Type that the upload gave. Other without one.' }),
      attributes: attributesOf('OrderAttachment'),
    })
    .meta({ id: 'OrderAttachment', description: 'A file of an order.' }),
)

const Upload = lazy(() =>
  z
    .object({
      file: z.string().meta({ format: 'binary', description: 'The file, in a part of any name.' }),
      attachmentType: z.string().optional().meta({ description: 'Type of the attachment. Other without it.' }),
    })
    .meta({ mediaType: 'multipart/form-data', description: 'A file of up to 16 MiB.' }),
)

const FileContent = lazy(() =>
  z.string().meta({ mediaType: '*/*', format: 'binary', description: 'The file, with the media type of its upload.' }),
)

/** The most attachments of an account, and the most bytes of them together. */
const attachmentsAtMost = 100
const bytesAtMost = 64 * 1024 * 1024

/** The largest upload, in bytes. */
const bodyLimit = 16 * 1024 * 1024

/** The attachments of an order. Their uploads are multipart bodies. */
export const attachmentRoutes: Routes = (app) => {
  app.addContentTypeParser<Buffer>('multipart/form-data', { parseAs: 'buffer', bodyLimit }, (request, body, read) => {
    readForm(body, request.headers['content-type'] ?? '').then(
      (upload) => read(null, upload),
      () => read(new PartnerCenterError('invalidInput', { data: ['The body is not a multipart form.'] })),
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
    (request, reply) => {
      const { account, params, body } = request
      const { orderNumber } = findOrder(account, params.customerTenantId, params.orderId)
      if (!(body instanceof ReceivedFile))
        throw new PartnerCenterError('invalidInput', { data: ['The body has no file.'] })
      const { fileName, mediaType, attachmentType, content } = body
      sendChange(request, reply, `POST order ${orderNumber} attachment`, () => {
        const { count, bytes } = account.attachments.totals()
        if (count >= attachmentsAtMost || bytes + content.length > bytesAtMost)
          throw new PartnerCenterError('attachmentLimit')
        const attachment = { id: guid(account.random), fileName, attachmentType }
        account.attachments.add({ ...attachment, mediaType, content }, orderNumber)
        return { status: 201, document: writeEntry({ ...attachment, size: content.length }) }
      })
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

/** The file of a form, and the type that the form gives it. */
class ReceivedFile {
  readonly fileName: string
  readonly mediaType: string
  readonly attachmentType: string
  readonly content: Buffer

  constructor({ name, type }: File, attachmentType: string, content: Buffer) {
    this.fileName = name
    this.mediaType = type
    this.attachmentType = attachmentType
    this.content = content
  }
}

/**
 * Reads the file of a form, or returns undefined without one. The parser of the body calls it, because a route must not wait
 * between its checks and its change.
 */
async function readForm(body: Buffer, contentType: string): Promise<ReceivedFile | undefined> {
  const headers = { 'Content-Type': contentType }
  const form = await new Response(new Uint8Array(body), { headers }).formData()
  const file = [...form.values()].find((value) => value instanceof File)
  if (file === undefined) return undefined
  const type = form.get('attachmentType') ?? form.get('AttachmentType')
  return new ReceivedFile(file, typeof type === 'string' ? type : 'Other', Buffer.from(await file.arrayBuffer()))
}

function writeEntry({ id, fileName, size, attachmentType }: AttachmentEntry): string {
  const attributes = { objectType: 'OrderAttachment' }
  return JSON.stringify({ attachmentId: id, fileName, sizeInKB: Math.ceil(size / 1024), attachmentType, attributes })
}
