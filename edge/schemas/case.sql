-- One case. Nothing personal: the letter and the messages are ciphertext. How older files come here: edge/migrations.
CREATE TABLE meta (version INTEGER NOT NULL) STRICT;
INSERT INTO meta VALUES (3);
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
