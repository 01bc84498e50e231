package history

import (
	"fmt"
	"strings"
)

// Act says whether a person had a hand in a visit.
type Act int

// The acts. A browser also visits by itself: it loads again what was open when
// it starts, and pages reload and redirect themselves all night.
const (
	None   Act = iota // the page loaded again or went on by itself
	Person            // a link followed, an address typed, a form sent
	Other             // another program asked for the page, perhaps for a person
)

// landing is how long after a person's act the page may come that it leads to
// through redirects, in microseconds. What a page does by itself later is not
// the act any more.
const landing = "10000000"

// turned is how soon a person goes on from a page that they have before them, in
// microseconds. A page that opened by itself hours before was not read until then.
const turned = "600000000"

// hops bounds the redirects that are followed from one act.
const hops = "20"

// Firefox's visit types (nsINavHistoryService): links (1), typed (2), bookmarks
// (3), embedded pages (4), permanent and temporary redirects (5, 6), downloads
// (7), framed links (8), reloads (9).
//
// firefoxVisits leaves out what is not looked at (4, 7, 8) and a visit that only
// redirected to another.
func firefoxVisits() string {
	const act = `(#.visit_type IN (1, 2, 3) AND NOT (#.visit_type = 1 AND EXISTS
    (SELECT 1 FROM moz_historyvisits o WHERE o.id = #.from_visit AND o.place_id = #.place_id)))`
	return fmt.Sprintf(`
SELECT p.url, p.title, v.visit_date AS at, 0 AS lasted, v.id, CASE
  WHEN %[1]s THEN 1
  WHEN v.visit_type IN (5, 6) THEN EXISTS (
    WITH RECURSIVE chain(id, n) AS (SELECT v.from_visit, 1
      UNION SELECT s.from_visit, n + 1 FROM chain JOIN moz_historyvisits s ON s.id = chain.id WHERE s.visit_type IN (5, 6) AND n < `+hops+`)
    SELECT 1 FROM chain JOIN moz_historyvisits s ON s.id = chain.id WHERE %[2]s AND v.visit_date - s.visit_date <= `+landing+`)
  ELSE 0 END AS act
FROM moz_historyvisits v JOIN moz_places p ON p.id = v.place_id
WHERE v.visit_date >= ?1 AND v.visit_type NOT IN (4, 7, 8) AND NOT EXISTS (SELECT 1 FROM moz_historyvisits r
  WHERE r.from_visit = v.id AND r.visit_type IN (5, 6) AND r.visit_date - v.visit_date <= `+landing+`)`, of("v", act), of("s", act))
}

// Chromium's transitions (ui/base/page_transition_types.h): the lowest byte says
// what led to the page, of which frames that loaded by themselves (3), what was
// opened without being asked for (6) and reloads (8), which are also tabs that
// are restored, are no acts. The bits say more: 0x00800000 blocked, 0x08000000
// from another program, 0x20000000 the end of a chain of redirects, 0x40000000
// redirected by the page, 0x80000000 by the server. A link from a page to itself
// is a reload by another name.
//
// A page that was opened without being asked for (6), as a link in mail is by
// some programs and the page that a browser starts with, was before a person where
// they went on from it. Alone it tells of nobody.
//
// A redirect by the server is of the kind of what it began with, which is in
// its lowest byte, unless it began with one by the page.
//
// chromiumVisits leaves out frames and visits that only redirected to another;
// one that did so much later was looked at until then.
func chromiumVisits() string {
	const (
		self = `(#.transition & 0xff = 0 AND EXISTS (SELECT 1 FROM visits o WHERE o.id = #.from_visit AND o.url = #.url))`
		act  = `(#.transition & 0xff NOT IN (3, 6, 8) AND #.transition & 0x40800000 = 0 AND NOT ` + self + `)`
		// redirected visits take after the first of their chain
		redirected = `#.transition & 0xc0000000 <> 0`
	)
	return fmt.Sprintf(`
SELECT u.url, u.title, v.visit_time AS at, v.visit_duration AS lasted, v.id, CASE
  WHEN v.transition & 0x00800000 <> 0 OR v.transition & 0xff IN (3, 8) THEN 0
  WHEN %[3]s AND (v.transition & 0x40000000 <> 0 OR EXISTS (SELECT 1 FROM visits s WHERE s.id = v.from_visit)) THEN coalesce((
    WITH RECURSIVE chain(id, n) AS (SELECT v.from_visit, 1
      UNION SELECT s.from_visit, n + 1 FROM chain JOIN visits s ON s.id = chain.id WHERE %[4]s AND n < `+hops+`)
    SELECT iif(s.transition & 0x08000000 <> 0, 2, 1) FROM chain JOIN visits s ON s.id = chain.id
    WHERE %[2]s AND NOT %[4]s AND v.visit_time - s.visit_time <= `+landing+` LIMIT 1), 0)
  WHEN %[1]s THEN iif(v.transition & 0x08000000 <> 0, 2, 1)
  WHEN v.transition & 0xff = 6 AND EXISTS (SELECT 1 FROM visits n
    WHERE n.from_visit = v.id AND %[5]s AND n.visit_time - v.visit_time <= `+turned+`) THEN 1
  ELSE 0 END AS act
FROM visits v JOIN urls u ON u.id = v.url
WHERE v.visit_time >= ?1 AND v.transition & 0xff <> 3 AND (v.transition & 0x20000000 <> 0 OR EXISTS (SELECT 1 FROM visits r
  WHERE r.from_visit = v.id AND r.transition & 0x40000000 <> 0 AND r.visit_time - v.visit_time > `+landing+`))`,
		of("v", act), of("s", act), of("v", redirected), of("s", redirected), of("n", act))
}

// of puts the name of a table's row into a condition.
func of(row, condition string) string { return strings.ReplaceAll(condition, "#", row) }
