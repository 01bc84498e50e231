package research

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestTitle is the most letters of a title that are kept.
const longestTitle = 160

// plain are pages of any site that are about nothing.
var plain = map[string]bool{
	"home": true, "home page": true, "homepage": true, "search": true, "search results": true, "results": true, "advanced search": true,
	"sign in": true, "sign on": true, "sign out": true, "signed out": true, "log in": true, "login": true, "log out": true, "logout": true, "signin": true,
	"loading": true, "loading...": true, "loading…": true, "untitled": true, "new tab": true, "error": true, "page not found": true, "404 not found": true,
	"redirecting": true, "redirecting...": true, "please wait": true, "just a moment...": true, "welcome": true, "document": true, "history": true, "folders": true,
}

// cleanTitle returns what the title of a page of the site says the page is
// about: "Smith v. Jones" of "Smith v. Jones | Westlaw". It is empty when that
// is nothing, as of a page to sign in, or of a title that is an address.
func cleanTitle(title, siteName string) string {
	title = tidy(title)
	if isAddress(title) {
		return ""
	}
	parts, separators := splitTitle(title)
	crumbs := false // the site's own headings follow the first bar
	for len(parts) > 0 && isBrand(parts[len(parts)-1], siteName) {
		if n := len(separators); n > 0 {
			crumbs = separators[n-1] == " | " || separators[n-1] == " :: "
			separators = separators[:n-1]
		}
		parts = parts[:len(parts)-1]
	}
	for len(parts) > 0 && isBrand(parts[0], siteName) {
		parts, separators = parts[1:], separators[min(1, len(separators)):]
	}
	if len(parts) == 0 {
		return ""
	}
	about := parts[0]
	for i, separator := range separators {
		if crumbs && (separator == " | " || separator == " :: ") {
			break
		}
		about += separator + parts[i+1]
	}
	about = strings.TrimSpace(shorten(about))
	if plain[strings.ToLower(about)] || isAddress(about) {
		return ""
	}
	return about
}

// tidy returns a title in one line without marks that do not show, nor a count
// of news as in "(3) Inbox".
func tidy(title string) string {
	title = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			return -1
		}
		return r
	}, title)
	title = strings.Join(strings.Fields(title), " ")
	if rest, ok := strings.CutPrefix(title, "("); ok {
		if count, after, ok := strings.Cut(rest, ") "); ok && count != "" && len(count) <= 3 && strings.Trim(count, "0123456789+") == "" {
			title = after
		}
	}
	return title
}

// splitTitle splits a title where sites join theirs to it.
func splitTitle(title string) (parts, separators []string) {
	for {
		at, found := -1, ""
		for _, s := range []string{" | ", " :: ", " - ", " – ", " — ", " · "} {
			if i := strings.Index(title, s); i >= 0 && (at < 0 || i < at) {
				at, found = i, s
			}
		}
		if at < 0 {
			return append(parts, title), separators
		}
		parts, separators = append(parts, title[:at]), append(separators, found)
		title = title[at+len(found):]
	}
}

// isBrand reports whether a part of a title is the site's name, or begins with
// it and goes on for a few words: "Westlaw Edge", "Justia US Supreme Court
// Center". A part that is about somebody of that name has a "v.".
func isBrand(part, siteName string) bool {
	part, siteName = strings.ToLower(strings.TrimSpace(part)), strings.ToLower(siteName)
	if part == "" {
		return true
	}
	if strings.Contains(part, " v. ") || strings.Contains(part, " v ") || len(strings.Fields(part)) > 6 {
		return false
	}
	part = strings.TrimPrefix(part, "the ")
	for _, name := range []string{siteName, strings.ReplaceAll(siteName, " ", "")} {
		rest, ok := strings.CutPrefix(part, name)
		if ok && (rest == "" || !isLetter(rest)) {
			return true
		}
		if strings.HasSuffix(part, " "+name) || strings.HasSuffix(part, "/ "+name) {
			return true
		}
	}
	return false
}

// isLetter reports whether s begins with a letter or a digit.
func isLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// isAddress reports whether a title is the address of a page, as browsers put
// for a page without one.
func isAddress(title string) bool {
	if strings.Contains(title, "://") || strings.HasPrefix(title, "www.") {
		return true
	}
	first, _, path := strings.Cut(title, "/")
	return !strings.Contains(title, " ") && strings.Contains(first, ".") && (path || strings.Count(first, ".") > 1)
}

// shorten cuts s to the most letters, after a word where there is one.
func shorten(s string) string {
	if utf8.RuneCountInString(s) <= longestTitle {
		return s
	}
	s = string([]rune(s)[:longestTitle-1])
	if i := strings.LastIndex(s, " "); i > len(s)/2 {
		s = s[:i]
	}
	return s + "…"
}
