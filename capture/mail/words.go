package mail

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/emersion/go-imap/v2"

	"github.com/tenths/tenths/billing"
)

// maxWords bounds, in characters, what is shown of a server's words.
const maxWords = 240

// cleanWords returns a server's words as one line that can be shown: nothing in
// it moves a cursor or turns the direction of writing.
func cleanWords(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxWords {
		text = string(runes[:maxWords]) + "…"
	}
	return text
}

// says returns the server's own words about err: those with which it refused, or
// the last before it hung up. Without the secret and the account's name, which a
// server could repeat.
func (s *session) says(err error) string {
	words := ""
	if e, ok := errors.AsType[*imap.Error](err); ok {
		words = cleanWords(e.Text)
	}
	if words == "" && s != nil && s.tap != nil {
		words = s.tap.farewell()
	}
	if s == nil {
		return words
	}
	return s.scrub(words)
}

// minSecret is how long something told must be to be taken out of words: what is
// shorter is in any text.
const minSecret = 4

// scrub takes out of a server's words what the server was told.
func (s *session) scrub(words string) string {
	for _, told := range s.told {
		if len(told) >= minSecret {
			words = strings.ReplaceAll(words, told, "…")
		}
	}
	return words
}

// broken returns err, which ended the session or a command, for the person.
func (s *session) broken(err error) error {
	return unreachableSaying(s.says(err), err)
}

// andSays continues a sentence with the server's words, if there are any.
func andSays(words string) string {
	if words == "" {
		return ""
	}
	return fmt.Sprintf(" and says “%s”", words)
}

func unreachableSaying(words string, err error) error {
	if words == "" {
		return unreachable(wire(err))
	}
	advice := "If this goes on, ask whoever runs the mail server what that means"
	if e, ok := errors.AsType[*imap.Error](err); ok && (e.Code == imap.ResponseCodeLimit || e.Code == imap.ResponseCodeInUse) || crowded(words) {
		advice = "If this goes on, close other programs that read this account"
	}
	return &billing.Error{Kind: billing.Unreachable, Msg: fmt.Sprintf("the mail server says “%s”; Tenths will try again. %s", words, advice), Err: wire(err)}
}

// passing reports whether a refusal says nothing of the name and password (RFC
// 5530). Servers are met that say so in words alone.
func passing(e *imap.Error) bool {
	switch e.Code {
	case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse, imap.ResponseCodeLimit, imap.ResponseCodeServerBug:
		return true
	case "", imap.ResponseCodeAlert:
		return crowded(e.Text)
	}
	return false
}

// crowded reports whether a server's words say that it has too much to do, or has
// had too much of this account for now. Words about who logs in do not, whatever
// else they say: to come back with a wrong password would lock the account.
func crowded(words string) bool {
	words = strings.ToLower(words)
	any := func(signs ...string) bool {
		return slices.ContainsFunc(signs, func(sign string) bool { return strings.Contains(words, sign) })
	}
	return any("too many", "again later", "try later", "temporar", "unavailable", "simultaneous", "connection limit", "bandwidth limit", "rate limit", "exceeded command") &&
		!any("invalid", "incorrect", "wrong", "password", "credential", "attempt", "blocked", "disabled")
}

// heed shows the person what the server wants to be shown (RFC 9051 section 7.1,
// ALERT), each once.
func (m *IMAP) heed(s *session) {
	for _, words := range s.tap.alerts() {
		if words = s.scrub(words); m.first("alert " + words) {
			m.problem(fmt.Sprintf("the mail server says “%s”", words))
		}
	}
}

// first reports whether it has not been called with what before.
func (m *IMAP) first(what string) bool {
	m.noting.Lock()
	defer m.noting.Unlock()
	if m.noted == nil {
		m.noted = map[string]bool{}
	}
	if m.noted[what] || len(m.noted) >= maxProblems {
		return false
	}
	m.noted[what] = true
	return true
}
