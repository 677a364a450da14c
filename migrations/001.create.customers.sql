-- The partner whose account this is, as its tenant id, and how many random draws ids of its account have cost.
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
