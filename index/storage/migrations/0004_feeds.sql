-- News that comes in by itself: from where, what is known of it, and when to look again.

CREATE TABLE feeds (
    feed_id        INTEGER PRIMARY KEY AUTOINCREMENT,
    url            TEXT NOT NULL UNIQUE, -- an address, or a folder's absolute path
    kind           TEXT NOT NULL,
    title          TEXT,
    publisher      TEXT, -- NULL: what the feed or the page says
    tags           TEXT NOT NULL DEFAULT '[]', -- JSON
    field_map      TEXT, -- JSON
    every_seconds  INTEGER,
    added_at       TEXT NOT NULL, -- all times are ISO 8601 in UTC
    paused_at      TEXT,
    paused_reason  TEXT,
    etag           TEXT, -- validators, word for word as they came; of a folder what it holds
    last_modified  TEXT,
    ttl_seconds    INTEGER, -- how long its publisher wants to be left alone
    next_poll_at   TEXT NOT NULL,
    polled_at      TEXT,
    succeeded_at   TEXT, -- NULL: nothing it gives is announced, since all of it is old
    failure_count  INTEGER NOT NULL DEFAULT 0,
    failure        TEXT
) STRICT;

CREATE INDEX feeds_by_next_poll ON feeds (next_poll_at) WHERE paused_at IS NULL;

-- The articles that are there, in a table that also holds what came in without a file. Those that
-- are not quoted have no passages: copies of another one, and what its publisher took back.
-- Made anew, since a column that must not be NULL cannot be told otherwise. What refers to it is
-- dropped before it, so that nothing is deleted along with it.

CREATE TABLE articles_made_anew (
    article_id INTEGER PRIMARY KEY,
    file_id    INTEGER REFERENCES files ON DELETE CASCADE, -- NULL: it came in by itself
    id         TEXT NOT NULL UNIQUE,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    url        TEXT,
    publisher  TEXT,
    author     TEXT,
    published  TEXT, -- a day, or a time in UTC, as ISO 8601; NULL is unknown
    category   TEXT,
    is_partial INTEGER NOT NULL DEFAULT 0,
    is_quoted  INTEGER NOT NULL DEFAULT 1,
    copy_of    INTEGER REFERENCES articles_made_anew ON DELETE SET NULL
) STRICT;

CREATE TABLE passages_made_anew (
    passage_id   INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id   INTEGER NOT NULL REFERENCES articles_made_anew ON DELETE CASCADE,
    start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
    end_offset   INTEGER NOT NULL,
    CHECK (end_offset > start_offset)
) STRICT;

INSERT INTO articles_made_anew
    (article_id, file_id, id, title, text, url, publisher, author, published, category)
    SELECT article_id, file_id, id, title, text, url, publisher, author, published, category
    FROM articles;

INSERT INTO passages_made_anew SELECT * FROM passages;

-- the number of a passage that is gone is never given to another, not even now
DELETE FROM sqlite_sequence WHERE name = 'passages_made_anew';
INSERT INTO sqlite_sequence (name, seq)
    SELECT 'passages_made_anew', seq FROM sqlite_sequence WHERE name = 'passages';

DROP TABLE passages;
DROP TABLE articles;
ALTER TABLE articles_made_anew RENAME TO articles;
ALTER TABLE passages_made_anew RENAME TO passages;

CREATE INDEX articles_by_file ON articles (file_id) WHERE file_id IS NOT NULL;
CREATE INDEX articles_by_publication ON articles (published);
CREATE INDEX articles_by_author ON articles (author) WHERE author IS NOT NULL;
CREATE INDEX articles_by_original ON articles (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX passages_by_article ON passages (article_id);

CREATE TRIGGER passages_removed AFTER DELETE ON passages
BEGIN
    INSERT INTO changes (removed_passage_id) VALUES (OLD.passage_id);
END;

-- What is known of an article that came in by itself.

CREATE TABLE gathered (
    article_id    INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    feed_id       INTEGER REFERENCES feeds ON DELETE SET NULL,
    page_url      TEXT,
    is_page_text  INTEGER NOT NULL DEFAULT 1, -- 0: its text was in the feed itself
    etag          TEXT, -- the page's validators
    last_modified TEXT,
    first_seen_at TEXT NOT NULL,
    changed_at    TEXT NOT NULL,
    withdrawn_at  TEXT,
    next_check_at TEXT, -- when to see whether it still stands
    check_count   INTEGER NOT NULL DEFAULT 0,
    shingle_count INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX gathered_by_feed ON gathered (feed_id);
CREATE INDEX gathered_by_next_check ON gathered (next_check_at) WHERE next_check_at IS NOT NULL;

-- The names that say that two stories are one: guid, address, title and day.
CREATE TABLE identities (
    identity   TEXT PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX identities_by_article ON identities (article_id);

-- A sample of an article's runs of five words, by which copies are found.
CREATE TABLE shingles (
    hash       INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX shingles_by_article ON shingles (article_id);

-- Texts that their publishers have replaced.
CREATE TABLE revisions (
    revision_id INTEGER PRIMARY KEY,
    article_id  INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    replaced_at TEXT NOT NULL,
    title       TEXT NOT NULL,
    text        TEXT NOT NULL
) STRICT;

CREATE INDEX revisions_by_article ON revisions (article_id);

-- How many articles of a host had a line: what many have is no article's own.
CREATE TABLE host_lines (
    host          TEXT NOT NULL,
    hash          INTEGER NOT NULL,
    article_count INTEGER NOT NULL,
    seen_on       TEXT NOT NULL,
    PRIMARY KEY (host, hash)
) STRICT, WITHOUT ROWID;

-- The few that are left out, among the many that a busy host has. The number is that of
-- `REPEATED_COUNT`, without which this does not answer for them.
CREATE INDEX repeated_host_lines ON host_lines (host, seen_on) WHERE article_count >= 5;

-- What a feed has told of. `waiting` is the story as the feed told it, until it is stored.
CREATE TABLE entries (
    entry_id        INTEGER PRIMARY KEY,
    feed_id         INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
    key             TEXT NOT NULL,
    digest          TEXT NOT NULL, -- of all that the feed says of it
    seen_at         TEXT NOT NULL,
    article_id      INTEGER REFERENCES articles ON DELETE SET NULL,
    waiting         TEXT, -- JSON
    is_announced    INTEGER NOT NULL DEFAULT 1,
    next_attempt_at TEXT,
    attempt_count   INTEGER NOT NULL DEFAULT 0,
    failure         TEXT,
    UNIQUE (feed_id, key)
) STRICT;

CREATE INDEX entries_waiting ON entries (next_attempt_at, feed_id) WHERE waiting IS NOT NULL;
CREATE INDEX entries_by_article ON entries (article_id) WHERE article_id IS NOT NULL;

-- What is new to readers, in the order in which it came.
CREATE TABLE announcements (
    announcement_id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id      INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    announced_at    TEXT NOT NULL,
    is_revision     INTEGER NOT NULL
) STRICT;

CREATE INDEX announcements_by_article ON announcements (article_id);
