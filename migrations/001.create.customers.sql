-- The partner whose account this is, as its tenant id.
CREATE TABLE partner (
  id TEXT NOT NULL
);

-- Tenant ids are GUIDs in lower case.
CREATE TABLE customers (
  id TEXT PRIMARY KEY,
  company_name TEXT NOT NULL,
  domain TEXT NOT NULL
);
