-- What buttons need to remember, and which commands Discord was last told of.

CREATE TABLE searches (
    search_id  TEXT PRIMARY KEY,
    text       TEXT NOT NULL,
    since      TEXT, -- UTC
    until      TEXT, -- UTC
    publishers TEXT NOT NULL, -- a JSON array
    asked_at   TEXT NOT NULL  -- UTC
) STRICT, WITHOUT ROWID;

CREATE INDEX searches_by_age ON searches (asked_at);

CREATE TABLE command_hashes (
    application_id INTEGER PRIMARY KEY,
    hash           TEXT NOT NULL
) STRICT;
