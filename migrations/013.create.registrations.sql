-- Azure subscriptions that are registered for reservations. registered_at: milliseconds since 1970.
CREATE TABLE registrations (
  subscription_id TEXT PRIMARY KEY REFERENCES subscriptions (id) ON DELETE CASCADE,
  registered_at INTEGER NOT NULL
);
