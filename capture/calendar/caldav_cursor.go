package calendar

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/tenths/tenths/capture"
)

// account is the cursor of a CalDAV account: where its calendars are, how far
// each was read, and what was recorded. It grows by about 120 bytes an event.
type account struct {
	Version     int               `json:"caldav"`
	Listed      int64             `json:"listed,omitempty"` // Unix time of the last listing that was kept
	Expanded    int64             `json:"expanded,omitempty"`
	Own         []string          `json:"own,omitempty"`     // the account's own mail addresses
	Reading     string            `json:"reading,omitempty"` // how it was read, see observer.reading
	Collections []*collection     `json:"collections,omitempty"`
	Series      map[string]string `json:"series,omitempty"`
}

// accountVersion is the version written; any other is read as the beginning.
const accountVersion = 1

// collection is one calendar.
type collection struct {
	URL   string `json:"url"` // with a slash at its end
	Token string `json:"token,omitempty"`
	CTag  string `json:"ctag,omitempty"`
	// Plain says that it was read whole and that there is no token to be had.
	Plain   bool                 `json:"plain,omitempty"`
	Members map[string]*resource `json:"members,omitempty"` // by name

	url *url.URL
}

// resource is one member of a calendar: an event with its overrides.
type resource struct {
	ETag string   `json:"e,omitempty"` // a digest of it; "" until the resource was read
	UIDs []string `json:"u,omitzero"`  // nil stands for the one that its name says
	Open bool     `json:"o,omitempty"` // it has instances beyond the horizon
	Href string   `json:"h,omitempty"` // as the server writes it, where that is not its name
}

// member is where a resource is.
type member struct {
	in   *collection
	name string
}

func (m member) compare(n member) int {
	return cmp.Or(cmp.Compare(m.in.URL, n.in.URL), cmp.Compare(m.name, n.name))
}

func readAccount(s capture.Cursor) account {
	var a account
	if err := json.Unmarshal([]byte(s), &a); err != nil || a.Version != accountVersion || !a.valid() {
		a = account{Version: accountVersion}
	}
	if a.Series == nil {
		a.Series = map[string]string{}
	}
	return a
}

// valid reports whether a can be worked with, and makes it so.
func (a *account) valid() bool {
	for _, c := range a.Collections {
		if c == nil {
			return false
		}
		u, err := url.Parse(c.URL)
		if err != nil || u.Host == "" {
			return false
		}
		c.url = u
		if c.Members == nil {
			c.Members = map[string]*resource{}
		}
		for _, r := range c.Members {
			if r == nil {
				return false
			}
		}
	}
	return true
}

// as makes a a cursor of another reading, if it is one, and reports whether it
// was: what was recorded stays known, and every resource is to be read.
func (a *account) as(reading string) bool {
	if a.Reading == reading {
		return false
	}
	a.Reading = reading
	for _, c := range a.Collections {
		c.Token, c.CTag, c.Plain = "", "", false
		for _, r := range c.Members {
			r.ETag = ""
		}
	}
	return true
}

// find returns the collection at u, or nil.
func (a *account) find(u *url.URL) *collection {
	i := slices.IndexFunc(a.Collections, func(c *collection) bool { return c.URL == u.String() })
	if i < 0 {
		return nil
	}
	return a.Collections[i]
}

// encode writes the cursor that goes with series.
func (l *look) encode(series map[string]string) capture.Cursor {
	a := l.cursor
	a.Series = series
	b, _ := json.Marshal(a) // strings, numbers and truth values alone: cannot fail
	return capture.Cursor(b)
}

// stem returns the UID that the name of a resource stands for.
func stem(name string) string {
	plain, err := url.PathUnescape(strings.TrimSuffix(name, ".ics"))
	if err != nil {
		return name
	}
	return plain
}

func (r *resource) uids(name string) []string {
	if r.UIDs == nil {
		return []string{stem(name)}
	}
	return r.UIDs
}

// setUIDs keeps uids, in order, in the shortest way.
func (r *resource) setUIDs(name string, uids map[string]bool) {
	r.UIDs = slices.AppendSeq([]string{}, maps.Keys(uids))
	slices.Sort(r.UIDs)
	if len(r.UIDs) == 1 && r.UIDs[0] == stem(name) {
		r.UIDs = nil
	}
}

// etagDigest shortens an ETag for comparison. A weak one says as much as is
// wanted here (RFC 9110 section 8.8.3): that the event is the same.
func etagDigest(etag string) string {
	if etag == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(strings.Trim(strings.TrimPrefix(etag, "W/"), `"`)))
	return base64.RawURLEncoding.EncodeToString(sum[:8])
}

// cleanPath writes the path of u in one way of the many that percent-encoding
// allows.
func cleanPath(u *url.URL) string {
	parts := strings.Split(u.EscapedPath(), "/")
	for i, part := range parts {
		if plain, err := url.PathUnescape(part); err == nil {
			parts[i] = url.PathEscape(plain)
		}
	}
	return strings.Join(parts, "/")
}

// name returns the name in c of what a server calls href, and whether it is a
// direct member. The host that servers behind a gateway put into a href may be
// wrong, and is not looked at.
func (c *collection) name(href string) (string, bool) {
	u, err := c.url.Parse(href)
	if err != nil {
		return "", false
	}
	name, ok := strings.CutPrefix(cleanPath(u), cleanPath(c.url))
	return name, ok && name != "" && !strings.Contains(name, "/")
}

// isSelf reports whether href is c.
func (c *collection) isSelf(href string) bool {
	u, err := c.url.Parse(href)
	return err == nil && strings.TrimSuffix(cleanPath(u), "/") == strings.TrimSuffix(cleanPath(c.url), "/")
}
