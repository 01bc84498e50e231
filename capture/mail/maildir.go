package mail

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// Maildir observes a Maildir: the folder itself, Maildir++ subfolders (".Sent")
// and plain ones ("Sent"). Drafts, templates, junk and trash are left out.
type Maildir struct {
	*reading
	root  string
	since time.Time
	every time.Duration
	batch int
}

// NewMaildir returns a source over the Maildir at the path cfg.Where.
func NewMaildir(cfg capture.Config, now func() time.Time, options ...Option) (*Maildir, error) {
	root, err := existing(cfg.Where, true)
	if err != nil {
		return nil, err
	}
	set := settingsOf(options)
	return &Maildir{newReading(cfg, now), root, set.since, set.every, set.batch}, nil
}

// Run implements [capture.Source]. It looks for new files every few seconds,
// which costs one look at each folder's own time, and works on any file system.
func (m *Maildir) Run(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
	seen := map[string]time.Time{}
	return poll(ctx, m.every, cursor, sink, func(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
		return m.observe(ctx, cursor, sink, seen)
	})
}

// Once implements [capture.Source].
func (m *Maildir) Once(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
	return m.observe(ctx, cursor, sink, map[string]time.Time{})
}

// maildirCursor says, for each folder, up to which arrival its messages were
// observed. Files that arrived about then are named, for arrivals can tie and a
// listing can miss a file that is being delivered. What comes back later under
// a new name (a changed flag) is observed again, as the same observation.
type maildirCursor struct {
	Folders map[string]arrivals `json:"folders"`
	Threads []savedThread       `json:"threads,omitempty"`
}

type arrivals struct {
	Until  int64    `json:"until"`  // Unix nanoseconds
	Recent []uint64 `json:"recent"` // hashes of the names that arrived less than settle before
}

// settle is how far back a folder is compared name by name.
const settle = 2 * time.Minute

// quietAfter is how old a folder's own time must be for its being unchanged to
// mean that nothing came: clocks of file systems may tick slowly.
const quietAfter = 5 * time.Second

// observe records what arrived since the cursor. Folders in unchanged are
// skipped while their own times stay as noted there.
func (m *Maildir) observe(ctx context.Context, cursor capture.Cursor, sink capture.Sink, unchanged map[string]time.Time) error {
	var at maildirCursor
	if json.Unmarshal([]byte(cursor), &at) != nil || at.Folders == nil {
		at = maildirCursor{Folders: map[string]arrivals{}} // the store drops what it has
	}
	m.threads.restore(at.Threads)
	folders, err := m.folders()
	if err != nil {
		return err
	}
	for _, f := range folders {
		if f.name == "" && isSetAside(filepath.Base(f.path)) {
			continue // it is the Maildir of a folder of drafts
		}
		changed, err := folderTime(f.path)
		if err != nil {
			return err
		}
		if was, ok := unchanged[f.name]; ok && was.Equal(changed) {
			continue
		}
		if err := m.observeFolder(ctx, f, &at, sink); err != nil {
			return err
		}
		if time.Since(changed) > quietAfter {
			unchanged[f.name] = changed
		}
	}
	return nil
}

func (m *Maildir) observeFolder(ctx context.Context, f folder, at *maildirCursor, sink capture.Sink) error {
	files, err := list(ctx, f.path)
	if err != nil {
		return err
	}
	fresh := at.Folders[f.name].unseen(files)
	for batch := range slices.Chunk(fresh, m.batch) {
		var out []billing.Observation
		var done []mailFile
		for _, file := range batch {
			if err := ctx.Err(); err != nil {
				return err
			}
			o, found := m.read(file, f.sent)
			if found {
				done = append(done, file)
			}
			if o != nil {
				out = append(out, *o)
			}
		}
		if len(done) == 0 {
			continue
		}
		at.Folders[f.name] = at.Folders[f.name].after(done)
		at.Threads = m.threads.save()
		next, err := json.Marshal(at)
		if err != nil {
			return err
		}
		if err := m.apart(ctx, sink, out); err != nil {
			return err
		}
		if err := sink.Record(ctx, out, capture.Cursor(next)); err != nil {
			return fmt.Errorf("record mail: %w", err)
		}
	}
	return nil
}

