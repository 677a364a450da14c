-- The members of a customer besides its id, name and domain, as JSON. Absent ones are derived from the id.
ALTER TABLE customers ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
