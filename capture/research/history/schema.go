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

// wrapped selects from visits, which has the columns url, title, at, lasted,
// act and id, those to the hosts that a condition on the column host is about.
const wrapped = `
WITH page AS MATERIALIZED (
  SELECT *, ` + host + ` AS host FROM (SELECT *, substr(url, instr(url, '://') + 3) AS rest FROM (%s) WHERE url LIKE 'http%%'))
SELECT url, coalesce(title, ''), at, lasted, act FROM page WHERE %s ORDER BY at, id`

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
		return fmt.Sprintf(wrapped, firefoxVisits(), anyHost(2, globs)), err
	}
	ok, err := has("visits", "visit_time")
	if err != nil {
		return "", err
	}
	if !ok {
		return "", errForeign
	}
	visits := chromiumVisits()
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
