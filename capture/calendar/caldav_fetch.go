package calendar

import (
	"context"
	"errors"
	"net/url"

	"github.com/tenths/tenths/capture/calendar/internal/dav"
)

const (
	// batchResources is how many resources are asked for at a time.
	batchResources = 100
	// maxSplits bounds the requests of one look that were made smaller because
	// a server could not answer the whole.
	maxSplits = 500
)

// fetched is what came of reading one resource.
type fetched struct {
	member
	href     string
	etag     string
	calendar *Calendar // nil when it is gone, or unread
	problems []Problem
	gone     bool // the server says that it is not there
}

// fetch reads the resources of c named by list. A resource that is not there
// or cannot be read fails alone; an error means that none was read.
func (l *look) fetch(ctx context.Context, c *collection, list []change) ([]fetched, error) {
	hrefs := make([]string, len(list))
	for i, ch := range list {
		hrefs[i] = ch.path(c)
	}
	a, err := l.client.Multiget(ctx, c.url, hrefs)
	if err != nil {
		return l.fetchParts(ctx, c, list, err)
	}
	got := make(map[string]*dav.Response, len(a.Responses))
	for i := range a.Responses {
		r := &a.Responses[i]
		if name, ok := c.name(r.Href); ok && r.HasData {
			got[name] = r
		}
	}
	out := make([]fetched, 0, len(list))
	for _, ch := range list {
		r := got[ch.name]
		if r == nil {
			f, err := l.fetchOne(ctx, c, ch)
			if err != nil {
				return nil, err
			}
			out = append(out, f)
			continue
		}
		etag := r.ETag
		if etag == "" {
			etag = ch.etag
		}
		out = append(out, c.read(ch, etag, []byte(r.Data)))
	}
	return out, ctx.Err()
}

// fetchParts asks for less after the server could not answer for the whole
// list because of cause, down to one resource.
func (l *look) fetchParts(ctx context.Context, c *collection, list []change, cause error) ([]fetched, error) {
	if l.splits++; passing(ctx, cause) || l.splits > maxSplits {
		return nil, cause
	}
	if len(list) == 1 {
		f, err := l.fetchOne(ctx, c, list[0])
		return []fetched{f}, err
	}
	half := len(list) / 2
	first, err := l.fetch(ctx, c, list[:half])
	if err != nil {
		return nil, err
	}
	second, err := l.fetch(ctx, c, list[half:])
	return append(first, second...), err
}

// fetchOne reads a resource by itself, which also works where an answer for
// several does not: XML cannot carry every character.
func (l *look) fetchOne(ctx context.Context, c *collection, ch change) (fetched, error) {
	u, err := c.url.Parse(ch.path(c))
	if err != nil {
		return fetched{member: member{c, ch.name}, href: ch.href}, nil
	}
	data, etag, err := l.client.Get(ctx, &url.URL{Scheme: c.url.Scheme, Host: c.url.Host, Path: u.Path, RawPath: u.RawPath})
	switch {
	case err == nil:
		if etag == "" {
			etag = ch.etag
		}
		return c.read(ch, etag, data), nil
	case isGone(err):
		return fetched{member: member{c, ch.name}, href: ch.href, gone: true}, nil
	case passing(ctx, err) && !errors.Is(err, dav.ErrElsewhere):
		return fetched{}, err
	}
	l.problem("an event cannot be read from the server; Tenths will try again")
	return fetched{member: member{c, ch.name}, href: ch.href}, nil
}

// read parses a resource. Without an ETag it counts as read all the same, and
// is read again whenever the server names it.
func (c *collection) read(ch change, etag string, data []byte) fetched {
	f := fetched{member: member{c, ch.name}, href: ch.href, etag: etagDigest(etag)}
	if f.etag == "" {
		f.etag = "-"
	}
	f.calendar, f.problems = Parse(data)
	return f
}

// path returns the path to ask for ch with.
func (ch change) path(c *collection) string {
	if ch.href != "" {
		return ch.href
	}
	return c.url.EscapedPath() + ch.name
}
