-- A checksum of the request's body, to notice another body under the same MS-RequestId. 0: not known.
ALTER TABLE answers ADD COLUMN body_sum INTEGER NOT NULL DEFAULT 0;
