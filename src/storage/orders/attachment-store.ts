import type { Database } from 'better-sqlite3'
import { lazy } from '../../model/lazy.ts'

/** A file that was uploaded to an order. `mediaType`: as the upload named it. */
export interface Attachment {
  id: string
  fileName: string
  attachmentType: string
  mediaType: string
  content: Buffer
}

/** An attachment as a list shows it. `size` in bytes. */
export type AttachmentEntry = Omit<Attachment, 'content' | 'mediaType'> & { size: number }

/** The attachments of an account's orders. Ids match in any case. */
export function openAttachments(database: Database) {
  const ofOrder = lazy(() =>
    database.prepare<[number], AttachmentEntry>(
      `SELECT id, file_name AS fileName, attachment_type AS attachmentType, length(content) AS size
     FROM attachments WHERE order_number = ? ORDER BY rowid`,
    ),
  )
  const byId = lazy(() =>
    database.prepare<[string, number], Attachment>(
      `SELECT id, file_name AS fileName, attachment_type AS attachmentType, media_type AS mediaType, content
     FROM attachments WHERE id = ? AND order_number = ?`,
    ),
  )
  const insert = lazy(() =>
    database.prepare<[string, number, string, string, string, Buffer]>(
      'INSERT INTO attachments (id, order_number, file_name, attachment_type, media_type, content) VALUES (?, ?, ?, ?, ?, ?)',
    ),
  )

  const totals = lazy(() =>
    database.prepare<[], { count: number; bytes: number }>(
      'SELECT count(*) AS count, coalesce(sum(length(content)), 0) AS bytes FROM attachments',
    ),
  )

  return {
    /** The number of attachments of the account, and their bytes together. */
    totals: (): { count: number; bytes: number } => totals().get() ?? { count: 0, bytes: 0 },
    ofOrder: (orderNumber: number): AttachmentEntry[] => ofOrder().all(orderNumber),
    find: (id: string, orderNumber: number): Attachment | undefined => byId().get(id.toLowerCase(), orderNumber),
    add({ id, fileName, attachmentType, mediaType, content }: Attachment, orderNumber: number): void {
      insert().run(id, orderNumber, fileName, attachmentType, mediaType, content)
    },
  }
}
