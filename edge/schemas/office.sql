-- One office: a line per case, how many stand where, and who did what on the desk. How older files come here:
-- edge/migrations.
CREATE TABLE meta (version INTEGER NOT NULL) STRICT;
INSERT INTO meta VALUES (7);
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
CREATE TABLE tally (
  kind TEXT NOT NULL,
  stage TEXT NOT NULL,
  standing INTEGER NOT NULL,
  fresh INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (kind, stage, standing, fresh, waiting)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  source TEXT UNIQUE,
  json TEXT NOT NULL
) STRICT;
-- Tickets handed out at the counter. Nothing says to whom, nor which key made them.
CREATE TABLE ticket (
  hash TEXT PRIMARY KEY,
  request TEXT NOT NULL,
  -- The first second in which it is good no more.
  until INTEGER NOT NULL,
  -- Look-up id of the letter that it brought.
  spent_by TEXT UNIQUE
) STRICT;
CREATE INDEX ticket_by_request ON ticket (request);
-- Bytes of papers that came in on a day (its first second), by sort. Nothing says from whom.
CREATE TABLE papers (
  day INTEGER NOT NULL,
  sort TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (day, sort)
) STRICT, WITHOUT ROWID;
