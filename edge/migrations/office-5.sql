-- From version 5: papers are counted.
UPDATE meta SET version = 6;
-- Bytes of papers that came in on a day (its first second), by sort. Nothing says from whom.
CREATE TABLE papers (
  day INTEGER NOT NULL,
  sort TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (day, sort)
) STRICT, WITHOUT ROWID;
