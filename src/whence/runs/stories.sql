-- Which articles are of one happening, window of days by window, from signed(n, day, signature): -1 is the day of an article without a date.

-- table days: articles a day
SELECT day, count(*) AS articles FROM signed GROUP BY day

-- table windowed: the signatures of every window; windows(block, first, last) overlap
SELECT w.block, s.n, s.signature FROM signed s JOIN windows w ON s.day >= w.first AND s.day <= w.last

-- table home: the story of every article in the first window in which it stands
SELECT g.n, g.story FROM grouped g JOIN (SELECT n, min(block) AS block FROM grouped GROUP BY n) m ON m.n = g.n AND m.block = g.block

-- table edges: an article and the first of its story, in every window: what stands in two windows joins the stories of both
SELECT story AS a, n AS b FROM grouped WHERE story <> n GROUP BY story, n

-- table sizes: articles of what was joined
SELECT story, count(*) AS articles FROM component GROUP BY story

-- table told: the story of every article; what would have more than {most} articles stays as it was in the first window of each
SELECT h.n, CASE WHEN z.articles > {most} THEN h.story ELSE coalesce(c.story, h.n) END AS story, CASE WHEN z.articles > {most} THEN 1 ELSE 0 END AS parted
FROM home h LEFT JOIN component c ON c.n = h.n LEFT JOIN sizes z ON z.story = c.story

-- table members: every article with its story, by their names
SELECT s.n, s.id, t.story AS of, f.id AS story, t.parted FROM told t JOIN signed s ON s.n = t.n JOIN signed f ON f.n = t.story

-- table stories: every story of more than one article
SELECT t.story AS n, min(f.id) AS id, count(*) AS articles, count(DISTINCT s.outlet) AS outlets, min(s.published) AS first, max(s.published) AS last, max(t.parted) AS parted
FROM told t JOIN signed s ON s.n = t.n JOIN signed f ON f.n = t.story GROUP BY t.story HAVING count(*) > 1

-- table coverage: the articles of stories of more than one, in {blocks} blocks of whole stories
SELECT CAST(t.story % {blocks} AS INT) AS block, t.story, a.n, a.id, a.outlet, a.title, a.published, a.url, a.language, a.text
FROM told t JOIN stories s ON s.n = t.story JOIN articles a ON a.n = t.n
