-- One office: a line per case, and who did what on the desk. How older files come here: edge/migrations.
CREATE TABLE meta (version INTEGER NOT NULL) STRICT;
INSERT INTO meta VALUES (2);
CREATE TABLE entry (
  lookup TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX entry_by_update ON entry (updated_at DESC);
CREATE INDEX entry_by_receipt ON entry (received_at);
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  source TEXT UNIQUE,
  json TEXT NOT NULL
) STRICT;
