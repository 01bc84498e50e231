package calendar

import (
	"context"
	"errors"
	"iter"
	"net/url"
	"slices"
	"sync"

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

// multiget is a server's answer for several resources.
type multiget struct {
	answer *dav.Answer
	err    error
}

// fetchAll reads the resources of c named by list some at a time, as
// [look.fetch] does, and ends after an error. It asks for the next ones while
// the caller works on the last: so the server does not wait for us, nor we for
// it.
func (l *look) fetchAll(ctx context.Context, c *collection, list []change) iter.Seq2[[]fetched, error] {
	return func(yield func([]fetched, error) bool) {
		ahead, stop := context.WithCancel(ctx)
		var asking sync.WaitGroup
		defer asking.Wait()
		defer stop()
		ask := func(batch []change) <-chan multiget {
			coming := make(chan multiget, 1)
			asking.Go(func() { coming <- l.multiget(ahead, c, batch) })
			return coming
		}
		var batch []change
		var coming <-chan multiget
		for next := range slices.Chunk(list, batchResources) {
			if batch != nil {
				got := <-coming
				coming = ask(next)
				if read, err := l.take(ctx, c, batch, got); !yield(read, err) || err != nil {
					return
				}
			} else {
				coming = ask(next)
			}
			batch = next
		}
		if batch != nil {
			yield(l.take(ctx, c, batch, <-coming))
		}
	}
}

// fetch reads the resources of c named by list. A resource that is not there
// or cannot be read fails alone; an error means that none was read.
func (l *look) fetch(ctx context.Context, c *collection, list []change) ([]fetched, error) {
	return l.take(ctx, c, list, l.multiget(ctx, c, list))
}

// multiget asks for the resources. It may run beside anything else.
func (l *look) multiget(ctx context.Context, c *collection, list []change) multiget {
	hrefs := make([]string, len(list))
	for i, ch := range list {
		hrefs[i] = ch.path(c)
	}
	a, err := l.client.Multiget(ctx, c.url, hrefs)
	return multiget{a, err}
}

// take reads the resources out of what came of asking for them.
func (l *look) take(ctx context.Context, c *collection, list []change, got multiget) ([]fetched, error) {
	if got.err != nil {
		return l.fetchParts(ctx, c, list, got.err)
	}
	a := got.answer
	told := make(map[string]*dav.Response, len(a.Responses))
	for i := range a.Responses {
		r := &a.Responses[i]
		if name, ok := c.name(r.Href); ok && r.HasData {
			told[name] = r
		}
	}
	out := make([]fetched, 0, len(list))
	for _, ch := range list {
		r := told[ch.name]
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
	l.leftOut("an event cannot be read from the server; Tenths will try again")
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
