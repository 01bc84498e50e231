package calendar

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/calendar/internal/dav"
)

// maxCalendars bounds the calendars of one account.
const maxCalendars = 200

// errNoAccount is an address without calendars.
var errNoAccount = errors.New("no calendar-home-set, current-user-principal or calendar there")

// discovery is what an account turned out to be.
type discovery struct {
	calendars []*url.URL
	own       []string
}

// discover finds the account's calendars: from the address itself or, where
// that is a whole server's, from where .well-known/caldav leads (RFC 6764).
func (l *look) discover(ctx context.Context) (discovery, error) {
	wellKnown := *l.url
	wellKnown.Path, wellKnown.RawPath = "/.well-known/caldav", ""
	tries := []*url.URL{l.url}
	if l.url.Path == "" || l.url.Path == "/" {
		root := *l.url
		root.Path = "/"
		tries = []*url.URL{&wellKnown, &root}
	}
	var first error
	for _, u := range tries {
		d, err := l.discoverFrom(ctx, u)
		if err == nil {
			return d, nil
		}
		if first == nil || errors.Is(first, errNoAccount) {
			first = err
		}
		if passing(ctx, err) && !errors.Is(err, errNoAccount) && !errors.Is(err, dav.ErrElsewhere) {
			return discovery{}, explained(ctx, err)
		}
	}
	var status *dav.StatusError
	forbidden := errors.As(first, &status) && status.Code == http.StatusForbidden
	if !forbidden && !errors.Is(first, dav.ErrElsewhere) {
		first = &billing.Error{Kind: billing.NotFound, Msg: "there is no calendar account at that address; check it with whoever runs the calendar server", Err: first}
	}
	return discovery{}, explained(ctx, first)
}

// discoverFrom finds the calendars that u is, leads to or holds.
func (l *look) discoverFrom(ctx context.Context, u *url.URL) (discovery, error) {
	a, at, err := l.client.Propfind(ctx, u, "0", dav.Type, dav.Components, dav.Principal, dav.Homes, dav.Addresses)
	if err != nil {
		return discovery{}, err
	}
	if len(a.Responses) == 0 {
		return discovery{}, errNoAccount
	}
	self := &a.Responses[0]
	d := discovery{own: self.Addresses}
	homes, homeBase := self.Homes, at
	if !self.Calendar && len(homes) == 0 { // a home, or some other folder of calendars
		if d.calendars, err = l.calendarsIn(ctx, at); err != nil && passing(ctx, err) {
			return discovery{}, err
		}
	}
	if self.Principal != "" && (len(d.own) == 0 || len(homes) == 0) {
		if who, base, err := l.principal(ctx, at, self.Principal); err == nil {
			d.own = who.Addresses
			if len(homes) == 0 {
				homes, homeBase = who.Homes, base
			}
		} else if ctx.Err() != nil {
			return discovery{}, err
		}
	}
	switch {
	case self.Calendar:
		d.calendars = []*url.URL{slashed(at)}
	case len(d.calendars) > 0:
	default:
		if d.calendars, err = l.calendarsOf(ctx, homeBase, homes); err != nil {
			return discovery{}, err
		}
	}
	if len(d.calendars) == 0 {
		return discovery{}, errNoAccount
	}
	d.own = addresses(d.own)
	return d, nil
}

// principal asks the account itself where its calendars are and what its mail
// addresses (RFC 6638 section 2.4.1).
func (l *look) principal(ctx context.Context, base *url.URL, href string) (*dav.Response, *url.URL, error) {
	u, err := follow(base, href)
	if err != nil {
		return nil, nil, err
	}
	a, at, err := l.client.Propfind(ctx, u, "0", dav.Homes, dav.Addresses)
	if err != nil {
		return nil, nil, err
	}
	if len(a.Responses) == 0 {
		return nil, nil, errNoAccount
	}
	return &a.Responses[0], at, nil
}

// calendarsOf lists the calendars of all homes.
func (l *look) calendarsOf(ctx context.Context, base *url.URL, homes []string) ([]*url.URL, error) {
	var out []*url.URL
	for _, href := range homes {
		home, err := follow(base, href)
		if err != nil {
			return nil, err
		}
		list, err := l.calendarsIn(ctx, home)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// calendarsIn lists the calendars for events that are directly in u.
func (l *look) calendarsIn(ctx context.Context, u *url.URL) ([]*url.URL, error) {
	a, at, err := l.client.Propfind(ctx, u, "1", dav.Type, dav.Components)
	if err != nil {
		return nil, err
	}
	var out []*url.URL
	for i := range a.Responses {
		r := &a.Responses[i]
		if !r.Calendar || r.Components != nil && !slices.Contains(r.Components, "VEVENT") {
			continue
		}
		to, err := follow(at, r.Href)
		if err != nil {
			continue
		}
		if to = slashed(to); !slices.ContainsFunc(out, func(u *url.URL) bool { return *u == *to }) {
			out = append(out, to)
		}
	}
	if len(out) > maxCalendars {
		l.leftOut("there are more calendars than Tenths follows")
		out = out[:maxCalendars]
	}
	return out, nil
}

// follow returns where href leads. To another host it leads only within the
// same organization's domain and over https, as from caldav.example.com to
// p12-caldav.example.com; a path is taken on the host that is known, whatever
// scheme and port a gateway's server wrote before it.
func follow(base *url.URL, href string) (*url.URL, error) {
	to, err := base.Parse(href)
	if err != nil {
		return nil, dav.ErrMalformed
	}
	out := &url.URL{Scheme: base.Scheme, Host: base.Host, Path: to.Path, RawPath: to.RawPath}
	if strings.EqualFold(to.Hostname(), base.Hostname()) {
		return out, nil
	}
	here, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(base.Hostname()))
	there, err2 := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(to.Hostname()))
	if err != nil || err2 != nil || here != there || base.Scheme != "https" || to.Scheme != "https" || to.User != nil {
		return nil, dav.ErrElsewhere
	}
	out.Host = to.Host
	return out, nil
}

func slashed(u *url.URL) *url.URL {
	out := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}
	if !strings.HasSuffix(out.Path, "/") {
		out.Path += "/"
		if out.RawPath != "" {
			out.RawPath += "/"
		}
	}
	return &out
}

// addresses returns the mail addresses among hrefs, in order.
func addresses(hrefs []string) []string {
	var out []string
	for _, href := range hrefs {
		if address := mailAddress(href); address != "" {
			out = append(out, address)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
