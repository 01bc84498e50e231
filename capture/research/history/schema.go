package history

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// webkitEpoch is 1 January 1601 UTC in microseconds before the Unix epoch, from
// which Chromium counts (base/time/time.h, kTimeTToMicrosecondsOffset).
const webkitEpoch = 11_644_473_600_000_000

// stamp returns t as the schema counts, in microseconds.
func (s Schema) stamp(t time.Time) int64 {
	if s == Chromium {
		return t.UnixMicro() + webkitEpoch
	}
	return t.UnixMicro()
}

// instant returns the instant that the schema counts as stamp, in UTC.
func (s Schema) instant(stamp int64) time.Time {
	if s == Chromium {
		stamp -= webkitEpoch
	}
	return time.UnixMicro(stamp).UTC()
}

// host is the SQL expression of ".host:", or ".host:port:", of the address in
// the column rest, which is without its scheme. A user that an address names is
// in front, as if it were a part of the host, and a dot at its end is left out.
const host = `replace(replace('.' || lower(substr(rest, 1, min(instr(rest || '/', '/'), instr(rest || '?', '?'), instr(rest || '#', '#')) - 1)) || ':', '@', '.'), '.:', ':')`

// wrapped selects from visits, which has the columns url, title, at, lasted and
// id, those to the hosts that a condition on the column host is about.
const wrapped = `
WITH page AS MATERIALIZED (
  SELECT *, ` + host + ` AS host FROM (SELECT *, substr(url, instr(url, '://') + 3) AS rest FROM (%s) WHERE url LIKE 'http%%'))
SELECT url, coalesce(title, ''), at, lasted FROM page WHERE %s ORDER BY at, id`

// anyHost returns the condition that one of n globs, from ?2 on, matches the
// host. It halves them, since SQLite refuses what is nested a thousand deep.
func anyHost(from, n int) string {
	switch n {
	case 0:
		return "FALSE"
	case 1:
		return fmt.Sprintf("host GLOB ?%d", from)
	}
	return "(" + anyHost(from, n/2) + " OR " + anyHost(from+n/2, n-n/2) + ")"
}

// Only what a person did is a visit: they followed a link, typed an address, sent
// a form. A page that loads itself again, a start page, a tab that is restored
// are the browser's doing, all night long if need be. A redirect counts as the
// act that led to it, if that was just before.

// soon is how long after an act, in microseconds, a redirect belongs to it.
const soon = "10000000"

// firefoxVisits leaves out what the person did not do or look at
// (nsINavHistoryService): embedded pages (4), downloads (7), framed links (8),
// reloads (9), redirects that follow no act (5, 6), a visit that only redirected
// to another, and a page that leads to itself.
const firefoxVisits = `
SELECT p.url, p.title, v.visit_date AS at, 0 AS lasted, v.id
FROM moz_historyvisits v JOIN moz_places p ON p.id = v.place_id
WHERE v.visit_date >= ?1 AND v.visit_type NOT IN (4, 7, 8, 9)
  AND NOT EXISTS (SELECT 1 FROM moz_historyvisits r
    WHERE r.from_visit = v.id AND r.visit_type IN (5, 6) AND r.visit_date < v.visit_date + ` + soon + `)
  AND NOT EXISTS (SELECT 1 FROM moz_historyvisits r WHERE r.id = v.from_visit AND r.place_id = v.place_id AND v.visit_type = 1)
  AND (v.visit_type NOT IN (5, 6) OR EXISTS (
    WITH RECURSIVE led(id, steps) AS (
      SELECT v.from_visit, 0 UNION ALL
      SELECT r.from_visit, steps + 1 FROM led JOIN moz_historyvisits r ON r.id = led.id WHERE steps < 8 AND r.visit_type IN (5, 6))
    SELECT 1 FROM led JOIN moz_historyvisits a ON a.id = led.id
    WHERE a.visit_type IN (1, 2, 3) AND a.visit_date >= v.visit_date - ` + soon + `))`

// chromiumVisits leaves out what the person did not do or look at
// (ui/base/page_transition_types.h): frames that loaded by themselves (core
// transition 3), what the browser opened at its start (6), reloads and restored
// tabs (8), visits that only redirected to another (the last of a chain has
// PAGE_TRANSITION_CHAIN_END).
const chromiumVisits = `
SELECT u.url, u.title, v.visit_time AS at, v.visit_duration AS lasted, v.id
FROM visits v JOIN urls u ON u.id = v.url
WHERE v.visit_time >= ?1 AND v.transition & 0xff NOT IN (3, 6, 8) AND v.transition & 0x20000000 <> 0`

// A page that moved on by itself has PAGE_TRANSITION_CLIENT_REDIRECT. Where a
// release does not say from where, it follows no act.
const (
	notRedirected = ` AND v.transition & 0x40000000 = 0`
	notByItself   = `
  AND NOT EXISTS (SELECT 1 FROM visits r WHERE r.id = v.from_visit AND r.url = v.url AND v.transition & 0xff = 0)
  AND (v.transition & 0x40000000 = 0 OR EXISTS (
    WITH RECURSIVE led(id, steps) AS (
      SELECT v.from_visit, 0 UNION ALL
      SELECT r.from_visit, steps + 1 FROM led JOIN visits r ON r.id = led.id WHERE steps < 8 AND r.transition & 0x40000000 <> 0)
    SELECT 1 FROM led JOIN visits a ON a.id = led.id
    WHERE a.transition & 0x40000000 = 0 AND a.transition & 0xff NOT IN (3, 6, 8) AND a.visit_time >= v.visit_time - ` + soon + `))`
)

// Visits of another device, and those imported from another browser, are not
// this browser's. Older releases lack one or the other way of saying so.
const (
	notSynced   = ` AND coalesce(v.originator_cache_guid, '') = ''`
	notImported = ` AND NOT EXISTS (SELECT 1 FROM visit_source s WHERE s.id = v.id AND s.source <> 1)`
)

// query returns the statement that selects the visits since ?1 to the hosts
// that one of the globs from ?2 on matches.
func (s Schema) query(ctx context.Context, db *sql.DB, globs int) (string, error) {
	has := func(table, column string) (bool, error) {
		var n int
		err := db.QueryRowContext(ctx, `SELECT count(*) FROM pragma_table_info(?) WHERE name = ?`, table, column).Scan(&n)
		return n > 0, err
	}
	if s == Firefox {
		ok, err := has("moz_historyvisits", "visit_date")
		if err == nil && !ok {
			err = errForeign
		}
		return fmt.Sprintf(wrapped, firefoxVisits, anyHost(2, globs)), err
	}
	ok, err := has("visits", "visit_time")
	if err != nil {
		return "", err
	}
	if !ok {
		return "", errForeign
	}
	visits := chromiumVisits
	if ok, err = has("visits", "from_visit"); err != nil {
		return "", err
	} else if ok {
		visits += notByItself
	} else {
		visits += notRedirected
	}
	for _, extra := range []struct{ table, column, condition string }{
		{"visits", "originator_cache_guid", notSynced}, {"visit_source", "source", notImported},
	} {
		ok, err := has(extra.table, extra.column)
		if err != nil {
			return "", err
		}
		if ok {
			visits += extra.condition
		}
	}
	return fmt.Sprintf(wrapped, visits, anyHost(2, globs)), nil
}
