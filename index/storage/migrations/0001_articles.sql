-- What was handed in, what it held, and what is retrieved of it.

CREATE TABLE roots (
    path TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE files (
    file_id      INTEGER PRIMARY KEY,
    path         TEXT NOT NULL UNIQUE,
    content_hash TEXT NOT NULL,
    recipe       TEXT NOT NULL -- the version of the code that made the passages
) STRICT;

CREATE TABLE articles (
    article_id INTEGER PRIMARY KEY,
    file_id    INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    id         TEXT NOT NULL UNIQUE,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    url        TEXT,
    publisher  TEXT,
    author     TEXT,
    published  TEXT, -- a day, or a time in UTC, as ISO 8601; NULL is unknown
    category   TEXT
) STRICT;

CREATE INDEX articles_by_file ON articles (file_id);
CREATE INDEX articles_by_publication ON articles (published);

-- AUTOINCREMENT: the number of a passage that is gone is never given to another
CREATE TABLE passages (
    passage_id   INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id   INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
    end_offset   INTEGER NOT NULL,
    CHECK (end_offset > start_offset)
) STRICT;

CREATE INDEX passages_by_article ON passages (article_id);

CREATE TABLE runs (
    run_id           INTEGER PRIMARY KEY AUTOINCREMENT,
    finished_at      TEXT NOT NULL,
    duration_seconds REAL NOT NULL,
    added_count      INTEGER NOT NULL,
    changed_count    INTEGER NOT NULL,
    removed_count    INTEGER NOT NULL,
    unchanged_count  INTEGER NOT NULL,
    refused_count    INTEGER NOT NULL
) STRICT;
