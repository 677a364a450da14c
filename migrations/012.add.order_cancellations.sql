-- Cancellations that are under way. cancelled_lines: the numbers of the lines as JSON, [] for the whole order, NULL when the
-- order is not being cancelled. cancels_at: in milliseconds since 1970, NULL when it is not cancelled by itself.
ALTER TABLE orders ADD COLUMN cancels_at INTEGER;
ALTER TABLE orders ADD COLUMN cancelled_lines TEXT;

CREATE INDEX orders_by_cancellation ON orders (cancels_at) WHERE cancels_at IS NOT NULL;
