package language

import "strings"

// addressed is somebody who is called by a mail address, located a place on the
// web.
var (
	addressed = &Word{Detail: Concrete, Kinds: Proper | Person}
	located   = &Word{Detail: Exact, Kinds: Proper}
)

// longestAddress is how many bytes an address may have: what has no blank for
// longer is none, and is not looked through again from each of its words.
const longestAddress = 1024

// address returns the mail address, web address or host that begins at s[i:],
// whose periods end no sentence; false where none does. A host without "www."
// or "://" must end as hosts commonly do: a period with no space after it is
// more often a slip.
func address(s string, i int) (t Token, ok bool) {
	end := i
	for end < len(s) && end-i < longestAddress && s[end] > ' ' && s[end] < 0x7F && strings.IndexByte(`,;()<>[]"`, s[end]) < 0 {
		end++
	}
	run := strings.TrimRight(s[i:end], ".:!?'")
	if end = i + len(run); strings.IndexByte(run, '.') < 0 {
		return t, false
	}
	if at := strings.IndexByte(run, '@'); at > 0 && strings.IndexByte(run[at:], '.') > 1 {
		return Token{From: i, To: end, Word: addressed, Stem: foldHash(run)}, true
	}
	host, _, _ := strings.Cut(run, "/")
	if strings.Contains(run, "://") || strings.HasPrefix(run, "www.") || domain(host) {
		return Token{From: i, To: end, Word: located, Stem: foldHash(run)}, true
	}
	return t, false
}

// domain reports whether s ends as the names of hosts commonly do.
func domain(s string) bool {
	switch s[strings.LastIndexByte(s, '.')+1:] {
	case "com", "org", "net", "gov", "edu", "law", "io", "us", "uk", "eu", "de", "ca", "au", "mil", "info", "biz":
		return strings.IndexByte(s, '.') > 0
	}
	return false
}
