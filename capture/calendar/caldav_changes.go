package calendar

import (
	"context"
	"maps"
	"slices"

	"github.com/tenths/tenths/capture/calendar/internal/dav"
)

// delta is what changed in a calendar.
type delta struct {
	in          *collection
	changed     []change // to be read, by name
	removed     []string // names
	token, ctag string
	plain       bool
	renewed     bool // token and ctag must be kept though nothing else changed
	dropped     bool // the calendar itself is gone
}

// change is a resource that is to be read.
type change struct {
	name string
	href string // as the server writes it, where that is not the name in the calendar's own path
	etag string // "" where it was not told
}

// maxPages bounds the parts in which a server may tell what changed.
const maxPages = 1000

// ask learns what changed in c by the least that its server allows: by its
// token, else by its ctag, else by listing what is there.
func (l *look) ask(ctx context.Context, c *collection) (*delta, error) {
	if c.Plain {
		return l.askPlain(ctx, c)
	}
	d, err := l.sync(ctx, c)
	if err == nil || passing(ctx, err) {
		return d, err
	}
	return l.enumerate(ctx, c) // the token is not good any more, or never was
}

// sync asks what changed since c's token, in as many parts as the server makes
// of it (RFC 6578 section 3.6).
func (l *look) sync(ctx context.Context, c *collection) (*delta, error) {
	d := &delta{in: c, token: c.Token, renewed: c.Token == ""}
	there := map[string]change{}
	gone := map[string]bool{}
	for range maxPages {
		a, err := l.client.Sync(ctx, c.url, d.token)
		if err != nil {
			return nil, err
		}
		more := false
		for i := range a.Responses {
			r := &a.Responses[i]
			if c.isSelf(r.Href) {
				more = more || r.Status == 507
				continue
			}
			ch, ok := c.change(r)
			switch {
			case !ok:
			case r.Gone():
				gone[ch.name] = true
				delete(there, ch.name)
			default:
				there[ch.name] = ch
				delete(gone, ch.name)
			}
		}
		if a.SyncToken == "" || more && a.SyncToken == d.token {
			return nil, dav.ErrMalformed
		}
		d.token = a.SyncToken
		if !more {
			d.take(there)
			if c.Token == "" {
				d.removeAllBut(there)
				return d, nil
			}
			for name := range gone {
				if c.Members[name] != nil {
					d.removed = append(d.removed, name)
				}
			}
			slices.Sort(d.removed)
			return d, nil
		}
	}
	return nil, dav.ErrMalformed
}

// askPlain looks at the ctag of a calendar that has no tokens before listing it.
func (l *look) askPlain(ctx context.Context, c *collection) (*delta, error) {
	if c.CTag == "" {
		return l.enumerate(ctx, c)
	}
	a, _, err := l.client.Propfind(ctx, c.url, "0", dav.CTag)
	if err != nil {
		return nil, err
	}
	if len(a.Responses) == 1 && a.Responses[0].CTag == c.CTag {
		return &delta{in: c, ctag: c.CTag, plain: true}, nil
	}
	return l.enumerate(ctx, c)
}

// enumerate lists what is in c and compares. It asks for the token first in
// the same answer, so that nothing which changes meanwhile is lost.
func (l *look) enumerate(ctx context.Context, c *collection) (*delta, error) {
	a, _, err := l.client.Propfind(ctx, c.url, "1", dav.Type, dav.ETag, dav.CTag, dav.SyncToken)
	if err != nil {
		return nil, err
	}
	d := &delta{in: c, renewed: true}
	there := map[string]change{}
	self := false
	for i := range a.Responses {
		r := &a.Responses[i]
		if c.isSelf(r.Href) {
			self = self || !r.Gone()
			d.token, d.ctag = r.SyncToken, r.CTag
			continue
		}
		if ch, ok := c.change(r); ok && !r.Gone() && !r.Collection {
			there[ch.name] = ch
		}
	}
	if !self { // it lists itself (RFC 4918 section 9.1): this is something else
		return nil, dav.ErrMalformed
	}
	d.plain = d.token == ""
	if !d.plain {
		d.ctag = ""
	}
	d.renewed = d.token != c.Token || d.ctag != c.CTag || d.plain != c.Plain
	d.take(there)
	d.removeAllBut(there)
	return d, nil
}

// change returns what r says of a member of c; false where it is none.
func (c *collection) change(r *dav.Response) (change, bool) {
	name, ok := c.name(r.Href)
	ch := change{name: name, etag: r.ETag}
	if u, err := c.url.Parse(r.Href); err == nil && u.EscapedPath() != c.url.EscapedPath()+name {
		ch.href = u.EscapedPath()
	}
	return ch, ok
}

// take notes what is new or changed of there.
func (d *delta) take(there map[string]change) {
	for _, name := range slices.Sorted(maps.Keys(there)) {
		ch := there[name]
		if r := d.in.Members[name]; r != nil && r.ETag != "" && r.ETag == etagDigest(ch.etag) {
			continue
		}
		d.changed = append(d.changed, ch)
	}
}

// removeAllBut notes as removed what is known and not in there.
func (d *delta) removeAllBut(there map[string]change) {
	for _, name := range slices.Sorted(maps.Keys(d.in.Members)) {
		if _, ok := there[name]; !ok {
			d.removed = append(d.removed, name)
		}
	}
}
