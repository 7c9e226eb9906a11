-- From version 1: the head in columns with the letter, request ids in a table of their own. Messages of then keep their
-- envelopes inside their events, whose chain binds them.
CREATE TABLE meta (version INTEGER NOT NULL) STRICT;
INSERT INTO meta VALUES (2);
ALTER TABLE head RENAME TO head_1;
ALTER TABLE event RENAME TO event_1;
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL) STRICT;
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  json TEXT NOT NULL,
  request TEXT,
  content TEXT,
  envelope TEXT
) STRICT;
INSERT INTO event (seq, json, envelope)
  SELECT seq, json, CASE seq WHEN 0 THEN (SELECT nullif(envelope, '') FROM head_1) END FROM event_1;
-- A request id stands with some event: which one nobody asks.
UPDATE event SET request = used.id, content = used.content
  FROM (SELECT id, content, row_number() OVER (ORDER BY id) AS place FROM request) AS used
  WHERE used.place = event.seq;
INSERT INTO head (one, json) SELECT 1, json_object(
  'office', office,
  'kind', json(kind),
  'lookup', lookup,
  'token_hash', token_hash,
  'reply_to', reply_to,
  'genesis', genesis,
  'stage', stage,
  'since', coalesce(
    (SELECT json_extract(json, '$.action.on') FROM event_1
      WHERE json_extract(json, '$.action.what') = 'moved' ORDER BY seq DESC LIMIT 1),
    date(received_at + 28800, 'unixepoch')
  ),
  'received_at', received_at,
  'updated_at', (SELECT json_extract(json, '$.at') FROM event_1 ORDER BY seq DESC LIMIT 1),
  'withdrawn', json(CASE withdrawn WHEN 1 THEN 'true' ELSE 'false' END),
  'waiting', json(CASE WHEN withdrawn = 0 AND 'applicant' = (
    SELECT json_extract(json, '$.by.who') FROM event_1 ORDER BY seq DESC LIMIT 1
  ) THEN 'true' ELSE 'false' END),
  'total', (SELECT count(*) FROM event_1),
  'first', (SELECT json_extract(json, '$.hash') FROM event_1 WHERE seq = 0),
  'head', (SELECT json_extract(json, '$.hash') FROM event_1 ORDER BY seq DESC LIMIT 1),
  'owner_messages', (SELECT count(*) FROM event_1
    WHERE json_extract(json, '$.by.who') = 'applicant' AND json_extract(json, '$.action.what') = 'message'),
  'owner_chars', (SELECT coalesce(sum(length(json_extract(json, '$.action.envelope'))), 0) FROM event_1
    WHERE json_extract(json, '$.by.who') = 'applicant'),
  'office_chars', (SELECT coalesce(sum(length(json_extract(json, '$.action.envelope'))), 0) FROM event_1
    WHERE json_extract(json, '$.by.who') = 'office')
) FROM head_1;
ALTER TABLE outbox RENAME TO outbox_1;
CREATE TABLE outbox (n INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
INSERT INTO outbox SELECT n, json FROM outbox_1;
DROP TABLE outbox_1;
DROP TABLE head_1;
DROP TABLE event_1;
DROP TABLE request;
