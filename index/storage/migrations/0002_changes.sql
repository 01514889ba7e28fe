-- What search engines follow: they hold what is stored, and have to hear of what is not any more.
-- A row a removed passage, and one a transaction that stored some. A token tells a database that
-- was put back to an earlier state, and went on from there, from the one that was followed.

CREATE TABLE changes (
    change_id          INTEGER PRIMARY KEY AUTOINCREMENT,
    token              TEXT NOT NULL DEFAULT (lower(hex(randomblob(8)))),
    removed_passage_id INTEGER -- NULL: passages were stored
) STRICT;

INSERT INTO changes DEFAULT VALUES;

CREATE TRIGGER passages_removed AFTER DELETE ON passages
BEGIN
    INSERT INTO changes (removed_passage_id) VALUES (OLD.passage_id);
END;
