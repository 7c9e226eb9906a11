-- From version 3: there are papers.
UPDATE meta SET version = 4;
-- Papers that were announced, by their addresses (protocol/src/paper.rs), and the parts of them that came.
CREATE TABLE paper (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  bytes INTEGER NOT NULL,
  at INTEGER NOT NULL,
  whole INTEGER NOT NULL DEFAULT 0 CHECK (whole IN (0, 1))
) STRICT;
CREATE TABLE part (paper INTEGER NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (paper, part)) STRICT;
