-- The items of the catalog, which order lines name by offer id. Legacy offer ids are GUIDs, which clients send in any case.
CREATE TABLE products (
  offer_id TEXT PRIMARY KEY COLLATE NOCASE,
  product_type TEXT NOT NULL,
  document TEXT NOT NULL
);
