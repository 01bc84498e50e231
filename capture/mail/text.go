package mail

import (
	"html"
	"iter"
	"regexp"
	"strings"
	"unicode"
)

// countWords returns the number of words in text that its author wrote.
func countWords(text string) int64 {
	var n int64
	for line := range ownLines(text) {
		n += wordsIn(line)
	}
	return n
}

// ownLines yields the lines of text that its author wrote: not quoted lines, not
// the message that is answered below, not the signature.
func ownLines(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line, old := range lines(text) {
			if !old && !yield(line) {
				return
			}
		}
	}
}

// lines yields the trimmed lines of text, and whether they are of an earlier
// message: quoted, or below the answer with the lines that name its author. The
// author's own signature is neither, nor is anything below it that is not marked
// as old.
func lines(text string) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
		signed, below := false, false
		for i, line := range lines {
			trimmed := strings.TrimSpace(line)
			if !below && !signed && (line == "-- " || line == "--") { // RFC 3676 section 4.3
				signed = true
				continue
			}
			below = below || startsOldMessage(trimmed, lines[i+1:])
			old := below || strings.HasPrefix(trimmed, ">") || introducesQuote(trimmed, lines[i+1:])
			if signed && !old {
				continue
			}
			if !yield(trimmed, old) {
				return
			}
		}
	}
}

// wordsIn counts the runs between spaces that hold a letter or digit. In
// scripts without spaces every two characters count as a word.
func wordsIn(s string) int64 {
	var n int64
	for w := range strings.FieldsSeq(s) {
		dense, plain := 0, false
		for _, r := range w {
			switch {
			case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
				dense++
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				plain = true
			}
		}
		if plain {
			n++
		}
		n += int64(dense+1) / 2
	}
	return n
}

var (
	oldMessage = regexp.MustCompile(`(?i)^[-_*]{2,}\s*(original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|message transféré|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|forwarded by)\b|^begin forwarded message:`)
	wrote      = regexp.MustCompile(`(?i)(\bwrote|\bschrieb\b.*|a écrit\s*|\bescribió|\bha scritto|\bescreveu|\bschreef\b.*)\s*:$`)
	wroteStart = regexp.MustCompile(`(?i)^(on|am|le|el|il|em|op)\s.*(\d|@)`)
	outlook    = regexp.MustCompile(`(?i)^\*?(from|von|de|da|van):\*?\s`)
	outlookTwo = regexp.MustCompile(`(?i)^\*?(sent|gesendet|envoyé|enviado|inviato|verzonden|date|datum|to|an|à)\s?:\*?\s`)
)

// startsOldMessage reports whether the line begins a whole earlier message, as
// Outlook and forwarding put it below the answer.
func startsOldMessage(line string, next []string) bool {
	if line == "" {
		return false
	}
	if strings.IndexByte("-_*bB", line[0]) >= 0 && oldMessage.MatchString(line) {
		return true
	}
	return strings.Contains(line[:min(len(line), 10)], ":") && outlook.MatchString(line) && len(next) > 0 && outlookTwo.MatchString(strings.TrimSpace(next[0]))
}

// introducesQuote reports whether the line is "On … wrote:", or the first of
// the two lines that it is often wrapped to.
func introducesQuote(line string, next []string) bool {
	if strings.HasSuffix(line, ":") && wrote.MatchString(line) {
		return quoteFollows(next)
	}
	return len(next) > 0 && strings.HasSuffix(strings.TrimSpace(next[0]), ":") && wroteStart.MatchString(line) && wrote.MatchString(strings.TrimSpace(next[0])) && quoteFollows(next[1:])
}

// quoteFollows reports whether the next line that is not empty is a quotation,
// or there is none.
func quoteFollows(next []string) bool {
	for _, line := range next {
		if line = strings.TrimSpace(line); line != "" {
			return strings.HasPrefix(line, ">")
		}
	}
	return true
}

var (
	hidden    = regexp.MustCompile(`(?is)<(style|script|head|title)\b.*?</(style|script|head|title)\s*>|<!--.*?-->`)
	quoteHTML = regexp.MustCompile(`(?is)<blockquote\b.*</blockquote\s*>|<div[^>]+(id="?(divRplyFwdMsg|appendonsend)|class="?(gmail_quote|yahoo_quoted|moz-cite-prefix))\b.*`)
	breaks    = regexp.MustCompile(`(?i)<(br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?table|/?td|/?ul|/?ol|hr)\b[^>]*>`)
	tags      = regexp.MustCompile(`<[/!?a-zA-Z][^>]*>`)
)

// textOfHTML returns the readable text of an HTML message, without what it
// quotes. It is good enough to count words in, not to show.
func textOfHTML(s string) string {
	s = hidden.ReplaceAllString(s, " ")
	s = quoteHTML.ReplaceAllString(s, "\n")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r", ""), "\n", " ") // line ends mean nothing in HTML
	s = breaks.ReplaceAllString(s, "\n")
	s = tags.ReplaceAllString(s, "")
	return html.UnescapeString(s)
}
