-- The subscriptions of order lines. id: in lower case.
CREATE TABLE subscriptions (
  subscription_number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  order_number INTEGER NOT NULL REFERENCES orders (order_number) ON DELETE CASCADE,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  offer_id TEXT NOT NULL,
  status TEXT NOT NULL,
  document TEXT NOT NULL
);

CREATE UNIQUE INDEX subscriptions_by_id ON subscriptions (id);
CREATE INDEX subscriptions_by_order ON subscriptions (order_number);
CREATE INDEX subscriptions_by_customer ON subscriptions (customer_id);
