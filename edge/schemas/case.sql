-- One case. Nothing personal: the envelope and the messages inside events are ciphertext.
CREATE TABLE IF NOT EXISTS head (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  office TEXT NOT NULL,
  kind TEXT NOT NULL,
  lookup TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  reply_to TEXT NOT NULL,
  envelope TEXT NOT NULL,
  genesis TEXT NOT NULL,
  stage TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1))
) STRICT;
CREATE TABLE IF NOT EXISTS event (
  seq INTEGER PRIMARY KEY,
  json TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS request (
  id TEXT PRIMARY KEY,
  content TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS outbox (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  json TEXT NOT NULL
) STRICT;
