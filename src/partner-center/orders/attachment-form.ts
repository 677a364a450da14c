import * as z from 'zod'
import { readLenientJson } from '../../lenient-json.ts'
import { lazy } from '../../model/lazy.ts'
import type { PurchaseOrderMetadata } from '../../model/orders/purchase-orders.ts'
import { anyCase } from '../protocol/unknown-members.ts'

/** A file of a form. `part`: the name of its part, in lower case. */
export interface ReceivedFile {
  part: string
  fileName: string
  mediaType: string
  content: Buffer
}

/** The files of a form, and its other parts by name in lower case. */
export class ReceivedForm {
  readonly files: readonly ReceivedFile[]
  readonly fields: ReadonlyMap<string, string>

  constructor(files: readonly ReceivedFile[], fields: ReadonlyMap<string, string>) {
    this.files = files
    this.fields = fields
  }

  /** The part `metadata`, or undefined when it is absent or has another form. */
  get metadata(): PurchaseOrderMetadata | undefined {
    const read = readLenientJson(this.fields.get('metadata') ?? '')
    return 'mistakes' in read ? undefined : Metadata().safeParse(read.value).data
  }
}

const Metadata = lazy(() =>
  anyCase({
    isPartOfTender: z.boolean().nullish(),
    customerPrice: z.union([z.string(), z.number()]).nullish(),
    currency: z.string().nullish(),
    fxRate: z.union([z.string(), z.number()]).nullish(),
    tenderLink: z.string().nullish(),
  }),
)

/**
 * Reads a multipart form. The parser of the body calls it, because a route must not wait between its checks and its change.
 */
export async function readForm(body: Buffer, contentType: string): Promise<ReceivedForm> {
  const headers = { 'Content-Type': contentType }
  const form = await new Response(new Uint8Array(body), { headers }).formData()
  const files: ReceivedFile[] = []
  const fields = new Map<string, string>()
  for (const [name, value] of form) {
    const part = name.toLowerCase()
    if (typeof value === 'string') fields.set(part, value)
    // Some clients give the metadata a file name.
    else if (part === 'metadata') fields.set(part, await value.text())
    else files.push(await readFile(part, value))
  }
  return new ReceivedForm(files, fields)
}

async function readFile(part: string, file: File): Promise<ReceivedFile> {
  const content = Buffer.from(await file.arrayBuffer())
  return { part, fileName: file.name, mediaType: file.type, content }
}
