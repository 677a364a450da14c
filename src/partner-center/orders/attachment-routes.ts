import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Account } from '../../accounts/account.ts'
import { attributesOf } from '../../model/attributes.ts'
import { editions } from '../../model/editions.ts'
import { guid } from '../../model/ids.ts'
import { lazy } from '../../model/lazy.ts'
import { type PurchaseOrderMetadata, refuseUpload } from '../../model/orders/purchase-orders.ts'
import type { Routes } from '../../routes.ts'
import type { Attachment, AttachmentEntry } from '../../storage/orders/attachment-store.ts'
import type { StoredOrder } from '../../storage/orders/row.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { findOrder } from '../protocol/lookup.ts'
import { AttachmentPath, OrderPath } from '../protocol/parameters.ts'
import { bareCollection, bareCollectionOf, collectionOf, sendChange, sendCollection } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'
import { type ReceivedFile, ReceivedForm, readForm } from './attachment-form.ts'

/** The members of the .NET SDK's class. Those of the documented reply to an upload lack the last one. */
const OrderAttachment = lazy(() =>
  z
    .strictObject({
      attachmentId: z.string().meta({ description: 'Attachment id, a GUID; from 2022, 14 hexadecimal digits.' }),
      fileName: z.string().meta({ description: 'Name of the file.' }),
      sizeInKB: z.int().nonnegative().meta({ description: 'Size in KiB, rounded up.' }),
      attachmentType: z
        .string()
        .meta({ description: 'Type that the upload gave, else Other; from 2022, POAttachment or TenderAttachment.' }),
      attributes: attributesOf('OrderAttachment').optional(),
    })
    .meta({ id: 'OrderAttachment', description: 'A file of an order.' }),
)

/** One attachment, or from 2022 those of the upload. */
const Uploaded = lazy(() => z.union([OrderAttachment(), bareCollectionOf(OrderAttachment)()]))

const Upload = lazy(() =>
  z
    .object({
      file: z.string().optional().meta({ format: 'binary', description: 'The file, in a part of any name.' }),
      attachmentType: z.string().optional().meta({ description: 'Type of the attachment. Other without it.' }),
      metadata: z.string().optional().meta({
        description:
          'From 2022, JSON with isPartOfTender, customerPrice, currency, fxRate and tenderLink; price and currency are required.',
      }),
      pofiles: z.string().optional().meta({ format: 'binary', description: 'From 2022, a purchase order.' }),
      tenderfiles: z.string().optional().meta({ format: 'binary', description: 'From 2022, a document of a tender.' }),
    })
    .meta({ mediaType: 'multipart/form-data', description: 'Files of up to 16 MiB together.' }),
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
      const items = account.attachments.ofOrder(orderNumber).map((entry) => JSON.stringify(entryOf(account, entry)))
      const self = `/customers/${customerId}/orders/${params.orderId}/attachments`
      sendCollection(request, reply, self, items.length, (place) => items[place] ?? '')
    },
  )

  app.post(
    '/customers/:customerTenantId/orders/:orderId/attachment',
    {
      schema: describe('uploadAttachment', { params: OrderPath, body: Upload }, 201, Uploaded),
      bodyLimit,
      config: { multipart: true },
    },
    (request, reply) => {
      const { account, params, body } = request
      const order = findOrder(account, params.customerTenantId, params.orderId)
      const upload = uploadIn(request, body)
      const route = `POST order ${order.orderNumber} attachment`
      const reviewed = isReviewed(account)
      const change = () => {
        refuseTooMany(account, upload)
        const added = upload.map((file) => addFile(account, order, file))
        account.receivePurchaseOrder(order)
        return { status: 201, document: JSON.stringify(reviewed ? bareCollection(added) : added[0]) }
      }
      // The printed Content-Length of a purchase order's reply leaves no room for a byte order mark.
      sendChange(request, reply, route, change, !reviewed)
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

/** A file to store. */
type NewFile = ReceivedFile & { attachmentType: string }

/** Whether the edition of an account has uploads reviewed as purchase orders. */
function isReviewed({ settings }: Account): boolean {
  return editions[settings.rules].purchaseOrders === 'reviewed'
}

/** The files of an upload. Throws `invalidInput` and the refusals of purchase orders. */
function uploadIn(request: FastifyRequest, form: unknown): NewFile[] {
  const { files, fields, metadata } = form instanceof ReceivedForm ? form : new ReceivedForm([], new Map())
  if (isReviewed(request.account)) return reviewedFiles(request, files, metadata)
  const [file] = files
  if (file === undefined) throw new PartnerCenterError('invalidInput', { data: ['The body has no file.'] })
  return [{ ...file, attachmentType: fields.get('attachmenttype') ?? 'Other' }]
}

/** The types of the files of a purchase order, by the name of their part. */
const typeOfPart: Readonly<Record<string, string>> = { pofiles: 'POAttachment', tenderfiles: 'TenderAttachment' }

function reviewedFiles(
  request: FastifyRequest,
  files: readonly ReceivedFile[],
  metadata: PurchaseOrderMetadata | undefined,
): NewFile[] {
  const known = files.flatMap((file) => {
    const attachmentType = typeOfPart[file.part]
    return attachmentType === undefined ? [] : [{ ...file, attachmentType }]
  })
  request.unknownMembers = files.filter(({ part }) => !(part in typeOfPart)).map(({ part }) => part)
  const count = (part: string) => known.filter((file) => file.part === part).length
  const refusal = refuseUpload(metadata, { purchaseOrders: count('pofiles'), tenders: count('tenderfiles') })
  if (refusal !== undefined) throw new PartnerCenterError(refusal.refused, refusal)
  return known
}

/** Throws `attachmentLimit`. */
function refuseTooMany({ attachments }: Account, files: readonly NewFile[]): void {
  const { count, bytes } = attachments.totals()
  const added = files.reduce((sum, { content }) => sum + content.length, 0)
  if (count + files.length > attachmentsAtMost || bytes + added > bytesAtMost)
    throw new PartnerCenterError('attachmentLimit')
}

/** Stores a file and returns its document. */
function addFile(account: Account, { orderNumber }: StoredOrder, file: NewFile): object {
  const { fileName, mediaType, attachmentType, content } = file
  const id = isReviewed(account) ? account.random(7).toString('hex') : guid(account.random)
  const attachment = { id, fileName, attachmentType }
  account.attachments.add({ ...attachment, mediaType, content }, orderNumber)
  return entryOf(account, { ...attachment, size: content.length })
}

function entryOf(account: Account, { id, fileName, size, attachmentType }: AttachmentEntry): object {
  const entry = { attachmentId: id, fileName, sizeInKB: Math.ceil(size / 1024), attachmentType }
  return isReviewed(account) ? entry : { ...entry, attributes: { objectType: 'OrderAttachment' } }
}
