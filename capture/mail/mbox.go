package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// Mbox observes a file in which messages follow each other, each after a line
// that starts with "From " (RFC 4155; both quotings, mboxo and mboxrd). The
// file may grow, be rewritten or go away while it is observed.
type Mbox struct {
	*reading
	path  string
	sent  bool // its name says that it holds sent mail
	aside bool // or what was neither sent nor read
	since time.Time
	every time.Duration
	batch int
}

// NewMbox returns a source over the file at the path cfg.Where.
func NewMbox(cfg capture.Config, now func() time.Time, options ...Option) (*Mbox, error) {
	path, err := existing(cfg.Where, false)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	set := settingsOf(options)
	return &Mbox{newReading(cfg, now), path, isSent(name) || isSent(stem), isSetAside(name) || isSetAside(stem), set.since, set.every, set.batch}, nil
}

// mboxCursor is how much of the file was observed, with what stands before that
// place, to tell a file that grew from one that was rewritten.
type mboxCursor struct {
	Offset int64  `json:"offset"`
	Before string `json:"before"` // SHA-256 of the window bytes before Offset

	Threads []savedThread `json:"threads,omitempty"`
}

// window is how many bytes before the cursor are compared.
const window = 4096

// unfinished is how long a last message without the empty line that ends it is
// left alone after the file's last change: it may be half written.
const unfinished = 5 * time.Second

// Run implements [capture.Source].
func (m *Mbox) Run(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
	var was os.FileInfo // as of the last look that found nothing left to read
	return poll(ctx, m.every, cursor, sink, func(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
		info, err := os.Stat(m.path)
		if err != nil {
			return unreadable(err)
		}
		if was != nil && os.SameFile(was, info) && was.Size() == info.Size() && was.ModTime().Equal(info.ModTime()) {
			return nil
		}
		if err := m.Once(ctx, cursor, sink); err != nil {
			return err
		}
		if was = nil; time.Since(info.ModTime()) > unfinished {
			was = info
		}
		return nil
	})
}

// Once implements [capture.Source].
func (m *Mbox) Once(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
	f, err := os.Open(m.path)
	if err != nil {
		return unreadable(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return unreadable(err)
	}
	var at mboxCursor
	if json.Unmarshal([]byte(cursor), &at) != nil {
		at = mboxCursor{}
	}
	m.threads.restore(at.Threads)
	start := at.resume(f, info.Size())
	if start == info.Size() {
		return nil
	}
	if _, err := f.Seek(start, io.SeekStart); err != nil {
		return unreadable(err)
	}
	s := newSplitter(withFeeds(io.LimitReader(f, info.Size()-start), oldMac(f)), start)
	for {
		out, done, err := m.take(ctx, s, info)
		if err != nil {
			return err
		}
		if s.taken > start {
			start = s.taken
			next, err := m.cursorAt(f, start)
			if err != nil {
				return unreadable(err)
			}
			if err := m.apart(ctx, sink, out); err != nil {
				return err
			}
			if err := sink.Record(ctx, out, next); err != nil {
				return fmt.Errorf("record mail: %w", err)
			}
		}
		if done {
			return nil
		}
	}
}

// take reads up to a batch of messages; done says that there are no more.
func (m *Mbox) take(ctx context.Context, s *splitter, info os.FileInfo) (out []billing.Observation, done bool, err error) {
	for len(out) < m.batch {
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
		item, err := s.next()
		if errors.Is(err, io.EOF) {
			return out, true, nil
		}
		if err != nil {
			return nil, false, unreadable(err)
		}
		msg, err := parseMessage(item)
		if err == nil {
			_, err = io.Copy(io.Discard, item)
		}
		if err != nil {
			return nil, false, unreadable(err)
		}
		if age := time.Since(info.ModTime()); item.last && !item.finished() && age >= 0 && age < unfinished {
			return out, true, nil
		}
		s.accept()
		stored := item.stored
		if stored.IsZero() {
			stored = info.ModTime()
		}
		if !msg.empty() && !stored.Before(m.since) && !m.aside && !msg.header.aside(m.sent) {
			out = append(out, m.observation(msg, origin{stored: stored, sent: m.sent}))
		}
	}
	return out, false, nil
}

// oldMac reports whether the lines of the file end in a carriage return alone, as
// programs for the Mac had it.
func oldMac(f io.ReaderAt) bool {
	start := make([]byte, window)
	n, _ := f.ReadAt(start, 0) // what is not there has no line
	return bytes.IndexByte(start[:n], '\r') >= 0 && bytes.IndexByte(start[:n], '\n') < 0
}

// withFeeds returns r with lines that end in a line feed, of which it stays as long.
func withFeeds(r io.Reader, mac bool) io.Reader {
	if !mac {
		return r
	}
	return feeding{r}
}

// feeding reads line feeds for carriage returns.
type feeding struct{ r io.Reader }

// Read implements [io.Reader].
func (f feeding) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	for i := range p[:n] {
		if p[i] == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// resume returns the offset to go on from: the cursor's, when the file has not
// changed before it, else the start.
func (at mboxCursor) resume(f io.ReaderAt, size int64) int64 {
	if at.Offset <= 0 || at.Offset > size {
		return 0
	}
	if same, err := before(f, at.Offset); err != nil || same != at.Before {
		return 0
	}
	return at.Offset
}

func (m *Mbox) cursorAt(f io.ReaderAt, offset int64) (capture.Cursor, error) {
	sum, err := before(f, offset)
	if err != nil {
		return "", err
	}
	b, err := json.Marshal(mboxCursor{offset, sum, m.threads.save()})
	return capture.Cursor(b), err
}

// before returns the hash of the window of bytes before offset.
func before(f io.ReaderAt, offset int64) (string, error) {
	h := sha256.New()
	start := max(0, offset-window)
	if _, err := io.Copy(h, io.NewSectionReader(f, start, offset-start)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
