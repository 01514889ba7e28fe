-- What servers have decided, who asked what where, and which servers the bot has been removed from.

CREATE TABLE servers (
    server_id           INTEGER PRIMARY KEY,
    language            TEXT,    -- a Discord locale
    zone                TEXT,    -- an IANA name
    is_private          INTEGER NOT NULL DEFAULT 0 CHECK (is_private IN (0, 1)),
    question_channel_id INTEGER,
    log_channel_id      INTEGER,
    person_limit        INTEGER, -- questions an hour
    server_limit        INTEGER
) STRICT;

CREATE TABLE allowed_channels (
    server_id  INTEGER NOT NULL REFERENCES servers ON DELETE CASCADE,
    channel_id INTEGER NOT NULL,
    PRIMARY KEY (server_id, channel_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE blocked_users (
    server_id INTEGER NOT NULL REFERENCES servers ON DELETE CASCADE,
    user_id   INTEGER NOT NULL,
    PRIMARY KEY (server_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE left_servers (
    server_id INTEGER PRIMARY KEY,
    left_at   TEXT NOT NULL -- UTC
) STRICT;

ALTER TABLE questions ADD COLUMN asked_by INTEGER;
ALTER TABLE questions ADD COLUMN asked_in INTEGER; -- a server
ALTER TABLE searches ADD COLUMN asked_by INTEGER;
ALTER TABLE searches ADD COLUMN asked_in INTEGER; -- a server

CREATE INDEX questions_by_asker ON questions (asked_by);
CREATE INDEX searches_by_asker ON searches (asked_by);
CREATE INDEX questions_by_server ON questions (asked_in) WHERE asked_in IS NOT NULL;
CREATE INDEX searches_by_server ON searches (asked_in) WHERE asked_in IS NOT NULL;
