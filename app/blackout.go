package app

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// The kinds of blackout.
const (
	BlackoutClient   = "client"   // the client's name, and all that belongs to the client's matters
	BlackoutFolder   = "folder"   // documents below it
	BlackoutSender   = "sender"   // mail from and to an address, or all of a domain
	BlackoutCalendar = "calendar" // a calendar that is observed, by its id, or the words of an event's title
	BlackoutMatter   = "matter"   // a matter's number and name, its people and its folder
)

// BlackoutView is something of which nothing is stored.
type BlackoutView struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	What  string `json:"what"`
	Added string `json:"added"`
}

// Blackened is what adding a blackout did.
type Blackened struct {
	ID      string   `json:"id"`
	Purged  int      `json:"purged"`            // observations that matched and are gone
	Kept    int      `json:"kept"`              // matching ones that stay: evidence of approved entries, or asked for
	Backups []string `json:"backups,omitempty"` // copies of before that may still hold them
	Pending string   `json:"pending,omitempty"` // why the bytes are not out of the files yet
}

// Blackouts returns what is never stored.
func (d Discretion) Blackouts(ctx context.Context) (views []BlackoutView, err error) {
	views = []BlackoutView{}
	err = d.store.View(ctx, func(tx *store.Tx) error {
		list, err := tx.Blackouts(ctx)
		for _, b := range list {
			views = append(views, BlackoutView{ID: strconv.FormatInt(b.ID, 10), Kind: b.Kind, What: string(b.What), Added: b.Added.Format(time.RFC3339)})
		}
		return err
	})
	return views, err
}

// Blacken has nothing be stored any more of what matches, not even that it was.
// What is stored already and no approved entry rests on is purged at once,
// with the drafts that rest on it, unless keep.
func (d Discretion) Blacken(ctx context.Context, kind, what string, keep bool) (done Blackened, err error) {
	b := store.Blackout{Kind: kind, What: billing.Privileged(strings.TrimSpace(what))}
	err = d.store.Update(ctx, func(tx *store.Tx) error {
		if err := checkBlackout(ctx, tx, &b); err != nil {
			return err
		}
		if err := tx.AddBlackout(ctx, &b); err != nil {
			return err
		}
		covers := coverage{}
		if err := covers.add(ctx, tx, b); err != nil {
			return err
		}
		done, err = d.purgeCovered(ctx, tx, covers, keep)
		return err
	})
	if err != nil {
		return done, err
	}
	done.ID = strconv.FormatInt(b.ID, 10)
	if done.Purged > 0 {
		done.Backups = d.store.Backups()
		if err := d.store.Scrub(ctx); err != nil {
			done.Pending = billing.Message(err)
		}
	}
	return done, nil
}

// Unblacken removes a blackout. What was not stored meanwhile stays so, as far
// as its source does not show it anew.
func (d Discretion) Unblacken(ctx context.Context, id string) error {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return &billing.Error{Kind: billing.NotFound, Msg: id + " is no blackout; tenths blackout list shows them", Err: err}
	}
	return d.store.Update(ctx, func(tx *store.Tx) error { return tx.RemoveBlackout(ctx, n) })
}

func checkBlackout(ctx context.Context, tx *store.Tx, b *store.Blackout) error {
	switch b.Kind {
	case BlackoutClient, BlackoutCalendar:
	case BlackoutFolder:
		if path := string(b.What); strings.ContainsRune(path, filepath.Separator) && !filepath.IsAbs(path) {
			abs, err := filepath.Abs(path)
			if err != nil {
				return invalid("the folder's path cannot be made absolute; write it in full")
			}
			b.What = billing.Privileged(abs)
		}
	case BlackoutSender:
		if !strings.Contains(string(b.What), ".") && !strings.Contains(string(b.What), "@") {
			return invalid("give an address such as dana@reed.com, or a domain such as reed.com")
		}
	case BlackoutMatter:
		if _, err := tx.MatterByNumber(ctx, string(b.What)); err != nil {
			return err
		}
	default:
		return invalid(b.Kind + " cannot be blacked out; the kinds are client, folder, sender, calendar and matter")
	}
	if len(words(string(b.What))) <= 2 { // a space on either side
		return invalid("say what is to be left out: a name, a path, an address or a number")
	}
	return nil
}

// purgeCovered removes what is stored of what matches, and drafts its days anew.
func (d Discretion) purgeCovered(ctx context.Context, tx *store.Tx, covers coverage, keep bool) (done Blackened, err error) {
	all, err := tx.Revisions(ctx)
	if err != nil {
		return done, err
	}
	var ids []billing.ObservationID
	for _, o := range all {
		if o.Source != store.NotesSource && covers.match(o.Source, o) && !slices.Contains(ids, o.ID) {
			ids = append(ids, o.ID)
		}
	}
	if keep {
		return Blackened{Kept: len(ids)}, nil
	}
	approved, err := tx.EvidenceApproved(ctx, ids)
	if err != nil {
		return done, err
	}
	done.Kept = len(approved)
	ids = slices.DeleteFunc(ids, func(id billing.ObservationID) bool { return approved[id] })
	days, err := tx.Release(ctx, ids)
	if err != nil {
		return done, err
	}
	if done.Purged, err = tx.Purge(ctx, ids); err != nil {
		return done, err
	}
	if err := covers.forget(ctx, tx); err != nil {
		return done, err
	}
	slices.SortFunc(days, billing.Day.Compare)
	for _, day := range slices.Compact(days) {
		if err := d.redraft(ctx, tx, day); err != nil {
			return done, err
		}
	}
	return done, nil
}

