CREATE TABLE watched (story TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, report {blob} NOT NULL, run {number} NOT NULL REFERENCES runs (id));
ALTER TABLE articles ADD COLUMN altered INTEGER NOT NULL DEFAULT 0;
CREATE INDEX articles_by_alteration ON articles (altered);
