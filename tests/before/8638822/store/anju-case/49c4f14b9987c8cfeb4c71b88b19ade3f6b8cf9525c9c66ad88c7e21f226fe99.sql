PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (version INTEGER NOT NULL) STRICT;
INSERT INTO meta VALUES(2);
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL) STRICT;
INSERT INTO head VALUES(1,'{"office":"yongshun-2023","kind":"tip_off","lookup":"cb7c625b8f176dcc9d39cf36ab0a1127","token_hash":"463a04e03d77fda2eb7c4e505c1ac473426c5b13b1b027808e1cee71243cc4ca","reply_to":"age1c87kcxtg6prqeyl2ghphvscj9apvxyu3e8ve3rmpqtpzh3drqyvsq35jwl","owner_key":"9cYLWXMC23oDfeEdwTpsn2p6Xzk/iLPhYx9M3DeusZI=","genesis":"c24f76afb65654893e5788b7b173464da64a1efee41f10cbfadfad8ac22c4dfc","document_hash":"61c431d6324c502ac1d71e9de8901a028fe1fbe176dfa4a89db1fef828b28cad","stage":"submitted","since":"2026-11-27","held_until":null,"received_at":1795753442,"updated_at":1795753442,"decided":false,"withdrawn":true,"erased":true,"waiting":false,"total":2,"first":"0ab858d853e6da875f0f8fd11b33deac3e6533dcb8e053d26631bb9ef23ce56f","head":"de08412527ac6e1751d9ec4905f7fe96f7c7617a1a44959ef23cb516e64ecb04","letter_chars":44084,"owner_messages":0,"owner_chars":0,"office_chars":0}');
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  json TEXT NOT NULL,
  request TEXT,
  content TEXT,
  envelope TEXT
) STRICT;
INSERT INTO event VALUES(0,'{"seq":0,"at":1795753442,"by":{"who":"applicant"},"action":{"what":"submitted","owner_key":"9cYLWXMC23oDfeEdwTpsn2p6Xzk/iLPhYx9M3DeusZI="},"prev":"c24f76afb65654893e5788b7b173464da64a1efee41f10cbfadfad8ac22c4dfc","hash":"0ab858d853e6da875f0f8fd11b33deac3e6533dcb8e053d26631bb9ef23ce56f"}',NULL,NULL,NULL);
INSERT INTO event VALUES(1,'{"seq":1,"at":1795753442,"by":{"who":"applicant"},"action":{"what":"withdrawn"},"signed":{"at":1795753442,"seen":"0000000000000000000000000000000000000000000000000000000000000000","signature":"i9gwcUTrA5d2LZC629eVXFJbHD07bXeeubGYwysk/xrpFjcpge5UyC/lPRDh1m/GwYGLtuPHA9gRHe1XnmdFBg=="},"prev":"0ab858d853e6da875f0f8fd11b33deac3e6533dcb8e053d26631bb9ef23ce56f","hash":"de08412527ac6e1751d9ec4905f7fe96f7c7617a1a44959ef23cb516e64ecb04"}','fedcba9876543211','withdraw',NULL);
CREATE TABLE outbox (n INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
COMMIT;
