-- What was asked, for the buttons that tell why it was answered as it was.

CREATE TABLE questions (
    question_id TEXT PRIMARY KEY,
    text        TEXT NOT NULL,
    asked_at    TEXT NOT NULL, -- UTC
    rest        TEXT NOT NULL, -- a JSON object: the time in its zone, since, until, publishers
    said        TEXT NOT NULL  -- what tells this answer from another one
) STRICT, WITHOUT ROWID;

CREATE INDEX questions_by_age ON questions (asked_at);
