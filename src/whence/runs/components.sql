-- Connected components by hooking and jumping (Shiloach and Vishkin 1982): every article takes the least label next to it, then its label's own label.
-- edges(a, b); the rounds needed grow as the logarithm of the longest way. A crowd hanging on one article is one row an edge, as everything is.

-- table labels: every article is its own component
SELECT n, n AS story FROM (SELECT a AS n FROM edges UNION SELECT b AS n FROM edges) v

-- table offered: what an edge offers to either end, and to the label of either end
SELECT n, min(story) AS story FROM (
    SELECT e.b AS n, x.story FROM edges e JOIN labels x ON x.n = e.a UNION ALL SELECT e.a AS n, y.story FROM edges e JOIN labels y ON y.n = e.b
    UNION ALL SELECT y.story AS n, x.story FROM edges e JOIN labels x ON x.n = e.a JOIN labels y ON y.n = e.b
    UNION ALL SELECT x.story AS n, y.story FROM edges e JOIN labels x ON x.n = e.a JOIN labels y ON y.n = e.b
) o GROUP BY n

-- table hooked: the lesser of what was and what is offered
SELECT l.n, CASE WHEN o.story < l.story THEN o.story ELSE l.story END AS story FROM labels l LEFT JOIN offered o ON o.n = l.n

-- table jumped: the label of the label
SELECT h.n, r.story FROM hooked h JOIN hooked r ON r.n = h.story

-- table changed: what this round changed
SELECT j.n FROM jumped j JOIN labels l ON l.n = j.n WHERE j.story <> l.story
