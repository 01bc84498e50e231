package mail

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/internal/peer"
)

// corpus returns the files of the shared archive of real and malformed mail,
// and the names of those that are messages.
func corpus(t testing.TB) (files map[string][]byte, messages []string) {
	t.Helper()
	files = map[string][]byte{}
	for name, data := range peer.Archive(t, "data", "messages", "messages.tar.gz") {
		files[name] = data
	}
	rows, err := csv.NewReader(bytes.NewReader(files["index.csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		name := row[0]
		if row[7] == "message" && !strings.HasSuffix(name, "COPYING") && !strings.HasSuffix(name, ".txt") {
			messages = append(messages, name)
		}
	}
	return files, messages
}

func testReading() *reading {
	now := func() time.Time { return time.Date(2026, 11, 19, 12, 0, 0, 0, time.UTC) }
	return newReading(capture.Config{SourceConfig: billing.SourceConfig{ID: "s"}, Own: []string{"ana@firm.example"}}, now)
}

// TestCorpusIsReadWithoutLoss reads every message there is: whatever it looks
// like, it becomes an observation with valid text.
func TestCorpusIsReadWithoutLoss(t *testing.T) {
	files, messages := corpus(t)
	if len(messages) < 150 {
		t.Fatalf("only %d messages", len(messages))
	}
	r := testReading()
	for name, b := range files { // expected results too: they are no messages, and must not harm
		m, err := parseMessage(bytes.NewReader(b))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		o := r.observation(m, origin{stored: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)})
		sound(t, o)
	}
}

// sound fails t unless o could be stored and shown.
func sound(t testing.TB, o billing.Observation) {
	t.Helper()
	texts := []string{o.Subject.Reveal(), o.Thread, o.ExternalID}
	for _, p := range o.With {
		texts = append(texts, p.Name.Reveal(), p.Address.Reveal())
		if !strings.Contains(p.Address.Reveal(), "@") {
			t.Errorf("a party's address is %q", p.Address.Reveal())
		}
	}
	for _, a := range o.Attachments {
		texts = append(texts, a.Reveal())
	}
	for _, s := range texts {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\r\n\x00") {
			t.Errorf("bad text %q", s)
		}
	}
	if o.ExternalID == "" || o.Kind == "" || o.Span.Start.IsZero() || o.Span.Start.Location() != time.UTC || o.Words < 0 {
		t.Errorf("unsound observation %+v", o)
	}
}

// expected is what the authors of another parser say about a message.
type expected struct {
	Attachments []int
	Parts       []struct {
		Headers []struct {
			Name  json.RawMessage
			Value json.RawMessage
		}
	}
}

// field returns the value of a header field of the message itself.
func (e expected) field(name string, into any) bool {
	for _, h := range e.Parts[0].Headers {
		if string(h.Name) == `"`+name+`"` {
			return json.Unmarshal(h.Value, into) == nil
		}
	}
	return false
}

// attached returns how many of the parts that the other parser lists as
// attachments are what a person attached: it also lists further texts, pictures
// within the text and signatures.
func (e expected) attached() int {
	n := 0
	for _, i := range e.Attachments {
		part := expected{Parts: e.Parts[i:]}
		var kind, disposition struct {
			ContentType struct {
				Type       string `json:"c_type"`
				Subtype    string `json:"c_subtype"`
				Attributes []struct{ Name, Value string }
			}
		}
		part.field("content_type", &kind)
		part.field("content_disposition", &disposition)
		named := disposition.ContentType.Type == "attachment"
		for _, a := range append(kind.ContentType.Attributes, disposition.ContentType.Attributes...) {
			named = named || (a.Name == "name" || a.Name == "filename") && a.Value != ""
		}
		k := kind.ContentType
		var id any
		within := k.Type == "image" && part.field("content_id", &id) && disposition.ContentType.Type != "attachment"
		if (named || k.Type == "message" || k.Type == "application") && !within && !strings.HasSuffix(k.Subtype, "-signature") {
			n++
		}
	}
	return n
}