// forget drops what was learned on the matters that are covered.
func (c coverage) forget(ctx context.Context, tx *store.Tx) error {
	matters, err := tx.Matters(ctx)
	if err != nil {
		return err
	}
	for _, m := range matters {
		if slices.Contains(c.names, words(m.Number)) || slices.Contains(c.names, words(string(m.Name))) {
			if err := forgetMatter(ctx, tx, m.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// coverage is what all blackouts come to.
type coverage struct {
	names     []string // as [words] writes them, looked for in all text
	titles    []string // the same, in titles of events alone
	addresses []string // folded; one that begins with @ is a domain
	folders   []covered
	sources   []billing.SourceID
}

// covered is a folder of which nothing is stored.
type covered struct {
	path     string // as [folder] writes it
	anywhere bool   // it was given without where it is: below any folder
}

func coveredFolder(s string) covered {
	return covered{folder(s), !filepath.IsAbs(strings.TrimSpace(s))}
}

func (c coverage) empty() bool {
	return len(c.names)+len(c.titles)+len(c.addresses)+len(c.folders)+len(c.sources) == 0
}

// blackouts returns what may not be stored as things stand: matters and their
// people may have changed since a blackout was added.
func blackouts(ctx context.Context, tx *store.Tx) (c coverage, err error) {
	list, err := tx.Blackouts(ctx)
	for _, b := range list {
		if err := c.add(ctx, tx, b); err != nil {
			return c, err
		}
	}
	return c, err
}

func (c *coverage) add(ctx context.Context, tx *store.Tx, b store.Blackout) error {
	what := string(b.What)
	switch b.Kind {
	case BlackoutFolder:
		c.folders = append(c.folders, coveredFolder(what))
		return nil
	case BlackoutSender:
		c.addresses = append(c.addresses, sender(what))
		return nil
	case BlackoutCalendar:
		c.sources = append(c.sources, billing.SourceID(what))
		c.titles = append(c.titles, words(what))
		return nil
	}
	matters, err := tx.Matters(ctx)
	if err != nil {
		return err
	}
	t, err := timekeeper(ctx, tx)
	if err != nil {
		return err
	}
	if b.Kind == BlackoutClient {
		c.name(what)
	}
	for _, m := range matters {
		if blacksOut(b, m) {
			c.matter(m, t)
		}
	}
	return nil
}

// blacksOut reports whether b is of that matter or of its client.
func blacksOut(b store.Blackout, m billing.Matter) bool {
	what := string(b.What)
	return b.Kind == BlackoutClient && words(string(m.Client)) == words(what) || b.Kind == BlackoutMatter && m.Number == what
}

// matter covers a matter's number and name, its people and its folder.
func (c *coverage) matter(m billing.Matter, t billing.Timekeeper) {
	c.name(m.Number)
	c.name(string(m.Name))
	if m.Folder != "" {
		c.folders = append(c.folders, coveredFolder(string(m.Folder)))
	}
	for _, p := range m.Contacts {
		if p.Address != "" && !slices.Contains(t.Addresses, p.Address) {
			c.addresses = append(c.addresses, fold(string(p.Address)))
		}
		c.name(string(p.Name))
	}
}

func (c *coverage) name(s string) {
	if w := words(s); len(w) > 2 {
		c.names = append(c.names, w)
	}
}

// match reports whether nothing of o may be stored.
func (c coverage) match(source billing.SourceID, o billing.Observation) bool {
	if slices.Contains(c.sources, source) {
		return true
	}
	path := folder(string(o.Path))
	for _, f := range c.folders {
		if o.Path != "" && (strings.HasPrefix(path, f.path) || f.anywhere && strings.Contains(path, f.path)) {
			return true
		}
	}
	text := []string{string(o.Subject), string(o.Path)}
	for _, a := range o.Attachments {
		text = append(text, string(a))
	}
	for _, p := range o.With {
		text = append(text, string(p.Name))
		if c.matchAddress(fold(string(p.Address))) {
			return true
		}
	}
	for _, t := range text {
		if slices.ContainsFunc(c.names, within(t)) {
			return true
		}
	}
	return o.Kind == billing.KindMeeting && slices.ContainsFunc(c.titles, within(string(o.Subject)))
}

func (c coverage) matchAddress(address string) bool {
	return address != "" && slices.ContainsFunc(c.addresses, func(a string) bool {
		if domain, ok := strings.CutPrefix(a, "@"); ok {
			return strings.HasSuffix(address, a) || strings.HasSuffix(address, "."+domain)
		}
		return address == a
	})
}

// within returns a test for names that text holds as whole words.
func within(text string) func(name string) bool {
	in := words(text)
	return func(name string) bool {
		if strings.Contains(in, name) {
			return true
		}
		bare := strings.TrimSpace(name)
		return strings.ContainsFunc(bare, unspaced) && strings.Contains(in, bare)
	}
}

// unspaced reports whether r is of a script that puts no spaces between words.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer, unicode.Lao, unicode.Myanmar)
}

func fold(s string) string { return cases.Fold().String(norm.NFKC.String(strings.TrimSpace(s))) }

// words writes text as its words in lower case, each between single spaces, so
// that " reed " is found in it as a word, whatever stood around.
func words(s string) string {
	parts := strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	return " " + strings.Join(parts, " ") + " "
}

// folder writes a path with slashes, one at its end and one at its beginning: a
// relative one is looked for below any folder.
func folder(s string) string {
	return "/" + strings.Trim(strings.ReplaceAll(fold(s), `\`, "/"), "/") + "/"
}

// sender writes an address as it is compared; a domain alone gets an @.
func sender(s string) string {
	s = fold(s)
	if !strings.Contains(s, "@") {
		s = "@" + strings.TrimPrefix(s, ".")
	}
	return s
}
