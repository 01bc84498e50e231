package research

import (
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"

	"github.com/tenths/tenths/billing"
)

// DefaultList is the list of sites that Tenths comes with, as text to be edited
// and read by [ParseSites].
//
//go:embed sites.txt
var DefaultList string

// mostSites and mostName bound what a list may hold.
const (
	mostSites = 2000
	mostName  = 60
)

// Sites is a list of sites that are legal research. The zero Sites lists none.
type Sites struct {
	sites []site
}

type site struct {
	labels []string // of the host, the last first; each may hold "*"
	path   string   // "" or a path without a slash at its end
	name   string
}

// DefaultSites returns the list that Tenths comes with.
func DefaultSites() Sites {
	sites, err := ParseSites(DefaultList)
	if err != nil {
		panic(err) // it is part of the program, and a test reads it
	}
	return sites
}

// ReadSites returns the list in the file, or [DefaultSites] when there is no
// such file.
func ReadSites(file string) (Sites, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return DefaultSites(), nil
	}
	if err != nil {
		return Sites{}, &billing.Error{Kind: billing.Invalid, Msg: "the list of research sites cannot be read", Err: err}
	}
	return ParseSites(string(text))
}

// ParseSites reads a list of sites, one a line:
//
//	host[/path]  Name
//
// The host takes in all hosts below it: "westlaw.com" is "1.next.westlaw.com"
// too. A "*" stands for any part of the host between two dots. The path takes
// in all below it. Of several lines that an address matches the one whose host
// has the most parts counts, and of those the one with the longest path. Empty
// lines are ignored, and all after a "#" that starts a line or follows a space.
// The error is [billing.Invalid], and its message has a line for each mistake,
// with its number.
func ParseSites(text string) (Sites, error) {
	var sites Sites
	var wrong []string
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		n++
		s, ok, err := parseSite(line)
		switch {
		case err != nil:
			wrong = append(wrong, fmt.Sprintf("line %d: %v", n, err))
		case ok && len(sites.sites) == mostSites:
			wrong = append(wrong, fmt.Sprintf("line %d: more than %d sites; name fewer, with a * for many", n, mostSites))
		case ok:
			sites.sites = append(sites.sites, s)
		}
		if len(wrong) == 20 {
			break
		}
	}
	if len(wrong) > 0 {
		return Sites{}, &billing.Error{Kind: billing.Invalid, Msg: "the list of research sites has mistakes:\n" + strings.Join(wrong, "\n")}
	}
	slices.SortStableFunc(sites.sites, func(a, b site) int {
		if d := len(b.labels) - len(a.labels); d != 0 {
			return d
		}
		return len(b.path) - len(a.path)
	})
	return sites, nil
}

// parseSite reads one line; it is false for one that lists nothing.
func parseSite(line string) (site, bool, error) {
	if !utf8.ValidString(line) {
		return site{}, false, errors.New("this is not text in UTF-8")
	}
	if i := strings.Index(line, " #"); i >= 0 {
		line = line[:i]
	}
	line = strings.TrimSpace(line)
	if line == "" || strings.HasPrefix(line, "#") {
		return site{}, false, nil
	}
	where, name, _ := strings.Cut(strings.Join(strings.Fields(line), " "), " ")
	if name == "" {
		return site{}, false, errors.New("the site has no name; write the host, a space and a name")
	}
	if utf8.RuneCountInString(name) > mostName || strings.ContainsFunc(name, unicode.IsControl) {
		return site{}, false, fmt.Errorf("the name is longer than %d letters, or has some that do not print", mostName)
	}
	if strings.Contains(where, "://") {
		return site{}, false, errors.New("leave out what comes before the host, as https://")
	}
	hostname, below, _ := strings.Cut(where, "/")
	labels, err := parseHost(hostname)
	if err != nil {
		return site{}, false, err
	}
	if strings.ContainsAny(below, "?#*") {
		return site{}, false, errors.New("a path has no ?, # or *")
	}
	if below = strings.Trim(below, "/"); below != "" {
		below = "/" + below
	}
	return site{labels, below, name}, true, nil
}

// parseHost returns the labels of a host, the last first. It refuses what would
// take in hosts of many owners, such as "com" or "*.com".
func parseHost(hostname string) ([]string, error) {
	hostname = strings.ToLower(hostname)
	if len(hostname) > 253 {
		return nil, errors.New("the host is too long")
	}
	labels := strings.Split(hostname, ".")
	for _, label := range labels {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-*") != "" {
			return nil, errors.New("the host is not one; write it as in www.example.com, with * for any part between dots")
		}
	}
	if broad(hostname, labels) {
		return nil, errors.New("the host takes in sites of many owners; name one of them")
	}
	if strings.Contains(labels[len(labels)-1], "*") {
		return nil, errors.New("the last part of the host cannot have a *")
	}
	slices.Reverse(labels)
	return labels, nil
}

// broad reports whether a host takes in more than one owner's. The states are
// one owner here, of courts.*.gov and courts.state.*.us.
func broad(hostname string, labels []string) bool {
	suffix, _ := publicsuffix.PublicSuffix(strings.ReplaceAll(hostname, "*", "x"))
	own := labels[:len(labels)-strings.Count(suffix, ".")-1]
	switch n := len(own); {
	case n == 0:
		return true
	case telling(own[n-1]):
		return false
	case suffix == "gov":
		return n < 2 || own[n-2] == "www" || !telling(own[n-2])
	case suffix == "us":
		return n < 3 || own[n-2] != "state" || !telling(own[n-3])
	}
	return true
}

// telling reports whether a label narrows a host down: it is all letters, or
// has enough of them beside its stars.
func telling(label string) bool {
	letters := len(strings.ReplaceAll(label, "*", ""))
	return letters == len(label) || letters >= 5
}

// Len returns how many sites are listed.
func (s Sites) Len() int { return len(s.sites) }

// Match returns the name of the listed site that u belongs to.
func (s Sites) Match(u *url.URL) (name string, listed bool) {
	hostname := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	labels := strings.Split(hostname, ".")
	slices.Reverse(labels)
	for _, site := range s.sites {
		if site.hasHost(labels) && site.hasPath(u.Path) {
			return site.name, true
		}
	}
	return "", false
}

func (s site) hasHost(labels []string) bool {
	if len(labels) < len(s.labels) {
		return false
	}
	for i, pattern := range s.labels {
		if ok, err := path.Match(pattern, labels[i]); !ok || err != nil {
			return false
		}
	}
	return true
}

func (s site) hasPath(p string) bool {
	return strings.HasPrefix(p, s.path) && (len(p) == len(s.path) || s.path == "" || p[len(s.path)] == '/')
}

// globs returns what a query can leave out most other hosts with, as package
// history asks for it.
func (s Sites) globs() []string {
	var out []string
	for _, site := range s.sites {
		labels := slices.Clone(site.labels)
		slices.Reverse(labels)
		out = append(out, "*."+strings.Join(labels, ".")+":*")
	}
	slices.Sort(out)
	return slices.Compact(out)
}
