-- Whether people found answers helpful; forgotten with the question.

CREATE TABLE ratings (
    question_id TEXT NOT NULL REFERENCES questions ON DELETE CASCADE,
    user_id     INTEGER NOT NULL,
    is_helpful  INTEGER NOT NULL CHECK (is_helpful IN (0, 1)),
    rated_at    TEXT NOT NULL, -- UTC
    PRIMARY KEY (question_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ratings_by_user ON ratings (user_id);
