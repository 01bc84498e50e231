package app

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

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
	if o.List != "" {
		text = append(text, string(o.List))
		if c.matchAddress("list@" + fold(string(o.List))) {
			return true
		}
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
