-- The first successful replies to requests that change something, for repeated MS-RequestIds.
CREATE TABLE answers (
  answer_number INTEGER PRIMARY KEY,
  request_id TEXT NOT NULL,
  route TEXT NOT NULL,
  answered_at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  document TEXT NOT NULL
);

CREATE UNIQUE INDEX answers_by_request ON answers (request_id, route);
