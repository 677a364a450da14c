-- The partner that owns the account. id: a tenant id. draws: the random draws so far, for ids with a seed.
CREATE TABLE partner (
  id TEXT NOT NULL,
  draws INTEGER NOT NULL DEFAULT 0
);

-- Tenant ids are GUIDs in lower case.
CREATE TABLE customers (
  id TEXT PRIMARY KEY,
  company_name TEXT NOT NULL,
  domain TEXT NOT NULL
);
