-- Orders that the service itself placed. Lists leave them out by default.
CREATE TABLE system_purchases (
  order_number INTEGER PRIMARY KEY REFERENCES orders (order_number) ON DELETE CASCADE
);

INSERT INTO system_purchases SELECT order_number FROM orders WHERE document ->> 'transactionType' LIKE 'System%';
