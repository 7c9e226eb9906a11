-- One office: a line per case, and who did what on the desk.
CREATE TABLE IF NOT EXISTS entry (
  lookup TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS entry_by_update ON entry (updated_at DESC);
CREATE INDEX IF NOT EXISTS entry_by_receipt ON entry (received_at);
CREATE TABLE IF NOT EXISTS audit (
  seq INTEGER PRIMARY KEY,
  source TEXT UNIQUE,
  json TEXT NOT NULL
) STRICT;
