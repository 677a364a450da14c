-- document: the text of the order on the wire. The other columns serve lookups.
-- id: in lower case if it is a GUID, else as in the document. alternate_id: NULL if it equals the id.
-- Times are milliseconds since 1970. completes_at: NULL if the order does not complete by itself.
-- created_before: the duration before now that a fixture gives as creation date, such as P10D.
CREATE TABLE orders (
  order_number INTEGER PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  alternate_id TEXT,
  created_at INTEGER NOT NULL,
  created_before TEXT,
  completes_at INTEGER,
  adjustment_pending INTEGER NOT NULL DEFAULT 0,
  document TEXT NOT NULL
);

CREATE UNIQUE INDEX orders_by_id ON orders (id);
CREATE UNIQUE INDEX orders_by_alternate_id ON orders (alternate_id) WHERE alternate_id IS NOT NULL;
CREATE INDEX orders_by_customer ON orders (customer_id, created_at DESC);
CREATE INDEX orders_by_completion ON orders (completes_at) WHERE completes_at IS NOT NULL;