// TestCorpusAgrees counts how often the reading agrees with what the test data
// of two other parsers (stalwart's mail-parser and Apache mime4j) expects. The
// floors keep it from getting worse; what is left is in each case a choice.
func TestCorpusAgrees(t *testing.T) {
	files, messages := corpus(t)
	agree, total := map[string]int{}, map[string]int{}
	note := func(what, file string, got, want string) {
		total[what]++
		if got == want {
			agree[what]++
		} else {
			t.Logf("%s: %s is %q, others say %q", file, what, got, want)
		}
	}
	for _, name := range messages {
		m, _ := parseMessage(bytes.NewReader(files[name]))
		if want, ok := mime4jSubject(files[strings.TrimSuffix(name, ".msg")+"_decoded.xml"]); ok && strings.HasSuffix(name, ".msg") {
			note("mime4j subject", name, decodeText(m.header.get("subject"), ""), tidy(want))
		}
		b, ok := files[strings.TrimSuffix(name, ".eml")+".json"]
		var want expected
		if !ok || json.Unmarshal(b, &want) != nil || len(want.Parts) == 0 {
			continue
		}
		compare(note, name, m, want)
	}
	for what, floor := range map[string]int{"from": 95, "subject": 93, "date": 98, "message-id": 95, "attachments": 90, "mime4j subject": 90} {
		percent := 100 * agree[what] / max(1, total[what])
		t.Logf("%s: %d of %d (%d %%)", what, agree[what], total[what], percent)
		if percent < floor {
			t.Errorf("%s agrees in %d %%, want at least %d", what, percent, floor)
		}
	}
}

func compare(note func(what, file, got, want string), name string, m message, want expected) {
	h := m.header
	fallback := parseMediaType(h.get("content-type")).params["charset"]
	var text struct{ Text string }
	if want.field("subject", &text) {
		note("subject", name, decodeText(h.get("subject"), fallback), tidy(text.Text))
	}
	if text.Text = ""; want.field("message_id", &text) {
		note("message-id", name, messageID(h.get("message-id")), text.Text)
	}
	var from struct {
		Address struct {
			List []struct{ Name, Address string }
		}
	}
	if want.field("from", &from) && len(from.Address.List) > 0 && strings.Contains(from.Address.List[0].Address, "@") {
		got := ""
		if list := parseAddresses(h.get("from"), fallback); len(list) > 0 {
			got = list[0].name + " " + list[0].addr
		}
		first := from.Address.List[0]
		note("from", name, got, tidy(first.Name)+" "+strings.ToLower(first.Address))
	}
	var date struct {
		DateTime struct {
			Year, Month, Day, Hour, Minute, Second int
			Before                                 bool `json:"tz_before_gmt"`
			ZoneHour                               int  `json:"tz_hour"`
			ZoneMinute                             int  `json:"tz_minute"`
		}
	}
	if want.field("date", &date) && date.DateTime.Year > 0 {
		d := date.DateTime
		offset := d.ZoneHour*3600 + d.ZoneMinute*60
		if d.Before {
			offset = -offset
		}
		at := time.Date(d.Year, time.Month(d.Month), d.Day, d.Hour, d.Minute, d.Second, 0, time.FixedZone("", offset)).UTC()
		got, _ := parseDate(h.get("date"), time.UTC)
		note("date", name, got.at.String(), at.String())
	}
	note("attachments", name, fmt.Sprint(len(m.attachments)), fmt.Sprint(want.attached()))
}

var xmlSubject = regexp.MustCompile(`(?s)<field>\s*Subject:(.*?)</field>`)

func mime4jSubject(decoded []byte) (string, bool) {
	head, _, _ := bytes.Cut(decoded, []byte("</header>"))
	m := xmlSubject.FindSubmatch(head)
	if m == nil {
		return "", false
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&", "&quot;", `"`, "&apos;", "'").Replace(string(m[1])), true
}
