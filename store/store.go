// Package store keeps everything Tenths knows in one SQLite file, and is the
// only user of database/sql. It holds the laws that must survive any caller's
// mistake: an approved entry does not change, no second has two owners, the
// audit trail only grows, a revision is recorded once.
//
// It must not know where observations come from, how drafts are made, what a
// practice management system is, nor who is looking. It never uses a network.
//
// Instants are kept to the whole second, in UTC. A [Store] may be open in
// several processes at once: writers wait for one another.
package store

import (
	"context"
	"database/sql"
	"io/fs"
	"net/url"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tenths/tenths/billing"

	_ "modernc.org/sqlite" // the driver called "sqlite"
)

// The topics that [Store.OnCommit] tells of.
const (
	TopicDrafts       = "drafts" // entries of any state
	TopicObservations = "observations"
	TopicMatters      = "matters"
	TopicSources      = "sources"
	TopicOutbox       = "outbox"
	TopicSettings     = "settings"
)

// fileName is the database's name within the data directory.
const fileName = "tenths.db"

// busyTimeout is how long a writer waits for another before it gives up.
const busyTimeout = "10000" // milliseconds

// Store is an open data directory. Its methods may be called from any goroutine.
type Store struct {
	path   string // of the database file
	now    func() time.Time
	who    string // the account name that the audit trail bears
	writer *sql.DB
	reader *sql.DB
	ids    idMaker

	mu        sync.Mutex
	listeners []func(topics []string)
}

// Open opens the store in the data directory dir and makes both when they do
// not exist. Pending migrations run first, after a backup beside the file. A
// store newer than this program, one that is damaged, and a file that is not a
// store at all are refused with a [billing.Error] and left as they are.
func Open(ctx context.Context, dir string, now func() time.Time) (*Store, error) {
	return open(ctx, dir, now, migrations())
}

func open(ctx context.Context, dir string, now func() time.Time, steps fs.FS) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the data folder's name cannot be used", Err: err}
	}
	path := filepath.Join(dir, fileName)
	if err := prepareFile(dir, path); err != nil {
		return nil, err
	}
	unlock, err := takeTurn(ctx, path)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := inspect(ctx, path, steps); err != nil {
		return nil, blameFile(err)
	}
	s := &Store{path: path, now: now, who: accountName()}
	if err := s.connect(ctx, steps); err != nil {
		s.Close()
		return nil, explain(err, "the time records cannot be opened")
	}
	return s, nil
}

func (s *Store) connect(ctx context.Context, steps fs.FS) (err error) {
	s.writer, err = sql.Open("sqlite", dataSource(s.path, "immediate",
		"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)", "recursive_triggers(ON)", "secure_delete(ON)",
		"trusted_schema(OFF)", "temp_store(MEMORY)", "cache_size(-16000)"))
	if err != nil {
		return err
	}
	s.writer.SetMaxOpenConns(1)
	s.reader, err = sql.Open("sqlite", dataSource(s.path, "deferred",
		"query_only(ON)", "trusted_schema(OFF)", "temp_store(MEMORY)", "cache_size(-16000)"))
	if err != nil {
		return err
	}
	s.reader.SetMaxOpenConns(4)
	s.reader.SetMaxIdleConns(4)
	if err := s.migrate(ctx, steps); err != nil {
		return err
	}
	return s.reader.PingContext(ctx)
}

// dataSource returns the driver's name for the file at path. Pragmas belong
// here: one run through Exec reaches a single pooled connection.
func dataSource(path, txlock string, pragmas ...string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // file:///C:/…
	}
	q := url.Values{"_txlock": {txlock}, "_pragma": append([]string{"busy_timeout(" + busyTimeout + ")"}, pragmas...)}
	return (&url.URL{Scheme: "file", Path: p, RawQuery: q.Encode()}).String()
}

func accountName() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "unknown"
}

// Close waits for running transactions and closes the files.
func (s *Store) Close() error {
	var err error
	if s.reader != nil {
		err = s.reader.Close()
	}
	if s.writer != nil { // last, so that it folds the log into the database
		if werr := s.writer.Close(); werr != nil {
			err = werr
		}
	}
	return explain(err, "the time records could not be closed")
}

// OnCommit has fn called after every committed transaction that changed
// something, with the sorted topics of what went stale. It is called on the
// writer's goroutine: fn must be quick and must not call [Store.Update].
func (s *Store) OnCommit(fn func(topics []string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listeners = append(s.listeners, fn)
}

// Update runs fn in a transaction that may write, alone among all writers. When
// fn returns an error or panics nothing is kept. Before it commits, the seconds
// that fn gave to entries are checked to have one owner each. Nothing slow, no
// network and no other Update belongs into fn.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	refuseNested()
	tx, err := s.begin(ctx, s.writer, &sql.TxOptions{})
	if err != nil {
		return explain(err, "the time records cannot be changed")
	}
	defer tx.sql.Rollback() // does nothing after the commit
	if err := writing(tx, fn); err != nil {
		return err
	}
	if !tx.claimed.Empty() {
		if err := tx.CheckOwners(ctx, tx.claimed); err != nil {
			return err
		}
	}
	if err := tx.sql.Commit(); err != nil {
		return explain(err, "it is not certain that the change was kept; look before repeating it")
	}
	s.tell(tx.topics)
	return nil
}

// View runs fn on a snapshot of the store that it cannot write to. It does not
// wait for writers.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	tx, err := s.begin(ctx, s.reader, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return explain(err, "the time records cannot be read")
	}
	defer tx.sql.Rollback()
	return fn(tx)
}

func (s *Store) begin(ctx context.Context, db *sql.DB, opts *sql.TxOptions) (*Tx, error) {
	t, err := db.BeginTx(ctx, opts)
	if err != nil {
		return nil, err
	}
	return &Tx{sql: t, store: s, at: s.now(), stmts: map[string]*sql.Stmt{}}, nil
}

func (s *Store) tell(topics []string) {
	if len(topics) == 0 {
		return
	}
	slices.Sort(topics)
	s.mu.Lock()
	listeners := slices.Clone(s.listeners)
	s.mu.Unlock()
	for _, fn := range listeners {
		fn(slices.Clone(topics))
	}
}
