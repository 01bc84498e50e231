package mail

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// otherwise are the messages of the corpus in which the other parser lists
// other numbers of parts beside the text, with what the standards say.
var otherwise = map[string]struct {
	ours, theirs int
	why          string
}{
	"malformed__001": {0, 1, wholeLine + "; after the outer delimiter the inner boundary is text like any other (5.1.2)"},
	"malformed__002": {0, 1, "a multipart without any delimiter has no parts (RFC 2046 5.1.1); what follows is its preamble"},
	"malformed__003": {0, 1, unended},
	"malformed__004": {0, 1, unended},
	"malformed__006": {0, 1, unended},
	"malformed__007": {0, 1, wholeLine},
	"malformed__008": {0, 1, unended},
	"malformed__009": {0, 1, unended},
	"malformed__016": {0, 1, unended},
	"malformed__012": {3, 2, outerEnds},
	"thirdparty__002": {0, 1, "what is no base64 in a base64 text is to be ignored and leaves it a text (RFC 2045 6.8); " +
		"without a disposition it is shown (RFC 2183 2)"},
	"thirdparty__015": {3, 1, outerEnds},
}

const (
	wholeLine = "a delimiter is a whole line; one that only begins like it is none (RFC 2046 5.1.1)"
	unended   = "a part without a closing delimiter ends with the message (RFC 2046 5.1.2) and keeps its type, text/plain or text/html, " +
		"and without a disposition it is shown (RFC 2183 2)"
	outerEnds = "the delimiter of an outer multipart ends every part within it, also an attached message whose own parts were not closed (RFC 2046 5.1.2)"
)

// TestCorpusPartsBesideTheText holds the count of parts beside the text to
// another parser's, message by message; each difference is named above.
func TestCorpusPartsBesideTheText(t *testing.T) {
	t.Parallel()
	files, messages := corpus(t)
	compared, differ := 0, 0
	for _, name := range messages {
		var theirs expected
		b, ok := files[strings.TrimSuffix(name, ".eml")+".json"]
		if !ok || json.Unmarshal(b, &theirs) != nil || len(theirs.Parts) == 0 {
			continue
		}
		m, _ := parseMessage(bytes.NewReader(files[name]))
		compared++
		short := strings.TrimSuffix(name[strings.Index(name, "eml__")+len("eml__"):], ".eml")
		c, known := otherwise[short]
		switch {
		case !known && m.beside != len(theirs.Attachments):
			t.Errorf("%s has %d parts beside the text, others say %d", short, m.beside, len(theirs.Attachments))
		case known && (m.beside != c.ours || len(theirs.Attachments) != c.theirs):
			t.Errorf("%s has %d parts beside the text, others say %d; noted are %d and %d", short, m.beside, len(theirs.Attachments), c.ours, c.theirs)
		case known:
			differ++
		}
	}
	t.Logf("equal in %d of %d", compared-differ, compared)
	if compared < 100 || differ != len(otherwise) {
		t.Errorf("%d compared, %d noted differences met, of %d", compared, differ, len(otherwise))
	}
}
