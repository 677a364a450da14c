-- The files of orders.
CREATE TABLE attachments (
  id TEXT PRIMARY KEY,
  order_number INTEGER NOT NULL REFERENCES orders (order_number) ON DELETE CASCADE,
  file_name TEXT NOT NULL,
  attachment_type TEXT NOT NULL,
  media_type TEXT NOT NULL,
  content BLOB NOT NULL
);

CREATE INDEX attachments_by_order ON attachments (order_number);
