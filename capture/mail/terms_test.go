package mail

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

func TestTelling(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Please see the depositions of Vance":    "deposition vance",
		"The parties' policies, classes; status": "party policy classe status",
		"Re-filing 2026-CV-1234 (Lin v. Ortega)": "filing 2026 1234 lin ortega",
		"Thank you, best regards":                "",
		"合同审查 draft":                             "合同 同审 审查 draft",
		"Klagebegründung für Frau Müller":        "klagebegründung frau müller",
		strings.Repeat("x", 41):                  "",
	} {
		if got := strings.Join(telling(in), " "); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func observed(key, message string) billing.Observation {
	cfg := capture.Config{SourceConfig: billing.SourceConfig{ID: "s"}, TermKey: []byte(key)}
	m, _ := parseMessage(strings.NewReader(message))
	return newReading(cfg, testReading().now).observation(m, origin{})
}

func TestTerms(t *testing.T) {
	t.Parallel()
	const head = "Date: Thu, 19 Nov 2026 09:00:00 +0000\r\nMessage-ID: <a@x>\r\nSubject: Re: Vance deposition\r\n\r\n"
	one := observed("k", head+"The transcript arrived.\r\n-- \r\nLuz Rivera\r\n").Terms
	if len(one) != 4 || !slices.IsSorted(one) {
		t.Errorf("terms %v, want four, sorted", one)
	}
	same := observed("k", head+"Arrived: THE TRANSCRIPTS\r\n\r\nOn Monday Luz wrote:\r\n> something else entirely\r\n").Terms
	if !slices.Equal(one, same) {
		t.Errorf("%v and %v: order, case, number, quotation and signature matter", one, same)
	}
	if other := observed("other", head+"The transcript arrived.\r\n").Terms; slices.ContainsFunc(other, func(x uint32) bool { return slices.Contains(one, x) }) {
		t.Error("the key does not matter")
	}
	if none := observed("", head+"The transcript arrived.\r\n").Terms; none != nil {
		t.Errorf("without a key there are terms %v", none)
	}
	for _, word := range []string{"vance", "deposition", "transcript", "arrived"} {
		h := fnv.New32a()
		h.Write([]byte(word))
		if slices.Contains(one, h.Sum32()) {
			t.Errorf("%q can be looked up in a dictionary", word)
		}
	}
	var long strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&long, "word%dx\r\n", i)
	}
	many := observed("k", head+long.String()).Terms
	if len(many) > maxTerms || len(many) < maxTerms-2 {
		t.Errorf("%d terms of a long message", len(many))
	}
	subject := terms([]byte("k"), "Vance deposition", "")
	for _, x := range subject {
		if !slices.Contains(many, x) {
			t.Error("a term of the subject is crowded out")
		}
	}
	if html := observed("k", "Subject: x\r\nContent-Type: text/html\r\n\r\n<p>Vance's <b>deposition</b> transcript arrived</p>").Terms; !slices.Equal(html, one) {
		t.Errorf("HTML gives %v, plain text %v", html, one)
	}
	if bulk := observed("k", "List-Id: <l.x>\r\n"+head+"News").Terms; bulk == nil {
		t.Error("bulk mail, which may be work, has no terms")
	}
}

// TestCorpusTerms: no message, however malformed, has more terms than allowed.
func TestCorpusTerms(t *testing.T) {
	t.Parallel()
	files, messages := corpus(t)
	some := 0
	for _, name := range messages {
		m, _ := parseMessage(bytes.NewReader(files[name]))
		if got := terms([]byte("k"), decodeText(m.header.get("subject"), ""), m.own); len(got) > maxTerms || len(m.own) > maxOwnText {
			t.Errorf("%s: %d terms of %d bytes", name, len(got), len(m.own))
		} else if len(got) > 0 {
			some++
		}
	}
	if some < 100 {
		t.Errorf("only %d messages have terms", some)
	}
}
