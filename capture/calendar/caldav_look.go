package calendar

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar/internal/dav"
)

// look is one look at an account. What it learns goes into cursor; a batch may
// be recorded at any moment, so cursor must be true at each.
type look struct {
	*CalDAV
	client *dav.Client
	at     time.Time
	cursor account
	record recording

	problems []Problem
	dirty    bool // cursor says something else than what is kept, worth keeping
	moved    bool // cursor says something else than what is kept
	splits   int  // how often a request was divided because of an answer

	holders map[string][]member // by UID; see holding
	leaving map[member]bool     // gone, and not yet taken back
	merged  map[string]bool     // UIDs that were compared with all that holds them
}

func (l *look) problem(what string) { l.problems = append(l.problems, Problem{What: what}) }

// view is for whom the account is read. Guessing whose it is from a part of it
// would give another answer at every look.
func (l *look) view() View {
	return View{Own: slices.Compact(slices.Sorted(slices.Values(slices.Concat(l.cfg.Own, l.cursor.Own)))), Zone: l.zone}
}

// look finds what changed, reads it, records it, and then moves the tokens.
// One calendar's trouble is its own: the others are read, and its error
// returned at the end.
func (l *look) look(ctx context.Context) error {
	if err := l.list(ctx); err != nil {
		return err
	}
	l.dirty = l.cursor.as(l.reading(l.view().Own)) || l.dirty
	deltas, trouble, err := l.changes(ctx)
	if err != nil {
		return err
	}
	expanded := l.refresh(deltas)
	for _, d := range deltas {
		for _, name := range d.removed {
			l.leaving[member{d.in, name}] = true
		}
	}
	for _, d := range deltas {
		for got, err := range l.fetchAll(ctx, d.in, d.changed) {
			if err != nil {
				return explained(ctx, err)
			}
			if err := l.apply(ctx, got, nil); err != nil {
				return err
			}
		}
	}
	if err := l.takeBack(ctx); err != nil {
		return err
	}
	for _, d := range deltas {
		l.settle(d)
	}
	if expanded && trouble == nil {
		l.cursor.Expanded, l.dirty = l.at.Unix(), true
	}
	return trouble
}

// list finds the account's calendars, unless that was done lately. One that is
// not among them any more is kept until the server says that it is gone.
func (l *look) list(ctx context.Context) error {
	last := time.Unix(l.cursor.Listed, 0)
	if l.listed.After(last) {
		last = l.listed
	}
	if age := l.at.Sub(last); len(l.cursor.Collections) > 0 && age >= 0 && age < listEvery {
		return nil
	}
	_, err := l.relist(ctx)
	return err
}

func (l *look) relist(ctx context.Context) ([]*url.URL, error) {
	d, err := l.discover(ctx)
	if err != nil {
		return nil, err
	}
	l.listed = l.at
	for _, u := range d.calendars {
		if l.cursor.find(u) == nil {
			l.cursor.Collections = append(l.cursor.Collections, &collection{URL: u.String(), Members: map[string]*resource{}, url: u})
			l.dirty = true
		}
	}
	if !slices.Equal(l.cursor.Own, d.own) {
		l.cursor.Own, l.dirty = d.own, true
	}
	l.cursor.Listed, l.moved = l.at.Unix(), true
	return d.calendars, nil
}

// changes asks every calendar what changed. An error of one calendar alone is
// trouble; err ends the look.
func (l *look) changes(ctx context.Context) (deltas []*delta, trouble, err error) {
	for _, c := range slices.Clone(l.cursor.Collections) {
		d, err := l.ask(ctx, c)
		if err != nil && isGone(err) {
			d, err = l.gone(ctx, c, err)
		}
		switch {
		case err == nil:
			deltas = append(deltas, d)
		case passing(ctx, err):
			return nil, nil, explained(ctx, err)
		case trouble == nil:
			trouble = explained(ctx, err)
		}
	}
	return deltas, trouble, nil
}

func isGone(err error) bool {
	status, ok := errors.AsType[*dav.StatusError](err)
	return ok && (status.Code == http.StatusNotFound || status.Code == http.StatusGone)
}

// gone returns what a calendar's absence means: all of it is taken back when
// the account does not list it either.
func (l *look) gone(ctx context.Context, c *collection, cause error) (*delta, error) {
	list, err := l.relist(ctx)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(list, func(u *url.URL) bool { return u.String() == c.URL }) {
		return nil, cause
	}
	d := &delta{in: c, dropped: true}
	d.removeAllBut(nil)
	return d, nil
}

// refresh adds to deltas the resources that are to be read though they did not
// change: those whose next instances come into the horizon, and those that
// could not be read. It reports whether it was time for the former.
func (l *look) refresh(deltas []*delta) (open bool) {
	age := l.at.Sub(time.Unix(l.cursor.Expanded, 0))
	open = age < 0 || age >= expandEvery
	unread := l.at.Sub(l.tried) >= retryUnread
	if unread {
		l.tried = l.at
	}
	for _, d := range deltas {
		if d.dropped {
			continue
		}
		coming := map[string]bool{}
		for _, c := range d.changed {
			coming[c.name] = true
		}
		for _, name := range d.removed {
			coming[name] = true
		}
		for name, r := range d.in.Members {
			if !coming[name] && (open && r.Open || unread && r.ETag == "") {
				d.changed = append(d.changed, change{name: name, href: r.Href})
			}
		}
		slices.SortFunc(d.changed, func(a, b change) int { return cmp.Compare(a.name, b.name) })
	}
	return open
}

// takeBack records that what left is not there any more.
func (l *look) takeBack(ctx context.Context) error {
	list := make([]member, 0, len(l.leaving))
	for m := range l.leaving {
		list = append(list, m)
	}
	slices.SortFunc(list, member.compare)
	for batch := range slices.Chunk(list, batchSize) {
		if err := l.apply(ctx, nil, batch); err != nil {
			return err
		}
	}
	return nil
}

// settle notes how far a calendar was read, when all of that is recorded.
func (l *look) settle(d *delta) {
	if d.dropped {
		l.cursor.Collections = slices.DeleteFunc(l.cursor.Collections, func(c *collection) bool { return c == d.in })
		l.dirty = true
		return
	}
	c := d.in
	if c.Token == d.token && c.CTag == d.ctag && c.Plain == d.plain {
		return
	}
	l.moved = true
	l.dirty = l.dirty || d.renewed
	c.Token, c.CTag, c.Plain = d.token, d.ctag, d.plain
}

// within records what the account has in the source's range.
func (l *look) within(ctx context.Context, at capture.Cursor, sink capture.Sink) error {
	l.cursor = readAccount("")
	if err := l.list(ctx); err != nil {
		return err
	}
	deltas, trouble, err := l.changes(ctx)
	if err != nil {
		return err
	}
	all := &Calendar{whole: true}
	for _, d := range deltas {
		for batch := range slices.Chunk(d.changed, batchResources) {
			got, err := l.fetch(ctx, d.in, batch)
			if err != nil {
				return explained(ctx, err)
			}
			for _, f := range got {
				if f.calendar != nil {
					all.events = append(all.events, f.calendar.events...)
				}
			}
		}
	}
	all.group()
	if err := l.recordWithin(ctx, all, l.view(), at, sink); err != nil {
		return err
	}
	return trouble
}
