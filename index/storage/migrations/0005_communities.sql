-- Whose news it is: nobody's in particular (NULL), or that of a community, a name that is chosen by
-- whoever asks. What a community brought in is never joined with what others did.

ALTER TABLE articles ADD COLUMN community TEXT;

CREATE INDEX articles_by_community ON articles (community) WHERE community IS NOT NULL;

-- One address may be followed by several, so the feeds are made anew, since a column that is UNIQUE
-- stays so. What refers to them is made anew before, so that nothing is deleted along with them.

CREATE TABLE feeds_made_anew (
    feed_id        INTEGER PRIMARY KEY AUTOINCREMENT,
    url            TEXT NOT NULL, -- an address, or a folder's absolute path
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
    failure        TEXT,
    community      TEXT -- NULL: its news is for everybody
) STRICT;

INSERT INTO feeds_made_anew SELECT *, NULL FROM feeds;

-- the number of a feed that is gone is never given to another, not even now
DELETE FROM sqlite_sequence WHERE name = 'feeds_made_anew';
INSERT INTO sqlite_sequence (name, seq)
    SELECT 'feeds_made_anew', seq FROM sqlite_sequence WHERE name = 'feeds';

CREATE TABLE gathered_made_anew (
    article_id    INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    feed_id       INTEGER REFERENCES feeds_made_anew ON DELETE SET NULL,
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

-- what is of no feed and no article any more would not go into a table that refers to them
UPDATE gathered SET feed_id = NULL WHERE feed_id NOT IN (SELECT feed_id FROM feeds);
INSERT INTO gathered_made_anew
    SELECT * FROM gathered WHERE article_id IN (SELECT article_id FROM articles);

CREATE TABLE entries_made_anew (
    entry_id        INTEGER PRIMARY KEY,
    feed_id         INTEGER NOT NULL REFERENCES feeds_made_anew ON DELETE CASCADE,
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

UPDATE entries SET article_id = NULL WHERE article_id NOT IN (SELECT article_id FROM articles);
INSERT INTO entries_made_anew
    SELECT * FROM entries WHERE feed_id IN (SELECT feed_id FROM feeds);

DROP TABLE entries;
DROP TABLE gathered;
DROP TABLE feeds;
ALTER TABLE feeds_made_anew RENAME TO feeds;
ALTER TABLE gathered_made_anew RENAME TO gathered;
ALTER TABLE entries_made_anew RENAME TO entries;

CREATE UNIQUE INDEX feeds_by_address ON feeds (url, coalesce(community, ''));
CREATE INDEX feeds_by_next_poll ON feeds (next_poll_at) WHERE paused_at IS NULL;
CREATE INDEX feeds_by_community ON feeds (community) WHERE community IS NOT NULL;
CREATE INDEX gathered_by_feed ON gathered (feed_id);
CREATE INDEX gathered_by_next_check ON gathered (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX entries_waiting ON entries (next_attempt_at, feed_id) WHERE waiting IS NOT NULL;
CREATE INDEX entries_by_article ON entries (article_id) WHERE article_id IS NOT NULL;

-- The names of stories, which are told apart by whose they are: '' is everybody's.
CREATE TABLE identities_made_anew (
    identity   TEXT NOT NULL,
    community  TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (identity, community)
) STRICT, WITHOUT ROWID;

INSERT INTO identities_made_anew SELECT identity, '', article_id FROM identities
    WHERE article_id IN (SELECT article_id FROM articles);
DROP TABLE identities;
ALTER TABLE identities_made_anew RENAME TO identities;
CREATE INDEX identities_by_article ON identities (article_id);

-- Which feeds have told of a community's story: with the last of them it goes.
CREATE TABLE tellings (
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    feed_id    INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
    PRIMARY KEY (article_id, feed_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX tellings_by_feed ON tellings (feed_id);
