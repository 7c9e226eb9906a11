PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (version INTEGER NOT NULL) STRICT;
INSERT INTO meta VALUES(3);
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
INSERT INTO entry VALUES('cd8b6429ce3de5c4438ea5db706eeb94',3,'tip_off','verifying',0,1,99999,1795753442,44096,'{"lookup":"cd8b6429ce3de5c4438ea5db706eeb94","kind":"tip_off","stage":"verifying","received_at":1795753442,"updated_at":1795753442,"waiting_for_office":true,"withdrawn":false,"closed":false,"due":null}');
INSERT INTO entry VALUES('cb7c625b8f176dcc9d39cf36ab0a1127',1,'tip_off','submitted',1,0,99999,1795753442,44084,'{"lookup":"cb7c625b8f176dcc9d39cf36ab0a1127","kind":"tip_off","stage":"submitted","received_at":1795753442,"updated_at":1795753442,"waiting_for_office":false,"withdrawn":true,"closed":true,"due":null}');
CREATE TABLE tally (
  kind TEXT NOT NULL,
  stage TEXT NOT NULL,
  closed INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (kind, stage, closed, waiting)
) STRICT, WITHOUT ROWID;
INSERT INTO tally VALUES('tip_off','submitted',0,1,0);
INSERT INTO tally VALUES('tip_off','submitted',1,0,1);
INSERT INTO tally VALUES('tip_off','verifying',0,0,0);
INSERT INTO tally VALUES('tip_off','verifying',0,1,1);
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  source TEXT UNIQUE,
  json TEXT NOT NULL
) STRICT;
INSERT INTO audit VALUES(0,NULL,'{"seq":0,"at":1795753442,"kid":"3fc33503fa330777","role":"office","action":{"what":"listed"},"lookup":null,"prev":"0000000000000000000000000000000000000000000000000000000000000000","hash":"9627949ae13d7eafa8a628b5973768580a24317ca37b65c5710ba9f17f243f54"}');
INSERT INTO audit VALUES(1,'cd8b6429ce3de5c4438ea5db706eeb94:1','{"seq":1,"at":1795753442,"kid":"3fc33503fa330777","role":"office","action":{"what":"moved","stage":"verifying"},"lookup":"cd8b6429ce3de5c4438ea5db706eeb94","prev":"9627949ae13d7eafa8a628b5973768580a24317ca37b65c5710ba9f17f243f54","hash":"571aad62c67e8013bf41d68410ec133251af45e74af6eed60f728244f822ee94"}');
INSERT INTO audit VALUES(2,'cd8b6429ce3de5c4438ea5db706eeb94:2','{"seq":2,"at":1795753442,"kid":"3fc33503fa330777","role":"office","action":{"what":"replied"},"lookup":"cd8b6429ce3de5c4438ea5db706eeb94","prev":"571aad62c67e8013bf41d68410ec133251af45e74af6eed60f728244f822ee94","hash":"21d25f56bf9c472acf39bd243b9db9d2ebf998d5248fddba4a82f4c9b4345fc4"}');
INSERT INTO audit VALUES(3,NULL,'{"seq":3,"at":1795753442,"kid":"3fc33503fa330777","role":"office","action":{"what":"listed"},"lookup":null,"prev":"21d25f56bf9c472acf39bd243b9db9d2ebf998d5248fddba4a82f4c9b4345fc4","hash":"e325d739d82f7efb70bdedeccf31f3d1d41dadda4808a0b5fe93b6164e2f8891"}');
INSERT INTO audit VALUES(4,NULL,'{"seq":4,"at":1795753442,"kid":"3fc33503fa330777","role":"office","action":{"what":"opened"},"lookup":"cd8b6429ce3de5c4438ea5db706eeb94","prev":"e325d739d82f7efb70bdedeccf31f3d1d41dadda4808a0b5fe93b6164e2f8891","hash":"aae200861fa117994c207fa77701f6a7dbea0dcb071ed3291f9d90d4edeb081d"}');
INSERT INTO audit VALUES(5,NULL,'{"seq":5,"at":1795753442,"kid":"3fc33503fa330777","role":"office","action":{"what":"opened"},"lookup":"cd8b6429ce3de5c4438ea5db706eeb94","prev":"aae200861fa117994c207fa77701f6a7dbea0dcb071ed3291f9d90d4edeb081d","hash":"4fba1c6b948ba885c99abb3fde5d0f93595c42fce82caf6d0328177917e14e28"}');
INSERT INTO audit VALUES(6,NULL,'{"seq":6,"at":1795753442,"kid":"3fc33503fa330777","role":"office","action":{"what":"audited"},"lookup":null,"prev":"4fba1c6b948ba885c99abb3fde5d0f93595c42fce82caf6d0328177917e14e28","hash":"47ac764429262c3a4f839bb584a573f7ced29ae9a663e947fc27a86c92a077dc"}');
CREATE INDEX entry_in_order ON entry (closed, due, received_at, lookup);
CREATE INDEX entry_by_kind ON entry (kind, closed, due, received_at, lookup);
CREATE INDEX entry_by_stage ON entry (stage, closed, due, received_at, lookup);
CREATE INDEX entry_by_kind_and_stage ON entry (kind, stage, closed, due, received_at, lookup);
CREATE INDEX entry_waiting ON entry (closed, due, received_at, lookup) WHERE waiting = 1;
CREATE INDEX entry_by_receipt ON entry (received_at, kind, chars);
CREATE TRIGGER entry_comes AFTER INSERT ON entry BEGIN
  INSERT INTO tally VALUES (new.kind, new.stage, new.closed, new.waiting, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER entry_moves AFTER UPDATE ON entry BEGIN
  UPDATE tally SET n = n - 1
    WHERE kind = old.kind AND stage = old.stage AND closed = old.closed AND waiting = old.waiting;
  INSERT INTO tally VALUES (new.kind, new.stage, new.closed, new.waiting, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
COMMIT;
