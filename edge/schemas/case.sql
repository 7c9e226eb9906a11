-- One case. Nothing personal: letter, messages and papers are ciphertext. How older files come here: edge/migrations.
CREATE TABLE meta (version INTEGER NOT NULL) STRICT;
INSERT INTO meta VALUES (4);
-- Where the case stands, in one row: whoever only asks for that reads nothing else.
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL) STRICT;
-- What happened, with the request that asked for it. The envelope of a message or, at 0, of the letter comes last in
-- the row, so that events are read without it.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  json TEXT NOT NULL,
  request TEXT,
  content TEXT,
  envelope TEXT
) STRICT;
-- What the office's index has not taken yet.
CREATE TABLE outbox (n INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
-- The keys of the envelopes, sealed to those who came later (protocol/src/handover.rs), where somebody handed them on.
CREATE TABLE handover (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL) STRICT;
-- Papers that were announced, by their addresses (protocol/src/paper.rs), and the parts of them that came.
CREATE TABLE paper (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  bytes INTEGER NOT NULL,
  at INTEGER NOT NULL,
  whole INTEGER NOT NULL DEFAULT 0 CHECK (whole IN (0, 1))
) STRICT;
CREATE TABLE part (paper INTEGER NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (paper, part)) STRICT;
