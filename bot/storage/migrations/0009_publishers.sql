-- The publishers that answers of a server come from; all, where it has none.

CREATE TABLE chosen_publishers (
    server_id INTEGER NOT NULL REFERENCES servers ON DELETE CASCADE,
    name      TEXT NOT NULL,
    PRIMARY KEY (server_id, name)
) STRICT, WITHOUT ROWID;
