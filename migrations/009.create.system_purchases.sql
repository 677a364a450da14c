-- The orders that the system placed, which lists leave out unless they are asked for.
CREATE TABLE system_purchases (
  order_number INTEGER PRIMARY KEY REFERENCES orders (order_number) ON DELETE CASCADE
);

INSERT INTO system_purchases SELECT order_number FROM orders WHERE document ->> 'transactionType' LIKE 'System%';