// read reads one message; the observation is nil when it is evidence of nothing.
// A file that is not found went away since it was listed: most likely it was
// renamed, and must be looked for again.
func (m *Maildir) read(file mailFile, sent bool) (o *billing.Observation, found bool) {
	if file.draft || file.trashed && !sent || file.stored.Before(m.since) {
		return nil, true
	}
	f, err := os.Open(file.path)
	if err != nil {
		if os.IsNotExist(err) {
			return nil, false
		}
		m.problem("a mail file could not be opened: " + bare(err).Error())
		return nil, true
	}
	defer f.Close()
	msg, err := parseMessage(f)
	if err != nil {
		m.problem("a mail file could not be read to its end: " + bare(err).Error())
	}
	if msg.size == 0 {
		m.problem("a mail file is empty")
		return nil, true
	}
	if msg.header.aside(sent) {
		return nil, true
	}
	seen := m.observation(msg, origin{stored: file.stored, sent: sent})
	return &seen, true
}

// unseen returns the files that a does not cover, oldest arrival first.
func (a arrivals) unseen(files []mailFile) []mailFile {
	known := make(map[uint64]bool, len(a.Recent))
	for _, h := range a.Recent {
		known[h] = true
	}
	out := slices.DeleteFunc(files, func(f mailFile) bool {
		return f.arrived < a.Until-int64(settle) || known[f.hash]
	})
	slices.SortFunc(out, func(x, y mailFile) int {
		if x.arrived != y.arrived {
			return int(min(1, max(-1, x.arrived-y.arrived)))
		}
		return strings.Compare(x.path, y.path)
	})
	return out
}

// after returns a with the files, which are sorted, taken in.
func (a arrivals) after(files []mailFile) arrivals {
	next := arrivals{Until: max(a.Until, files[len(files)-1].arrived), Recent: []uint64{}}
	if next.Until-a.Until < int64(settle) {
		next.Recent = append(next.Recent, a.Recent...)
	}
	for _, f := range files {
		if f.arrived >= next.Until-int64(settle) {
			next.Recent = append(next.Recent, f.hash)
		}
	}
	return next
}

// mailFile is one message in a Maildir.
type mailFile struct {
	path    string
	hash    uint64    // of its name without flags, which stays when flags change
	arrived int64     // Unix nanoseconds; see arrival
	stored  time.Time // its time of modification, which deliveries set
	draft   bool
	trashed bool
}

// list returns the messages in new and cur of the folder at path.
func list(ctx context.Context, path string) ([]mailFile, error) {
	var out []mailFile
	for _, sub := range []string{"new", "cur"} {
		entries, err := os.ReadDir(filepath.Join(path, sub))
		if err != nil && !os.IsNotExist(err) {
			return nil, unreadable(err)
		}
		for _, e := range entries {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			info, err := e.Info()
			if err != nil || !info.Mode().IsRegular() || strings.HasPrefix(e.Name(), ".") {
				continue // gone since, or no message
			}
			out = append(out, newMailFile(filepath.Join(path, sub), info))
		}
	}
	return out, nil
}

func newMailFile(dir string, info fs.FileInfo) mailFile {
	name, flags := info.Name(), ""
	for _, mark := range []string{":2,", ";2,", "!2,"} { // Windows allows no colon; programs there chose others
		if before, after, ok := strings.Cut(name, mark); ok {
			name, flags = before, after
			break
		}
	}
	hash := fnv.New64a()
	hash.Write([]byte(name))
	return mailFile{
		path: filepath.Join(dir, info.Name()), hash: hash.Sum64(), arrived: arrival(info).UnixNano(),
		stored: info.ModTime(), draft: strings.Contains(flags, "D"), trashed: strings.Contains(flags, "T"),
	}
}
