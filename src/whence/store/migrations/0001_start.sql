CREATE TABLE library (version INTEGER NOT NULL, made_by TEXT NOT NULL);
CREATE TABLE runs (id {counter}, step TEXT NOT NULL, version TEXT NOT NULL, settings TEXT NOT NULL, started TEXT NOT NULL);
CREATE TABLE articles (
  number {counter}, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, outlet TEXT, title TEXT, day TEXT NOT NULL,
  published TEXT, language TEXT, wire TEXT NOT NULL, url TEXT, path TEXT NOT NULL, story TEXT, added TEXT NOT NULL, words INTEGER NOT NULL,
  grouped INTEGER NOT NULL, vector {blob}
);
CREATE INDEX articles_by_day ON articles (day, number);
CREATE INDEX articles_by_story ON articles (story);
CREATE INDEX articles_by_outlet ON articles (outlet, day);
CREATE TABLE versions (
  article {number} NOT NULL REFERENCES articles (number), version INTEGER NOT NULL, given {blob} NOT NULL, text TEXT NOT NULL, facts {blob} NOT NULL,
  marks {blob} NOT NULL, signature {blob}, run {number} NOT NULL REFERENCES runs (id), added TEXT NOT NULL, PRIMARY KEY (article, version)
);
CREATE INDEX versions_by_given ON versions (given);
CREATE TABLE quantities (
  article {number} NOT NULL REFERENCES articles (number), start INTEGER NOT NULL, "end" INTEGER NOT NULL, size INTEGER NOT NULL, low {float} NOT NULL,
  high {float} NOT NULL, value {float}, unit TEXT NOT NULL
);
CREATE INDEX quantities_by_size ON quantities (size, low, high, value, article);
CREATE INDEX quantities_by_value ON quantities (value, article);
CREATE INDEX quantities_by_article ON quantities (article);
CREATE TABLE credited (article {number} NOT NULL REFERENCES articles (number), party TEXT NOT NULL);
CREATE INDEX credited_by_party ON credited (party, article);
CREATE INDEX credited_by_article ON credited (article);
CREATE TABLE rejects (
  id {blob} NOT NULL PRIMARY KEY, place {blob} NOT NULL, path TEXT NOT NULL, line INTEGER, why TEXT NOT NULL,
  run {number} NOT NULL REFERENCES runs (id), added TEXT NOT NULL
);
CREATE INDEX rejects_by_place ON rejects (place);
CREATE TABLE stories (
  id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, reports INTEGER NOT NULL, outlets INTEGER NOT NULL, first TEXT, last TEXT, day TEXT NOT NULL,
  changed TEXT NOT NULL, revision INTEGER NOT NULL, run {number} NOT NULL REFERENCES runs (id)
);
CREATE INDEX stories_by_day ON stories (day, id);
CREATE INDEX stories_by_change ON stories (changed);
CREATE TABLE told (
  story TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, version TEXT NOT NULL, origins {blob} NOT NULL, weakest {blob} NOT NULL,
  differing INTEGER NOT NULL, report {blob} NOT NULL, run {number} NOT NULL REFERENCES runs (id)
);
CREATE TABLE corrections (
  id {counter}, kind TEXT NOT NULL, story TEXT, correction {blob} NOT NULL, anchors {blob} NOT NULL, who TEXT NOT NULL, made TEXT NOT NULL,
  undone TEXT, undone_by TEXT
);
CREATE INDEX corrections_by_story ON corrections (story);
