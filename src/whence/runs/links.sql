-- Which articles share text, from what their sampled grams say: articles(n, grams, text, …) and the tables that runs/grams.py makes of the grams.
-- One statement a table, in the dialect that DuckDB and Spark share. Text is read by the last alone.

-- table again: articles of which most would be boilerplate: a text that its outlet ran again
SELECT r.n FROM ran r JOIN articles a ON a.n = r.n GROUP BY r.n, a.grams HAVING sum(r.grams) * 10 > 6 * a.grams

-- table shared: pairs with the grams they share
SELECT a, b, CAST(sum(grams) AS BIGINT) AS grams FROM proposed GROUP BY a, b HAVING sum(grams) >= {least}

-- table formulae: grams of {spread} articles or more, most of which share little else with the first
SELECT p.gram FROM many p LEFT JOIN shared s ON s.a = p.first AND s.b = p.n WHERE p.articles >= {spread} AND p.n <> p.first
GROUP BY p.gram HAVING 3 * sum(CASE WHEN s.grams >= {weak} THEN 0 ELSE 1 END) >= 2 * count(*)

-- table common: what more than {cap} articles have: told, since of these each is compared with the first only
SELECT m.gram, m.articles, m.first, m.place, CASE WHEN f.gram IS NULL THEN 'text' ELSE 'formula' END AS kind
FROM many m LEFT JOIN formulae f ON f.gram = m.gram WHERE m.articles > {cap} AND m.n = m.first
UNION ALL SELECT gram, articles, first, place, 'boilerplate' AS kind FROM under

-- table paired: pairs in {blocks} blocks: those of one text in one, the least that the second of a pair shares with, unless more than {crowd} hang on it
SELECT s.a, s.b, CAST((CASE WHEN m.crowd > {crowd} THEN s.b ELSE m.least_of END) % {blocks} AS INT) AS block
FROM shared s JOIN (SELECT b, least_of, count(*) OVER (PARTITION BY least_of) AS crowd FROM (SELECT b, min(a) AS least_of FROM shared GROUP BY b) l) m ON m.b = s.b

-- table texts: the articles that a block needs, with the places of the set phrases in each
SELECT m.block, a.n, a.id, a.outlet, a.published, a.language, a.text, x.places
FROM (SELECT block, a AS n FROM paired UNION SELECT block, b AS n FROM paired) m JOIN articles a ON a.n = m.n
LEFT JOIN (
    SELECT n, array_agg(place) AS places FROM (
        SELECT n, place FROM furniture UNION ALL SELECT p.n, p.place FROM many p JOIN formulae f ON p.gram = f.gram
    ) y GROUP BY n
) x ON x.n = m.n
