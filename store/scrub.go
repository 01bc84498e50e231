package store

import (
	"bytes"
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
)

const (
	// settingScrub is set while purged text may still be in the files: to
	// something else by every purge, and to false once the files were scrubbed.
	settingScrub = "scrub"
	// scanPages is how many pages are looked at in one read, and wipePages how
	// many are wiped in one transaction at most.
	scanPages, wipePages = 256, 64
	// scrubPasses is how often all pages are looked at, at most. A second look
	// finds the page that SQLite exchanged, while others wrote, for one that was
	// looked at before.
	scrubPasses = 3
	// logTries is how often, with logPause between, it is tried to empty the log
	// while others read.
	logTries, logPause = 40, 50 * time.Millisecond
	// likePage is the number of pages from which the first byte of one that
	// holds no rows could be that of one that does.
	likePage = 1 << 25
)

// markPurged has the next [Store.Scrub] do its work, also one that runs already.
func (tx *Tx) markPurged(ctx context.Context) error {
	return tx.SetSetting(ctx, settingScrub, tx.store.ids.next(tx.at))
}

// Scrub takes what was purged out of the files: what no row holds any more is
// wiped from the pages of the database, and the log emptied. Others go on
// reading and writing beside it, and wait for a few pages at most; the file does
// not shrink, the room is used again. It does nothing when nothing was purged
// since the last time. While another process reads, the log cannot be emptied:
// that is Unreachable, and Scrub is to be called again, as after a crash.
func (s *Store) Scrub(ctx context.Context) error {
	due, err := s.scrubDue(ctx)
	if err != nil || !dirty(due) {
		return err
	}
	if err := s.wipe(ctx); err != nil {
		return err
	}
	if err := s.emptyLog(ctx); err != nil {
		return err
	}
	return s.Update(ctx, func(tx *Tx) error {
		var now any
		if _, err := tx.Setting(ctx, settingScrub, &now); err != nil || now != due {
			return err // more was purged meanwhile
		}
		return tx.SetSetting(ctx, settingScrub, false)
	})
}

func (s *Store) scrubDue(ctx context.Context) (mark any, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		_, err := tx.Setting(ctx, settingScrub, &mark)
		return err
	})
	return mark, err
}

func dirty(mark any) bool { return mark != nil && mark != false }

// wipe overwrites all of the database's pages that no row holds.
//
// With secure_delete SQLite overwrites what a row held and the pages that it
// frees. What it does not overwrite is the room between the rows of a page that
// it wrote anew, as when a page is split: copies of rows that moved elsewhere
// stay there, and they outlive those rows.
func (s *Store) wipe(ctx context.Context) error {
	const msg = "what was purged is still in the file, unreadable to Tenths; it is tried again"
	for range scrubPasses {
		var pages, vacuum int64
		err := s.reader.QueryRowContext(ctx, `SELECT (SELECT page_count FROM pragma_page_count), (SELECT auto_vacuum FROM pragma_auto_vacuum)`).Scan(&pages, &vacuum)
		if err != nil {
			return explain(err, msg)
		}
		if vacuum != 0 || pages >= likePage { // no store of ours: there are pages that could be taken for others
			_, err := s.writer.ExecContext(ctx, `VACUUM`)
			return explain(err, msg)
		}
		wiped, err := s.wipeAll(ctx, pages)
		if err != nil || wiped == 0 {
			return explain(err, msg)
		}
	}
	return nil
}

// wipeAll wipes the pages up to the last, and returns how many needed it. The
// first holds nothing but the names of tables.
func (s *Store) wipeAll(ctx context.Context, last int64) (wiped int, err error) {
	for at := int64(2); at <= last; at += scanPages {
		var found []int64
		err := s.View(ctx, func(tx *Tx) (err error) {
			found, err = tx.unclean(ctx, at, min(at+scanPages-1, last))
			return err
		})
		if err != nil {
			return wiped, err
		}
		for part := range slices.Chunk(found, wipePages) {
			start := time.Now()
			if err := s.Update(ctx, func(tx *Tx) error { return tx.wipePages(ctx, part) }); err != nil {
				return wiped, err
			}
			wiped += len(part)
			if err := Breathe(ctx, time.Since(start)); err != nil {
				return wiped, err
			}
		}
	}
	return wiped, nil
}

// unclean returns the numbers of the pages from one to another that are to be
// wiped.
func (tx *Tx) unclean(ctx context.Context, first, last int64) ([]int64, error) {
	found, err := collect(ctx, tx, func(r row) (n int64, err error) {
		var page sql.RawBytes
		var number int64
		if err := r.Scan(&number, &page); err != nil {
			return 0, err
		}
		if wipePage(bytes.Clone(page)) {
			n = number
		}
		return n, nil
	}, `WITH RECURSIVE page (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM page WHERE n < ?2)
		SELECT d.pgno, d.data FROM page CROSS JOIN sqlite_dbpage d WHERE d.pgno = page.n`, first, last)
	return slices.DeleteFunc(found, func(n int64) bool { return n == 0 }), err
}

// wipePages wipes pages as they are now.
func (tx *Tx) wipePages(ctx context.Context, numbers []int64) error {
	for _, n := range numbers {
		page, there, err := one(ctx, tx, value[[]byte], `SELECT data FROM sqlite_dbpage WHERE pgno = ?`, n)
		if err != nil {
			return err
		}
		if !there || !wipePage(page) {
			continue
		}
		if _, err := tx.exec(ctx, `UPDATE sqlite_dbpage SET data = ?2 WHERE pgno = ?1`, n, page); err != nil {
			return err
		}
	}
	return nil
}

// Breathe lets others write after a piece of work in the background that took so
// long: it returns after as long again, with an error when ctx ended.
func Breathe(ctx context.Context, took time.Duration) error {
	wait := time.NewTimer(min(max(took, time.Millisecond), time.Second))
	defer wait.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-wait.C:
		return nil
	}
}

// emptyLog moves the write-ahead log into the database and cuts it to nothing.
// Writers wait for the cutting alone, and nobody for one that reads.
func (s *Store) emptyLog(ctx context.Context) error {
	const msg = "the log of the time records cannot be emptied"
	// On a connection of its own it keeps no writer of ours waiting.
	db, err := sql.Open("sqlite", dataSource(s.path, "deferred", "synchronous(FULL)"))
	if err != nil {
		return explain(err, msg)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	// While it waited for a reader, it would keep writers waiting.
	if _, err := db.ExecContext(ctx, `PRAGMA busy_timeout = 0`); err != nil {
		return explain(err, msg)
	}
	for try := range logTries {
		var busy, pages, moved int64
		for _, how := range []string{`PRAGMA wal_checkpoint(PASSIVE)`, `PRAGMA wal_checkpoint(TRUNCATE)`} {
			if err := db.QueryRowContext(ctx, how).Scan(&busy, &pages, &moved); err != nil {
				return explain(err, msg)
			}
		}
		if busy == 0 {
			return nil
		}
		if try < logTries-1 {
			if err := Breathe(ctx, logPause); err != nil {
				return explain(err, msg)
			}
		}
	}
	return &billing.Error{Kind: billing.Unreachable, Msg: "another program reads the time records; what was purged leaves the log when it is done"}
}
