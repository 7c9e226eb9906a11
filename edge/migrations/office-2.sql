-- From version 2: what the inbox asks for stands in columns, and how many stand where is counted as it changes. Whether
-- a case is at an end and by when it must be done comes with the next word from it.
UPDATE meta SET version = 3;
DROP INDEX entry_by_update;
DROP INDEX entry_by_receipt;
ALTER TABLE entry RENAME TO entry_2;
CREATE TABLE entry (
  lookup TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  stage TEXT NOT NULL,
  closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
  waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)),
  -- Last day in time, in days since 1970; 99999 where there is none, so that it comes last.
  due INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  -- Characters of the letter.
  chars INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;
-- Each begins with what is asked for and goes on in the order of the inbox.
CREATE INDEX entry_in_order ON entry (closed, due, received_at, lookup);
CREATE INDEX entry_by_kind ON entry (kind, closed, due, received_at, lookup);
CREATE INDEX entry_by_stage ON entry (stage, closed, due, received_at, lookup);
CREATE INDEX entry_by_kind_and_stage ON entry (kind, stage, closed, due, received_at, lookup);
CREATE INDEX entry_waiting ON entry (closed, due, received_at, lookup) WHERE waiting = 1;
CREATE INDEX entry_by_receipt ON entry (received_at, kind, chars);
CREATE TABLE tally (
  kind TEXT NOT NULL,
  stage TEXT NOT NULL,
  closed INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (kind, stage, closed, waiting)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER entry_comes AFTER INSERT ON entry BEGIN
  INSERT INTO tally VALUES (new.kind, new.stage, new.closed, new.waiting, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER entry_moves AFTER UPDATE ON entry BEGIN
  UPDATE tally SET n = n - 1
    WHERE kind = old.kind AND stage = old.stage AND closed = old.closed AND waiting = old.waiting;
  INSERT INTO tally VALUES (new.kind, new.stage, new.closed, new.waiting, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
INSERT INTO entry
  SELECT lookup, seq, json_extract(json, '$.kind'), json_extract(json, '$.stage'), json_extract(json, '$.withdrawn'),
    json_extract(json, '$.waiting_for_office'), 99999, received_at, 0, json
  FROM entry_2;
DROP TABLE entry_2;
