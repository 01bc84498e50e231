package app

import (
	"cmp"
	"context"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Peer is a host that Tenths may talk to, and why.
type Peer struct {
	Host string `json:"host"` // as it is configured: a name or an address
	Port string `json:"port"`
	Why  string `json:"why"`
	From string `json:"from"` // what of the configuration says so: a source's id, "clio", an environment variable
	// Within is a domain whose other hosts Tenths talks to as well, over https,
	// where a calendar's server leads there; "" for none.
	Within string `json:"within,omitempty"`
}

// Egress returns every host that Tenths may talk to as it is configured, by
// name. It talks to no other, and of these looks up the names that are not
// addresses with the system's resolver.
func (p *Practice) Egress(ctx context.Context) ([]Peer, error) {
	peers := []Peer{}
	var list []billing.SourceConfig
	renewals := map[billing.SourceID]string{}
	err := p.store.View(ctx, func(tx *store.Tx) (err error) {
		list, err = tx.Sources(ctx)
		for _, src := range list {
			var address string
			if err == nil {
				_, err = tx.Setting(ctx, renewalKey(src.ID), &address)
			}
			renewals[src.ID] = address
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, src := range list {
		if u := serverOf(src); u != nil {
			why := map[billing.SourceKind]string{billing.SourceIMAP: "reads mail"}[src.Kind]
			found := peersOf(u, cmp.Or(why, "reads a calendar"), string(src.ID))
			if u.Scheme == "https" {
				found[0].Within = domainOf(u.Hostname())
			}
			peers = append(peers, found...)
		}
		if u, err := url.Parse(renewals[src.ID]); err == nil && u.Hostname() != "" {
			peers = append(peers, peersOf(u, "renews the permission to read mail (OAuth)", string(src.ID))...)
		}
	}
	words, err := p.modelPeers(ctx)
	if err != nil {
		return nil, err
	}
	peers = append(peers, words...)
	link, err := Posting{p}.Link(ctx)
	if err != nil || link.System == "" {
		return sorted(peers), err
	}
	if p.Address == nil {
		return nil, &billing.Error{Kind: billing.Internal, Msg: "this Tenths cannot tell where " + link.System + " is"}
	}
	u, err := p.Address(link)
	if err != nil {
		return nil, err
	}
	peers = append(peers, peersOf(u, "reads matters and the account's name, posts approved entries", link.System)...)
	if link.ClientID != "" {
		peers = append(peers, peersOf(u, "renews the access to it (OAuth)", link.System)...)
	}
	return sorted(peers), nil
}

func sorted(peers []Peer) []Peer {
	slices.SortFunc(peers, func(a, b Peer) int {
		return cmp.Or(strings.Compare(a.Host, b.Host), strings.Compare(a.Port, b.Port), strings.Compare(a.From, b.From), strings.Compare(a.Why, b.Why))
	})
	return slices.Compact(peers)
}

// serverOf returns the server that a source is on, nil when it is on this
// machine's disk.
func serverOf(src billing.SourceConfig) *url.URL {
	where := strings.TrimSpace(string(src.Where))
	if src.Kind == billing.SourceIMAP && !strings.Contains(where, "://") {
		where = "imaps://" + where
		if strings.HasSuffix(where, ":143") {
			where = "imap" + strings.TrimPrefix(where, "imaps")
		}
	}
	if !strings.Contains(where, "://") {
		return nil
	}
	u, err := url.Parse(where)
	if err != nil || u.Hostname() == "" {
		return nil // it cannot be reached either
	}
	switch u.Scheme = strings.TrimSuffix(strings.ToLower(u.Scheme), "+oauth"); u.Scheme {
	case "webcal", "webcals", "caldavs":
		u.Scheme = "https"
	case "caldav":
		u.Scheme = "http"
	}
	return u
}

// domainOf returns the domain that an organization registered, "" for an address.
func domainOf(host string) string {
	domain, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(host))
	if err != nil || net.ParseIP(host) != nil {
		return ""
	}
	return domain
}

// defaultPorts are those of the schemes that Tenths speaks (IANA).
var defaultPorts = map[string]string{"http": "80", "https": "443", "imap": "143", "imaps": "993", "socks5": "1080", "socks5h": "1080"}

// peersOf returns the server at u and, where the environment names one, the
// proxy that is between.
func peersOf(u *url.URL, why, from string) []Peer {
	out := []Peer{{Host: strings.ToLower(u.Hostname()), Port: cmp.Or(u.Port(), defaultPorts[u.Scheme]), Why: why, From: from}}
	if u.Scheme != "http" && u.Scheme != "https" {
		return out
	}
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: u})
	if err == nil && proxy != nil {
		out = append(out, Peer{Host: strings.ToLower(proxy.Hostname()), Port: cmp.Or(proxy.Port(), defaultPorts[proxy.Scheme]),
			Why: "stands between: " + why, From: "the environment (" + strings.ToUpper(u.Scheme) + "_PROXY)"})
	}
	return out
}
