-- The top stories of a day or a week, told again and again; and which were told.

CREATE TABLE digests (
    digest_id     INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       INTEGER,          -- who wanted it; NULL when that is not to be known any more
    guild_id      INTEGER,          -- of the channel
    channel_id    INTEGER,          -- NULL: told in a direct message
    at            TEXT NOT NULL,    -- 07:30
    zone          TEXT NOT NULL,    -- Europe/Berlin
    weekday       INTEGER,          -- 0 is Monday; NULL: every day
    locale        TEXT NOT NULL,
    next_at       TEXT NOT NULL,    -- UTC
    post_id       TEXT,             -- of the message on its way, all three or none
    post_content  TEXT,
    begun_at      TEXT,             -- UTC
    added_at      TEXT NOT NULL,    -- UTC
    paused_reason TEXT,             -- NULL: at work
    CHECK (user_id IS NOT NULL OR channel_id IS NOT NULL),
    CHECK ((guild_id IS NULL) = (channel_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX digests_of_people ON digests (user_id) WHERE channel_id IS NULL;
CREATE UNIQUE INDEX digests_of_channels ON digests (channel_id);
CREATE INDEX digests_by_user ON digests (user_id);
CREATE INDEX digests_by_guild ON digests (guild_id);
CREATE INDEX digests_by_time ON digests (next_at) WHERE paused_reason IS NULL;

CREATE TABLE digest_stories (
    digest_id INTEGER NOT NULL REFERENCES digests ON DELETE CASCADE,
    story     TEXT NOT NULL, -- an article's id, or an address of it or of its copies
    told_at   TEXT NOT NULL, -- UTC
    PRIMARY KEY (digest_id, story)
) STRICT, WITHOUT ROWID;
