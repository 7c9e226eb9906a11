-- From version 4: there are tickets.
UPDATE meta SET version = 5;
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
