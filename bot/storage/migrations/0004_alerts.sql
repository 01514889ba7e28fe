-- Searches that go on: whom they tell, what waits to be told, and what was told.

CREATE TABLE alerts (
    alert_id      INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       INTEGER,          -- who added it; NULL when that is not to be known any more
    guild_id      INTEGER,          -- of the channel
    channel_id    INTEGER,          -- NULL: told in a direct message
    typed         TEXT NOT NULL,
    query         TEXT NOT NULL,    -- a JSON object
    locale        TEXT NOT NULL,
    quiet_from    TEXT,             -- 22:00, all three or none
    quiet_until   TEXT,
    zone          TEXT,             -- Europe/Berlin
    after         INTEGER NOT NULL, -- the announcement that was the newest when it was added
    added_at      TEXT NOT NULL,    -- UTC
    paused_reason TEXT,             -- NULL: at work
    CHECK (user_id IS NOT NULL OR channel_id IS NOT NULL),
    CHECK ((guild_id IS NULL) = (channel_id IS NULL))
) STRICT;

CREATE INDEX alerts_by_user ON alerts (user_id);
CREATE INDEX alerts_by_guild ON alerts (guild_id);

CREATE TABLE alert_posts (
    post_id  TEXT PRIMARY KEY,
    alert_id INTEGER NOT NULL REFERENCES alerts ON DELETE CASCADE,
    begun_at TEXT NOT NULL, -- UTC
    outcome  TEXT           -- NULL: on its way
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_posts_by_alert ON alert_posts (alert_id, begun_at);
CREATE INDEX alert_posts_on_their_way ON alert_posts (alert_id) WHERE outcome IS NULL;

CREATE TABLE alert_stories (
    alert_id   INTEGER NOT NULL REFERENCES alerts ON DELETE CASCADE,
    article_id TEXT NOT NULL,
    url        TEXT,
    matched_at TEXT NOT NULL, -- UTC
    post_id    TEXT REFERENCES alert_posts ON DELETE CASCADE, -- NULL: waits to be told
    PRIMARY KEY (alert_id, article_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_stories_by_post ON alert_stories (post_id);
CREATE INDEX alert_stories_waiting ON alert_stories (alert_id) WHERE post_id IS NULL;

CREATE TABLE alert_progress (
    only_row     INTEGER PRIMARY KEY CHECK (only_row = 1),
    announcement INTEGER NOT NULL -- the last one that every alert was held to
) STRICT;
