-- Which articles share text, from the long rows of their sampled grams: shingles(n, gram, place, outlet), articles(n, grams).
-- One statement a table, in the dialect that DuckDB and Spark share. No text is read here.

-- table counted: in how many articles a gram stands; nine in ten stand in one, and go no further
SELECT gram, count(*) AS articles FROM shingles GROUP BY gram HAVING count(*) > 1

-- table repeated: the rows of the others
SELECT s.n, s.gram, s.place, s.outlet, c.articles FROM shingles s JOIN counted c ON s.gram = c.gram

-- table boilerplate: grams that {within} articles of one outlet have
SELECT gram FROM (SELECT gram, outlet FROM repeated WHERE articles >= {within} AND outlet <> 0 GROUP BY gram, outlet HAVING count(*) >= {within}) o GROUP BY gram

-- table again: articles of which most would be boilerplate: a text that its outlet ran again
SELECT r.n FROM repeated r JOIN boilerplate b ON r.gram = b.gram JOIN articles a ON a.n = r.n GROUP BY r.n, a.grams HAVING count(*) * 10 > 6 * a.grams

-- table kept: the rows without boilerplate
SELECT r.n, r.gram, r.place FROM repeated r LEFT JOIN boilerplate b ON r.gram = b.gram LEFT JOIN again g ON g.n = r.n WHERE b.gram IS NULL OR g.n IS NOT NULL

-- table known: in how many articles a gram stands now, and the first of them
SELECT gram, count(*) AS articles, min(n) AS first FROM kept GROUP BY gram HAVING count(*) > 1

-- table posted: the rows with it
SELECT k.n, k.gram, k.place, w.articles, w.first FROM kept k JOIN known w ON k.gram = w.gram

-- table shared: pairs with the grams they share; a gram of more than {cap} articles pairs each with the first only, so that rows grow as articles do
SELECT a, b, count(*) AS grams FROM (
    SELECT x.n AS a, y.n AS b FROM posted x JOIN posted y ON x.gram = y.gram WHERE x.articles <= {cap} AND y.articles <= {cap} AND x.n < y.n
    UNION ALL SELECT first AS a, n AS b FROM posted WHERE articles > {cap} AND n <> first
) p GROUP BY a, b HAVING count(*) >= {least}

-- table formulae: grams of {spread} articles or more, most of which share little else with the first
SELECT p.gram FROM posted p LEFT JOIN shared s ON s.a = p.first AND s.b = p.n WHERE p.articles >= {spread} AND p.n <> p.first
GROUP BY p.gram HAVING 3 * sum(CASE WHEN s.grams >= {weak} THEN 0 ELSE 1 END) >= 2 * count(*)

-- table aside: where in an article a set phrase stands
SELECT r.n, r.place FROM repeated r JOIN boilerplate b ON r.gram = b.gram LEFT JOIN again g ON g.n = r.n WHERE g.n IS NULL
UNION ALL SELECT p.n, p.place FROM posted p JOIN formulae f ON p.gram = f.gram

-- table common: what more than {cap} articles have: told, since of these each is compared with the first only
SELECT w.gram, w.articles, w.first, min(p.place) AS place, CASE WHEN min(f.gram) IS NULL THEN 'text' ELSE 'formula' END AS kind
FROM known w JOIN posted p ON p.gram = w.gram AND p.n = w.first LEFT JOIN formulae f ON f.gram = w.gram WHERE w.articles > {cap} GROUP BY w.gram, w.articles, w.first
UNION ALL SELECT c.gram, c.articles, min(r.n) AS first, min(r.place) AS place, 'boilerplate' AS kind
FROM counted c JOIN boilerplate b ON b.gram = c.gram JOIN repeated r ON r.gram = c.gram WHERE c.articles > {cap} GROUP BY c.gram, c.articles

-- table nearest: for every second article of a pair the least that it shares with, and for that one how many hang on it
SELECT b, least_of, count(*) OVER (PARTITION BY least_of) AS crowd FROM (SELECT b, min(a) AS least_of FROM shared GROUP BY b) m

-- table pairs: pairs in {blocks} blocks, those of one text in one, unless they are more than {crowd}
SELECT s.a, s.b, CAST((CASE WHEN m.crowd > {crowd} THEN s.b ELSE m.least_of END) % {blocks} AS INT) AS block FROM shared s JOIN nearest m ON m.b = s.b

-- table paired: the same, a folder a block
SELECT a, b, block FROM pairs

-- table members: which articles a block needs
SELECT block, n FROM (SELECT block, a AS n FROM pairs UNION ALL SELECT block, b AS n FROM pairs) u GROUP BY block, n

-- table phrases: the set phrases of articles that are in a pair
SELECT m.block, x.n, x.place FROM aside x JOIN members m ON m.n = x.n

-- table texts: the articles that a block needs
SELECT m.block, a.n, a.id, a.outlet, a.published, a.language, a.text FROM members m JOIN articles a ON a.n = m.n
