-- From version 6: the order in which letters came in is kept no more.
UPDATE meta SET version = 7;
DROP INDEX entry_in_order;
DROP INDEX entry_by_kind;
DROP INDEX entry_by_stage;
DROP INDEX entry_by_kind_and_stage;
DROP INDEX entry_waiting;
DROP INDEX entry_by_receipt;
DROP INDEX entry_fresh;
DROP INDEX entry_fresh_by_kind;
DROP TRIGGER entry_comes;
DROP TRIGGER entry_moves;
ALTER TABLE entry RENAME TO entry_6;
-- Without a row number: in which order letters came in within an hour stands nowhere.
CREATE TABLE entry (
  lookup TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  stage TEXT NOT NULL,
  -- 0 open, 1 at an end, 2 set aside.
  standing INTEGER NOT NULL CHECK (standing IN (0, 1, 2)),
  -- Open, still where it arrived, and waiting for the office's first word.
  fresh INTEGER NOT NULL CHECK (fresh IN (0, 1)),
  waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)),
  -- Last day in time, in days since 1970; 99999 where there is none, so that it comes last.
  due INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  -- Characters of the letter.
  chars INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO entry
  SELECT lookup, seq, kind, stage, standing, fresh, waiting, due, received_at, chars, json FROM entry_6 ORDER BY lookup;
DROP TABLE entry_6;
-- Each begins with what is asked for and goes on in the order of the inbox.
CREATE INDEX entry_in_order ON entry (standing, due, received_at, lookup);
CREATE INDEX entry_by_kind ON entry (kind, standing, due, received_at, lookup);
CREATE INDEX entry_by_stage ON entry (stage, standing, due, received_at, lookup);
CREATE INDEX entry_by_kind_and_stage ON entry (kind, stage, standing, due, received_at, lookup);
CREATE INDEX entry_waiting ON entry (standing, due, received_at, lookup) WHERE waiting = 1;
CREATE INDEX entry_by_receipt ON entry (received_at, kind, chars);
-- The newest first: to be looked through for junk.
CREATE INDEX entry_fresh ON entry (received_at, lookup) WHERE fresh = 1;
CREATE INDEX entry_fresh_by_kind ON entry (kind, received_at, lookup) WHERE fresh = 1;
CREATE TRIGGER entry_comes AFTER INSERT ON entry BEGIN
  INSERT INTO tally VALUES (new.kind, new.stage, new.standing, new.fresh, new.waiting, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER entry_moves AFTER UPDATE ON entry BEGIN
  UPDATE tally SET n = n - 1 WHERE kind = old.kind AND stage = old.stage AND standing = old.standing
    AND fresh = old.fresh AND waiting = old.waiting;
  INSERT INTO tally VALUES (new.kind, new.stage, new.standing, new.fresh, new.waiting, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
