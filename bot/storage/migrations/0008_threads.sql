-- Whether answers stand in threads, and which question each thread goes on from.

ALTER TABLE servers
    ADD COLUMN opens_threads INTEGER NOT NULL DEFAULT 0 CHECK (opens_threads IN (0, 1));

CREATE TABLE threads (
    thread_id   INTEGER PRIMARY KEY,
    question_id TEXT NOT NULL REFERENCES questions ON DELETE CASCADE -- the last one
) STRICT;

CREATE INDEX threads_by_question ON threads (question_id);
