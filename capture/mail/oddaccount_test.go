package mail_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/tenths/tenths/billing"
)

// TestFoldersByTheServersOwnBytes: a folder is opened by the very bytes that the
// server calls it, however it is listed.
func TestFoldersByTheServersOwnBytes(t *testing.T) {
	t.Parallel()
	names := []string{"Smith & Jones", "Entw\xc3\xbcrfe zu", "Envoy\xe9", "M&APw-ller", "&AGE-bc", "A &- B", `Smith "Jones"`, `back\slash`, "[Gmail]/Birch", "wire:x", "a%b*", "100%25"}
	quoted := func(f oddFolder) string { return `() "/" ` + quote(f.wire) }
	for how, listed := range map[string]func(oddFolder) string{
		"quoted":   quoted,
		"bare":     func(f oddFolder) string { return `() NIL ` + f.wire },
		"literal":  func(f oddFolder) string { return "() \"/\" {" + itoa(len(f.wire)) + "}\r\n" + f.wire },
		"unclosed": func(f oddFolder) string { return `(\HasNoChildren "/" ` + quote(f.wire) + ` ` },
	} {
		server := &oddServer{listed: listed}
		for i, name := range names {
			if how == "bare" && strings.ContainsAny(name, `"\`) {
				continue
			}
			server.folders = append(server.folders, oddFolder{wire: name, uids: []int{i + 1}})
		}
		server.folders = append(server.folders, oddFolder{wire: "INBOX", uids: []int{99}})
		source := server.source(t, "")
		got := sinkOf(t, source, "")
		if missed := server.missed(got); len(missed) > 0 || len(source.Problems()) > 0 {
			t.Errorf("%s: %v are missed, problems %q", how, missed, source.Problems())
		}
		before := len(got.order)
		if got.once(t, source); len(got.order) != before || got.repeats > 0 {
			t.Errorf("%s: %d came again", how, got.repeats)
		}
	}
	server := &oddServer{folders: []oddFolder{{wire: "Smith & Jones", uids: []int{1}}, {wire: "INBOX", uids: []int{2}}}}
	if got := sinkOf(t, server.source(t, "/Smith%20%26%20Jones"), ""); len(got.all) != 1 {
		t.Errorf("a folder that a person names: %q", got.order)
	}
}

func itoa(n int) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }

// TestWatchedFolders: all that was sent, and what is filed; not what was neither
// sent nor got.
func TestWatchedFolders(t *testing.T) {
	t.Parallel()
	server := &oddServer{}
	number := 0
	add := func(attrs string, names ...string) {
		for _, name := range names {
			number++
			server.folders = append(server.folders, oddFolder{wire: name, attrs: attrs, uids: []int{number}})
		}
	}
	add(`\Sent`, "Sent")
	add("", "Sent Items", "Gesendete Objekte", "Sent Messages", "Envoy&AOk-s", "Sent/2026")
	sent := number
	add("", "Matters/Acme", "Archive/2026", "Clients.old", "INBOX/Birch", "INBOX")
	watched := number
	add(`\Trash`, "Bin of mine")
	add(`\All`, "[Gmail]/All Mail")
	add("", "Trash/Acme", "Drafts", "Junk E-mail", "Spam", "Public Folders/x", "Other Users/bo/Sent", "Calendar", "#news.law", "Outbox")
	add(`\Noselect`, "Nothing")
	got := sinkOf(t, server.source(t, ""), "")
	for _, o := range got.all {
		var n int
		for n = 1; !strings.Contains(o.ExternalID, "<"+strings.TrimLeft(itoa(n), "0")+"@odd>"); n++ {
		}
		if n > watched || (o.Kind == billing.KindMailSent) != (n <= sent) {
			t.Errorf("in %q is %s", server.folders[n-1].wire, o.Kind)
		}
	}
	if len(got.all) != watched {
		t.Errorf("observed %q, want %d", got.order, watched)
	}
}

// TestFoldersLeftOutAreNamed: those beyond the most that are observed and those
// of other people, but not what was neither sent nor got, and none to whoever
// named folders.
func TestFoldersLeftOutAreNamed(t *testing.T) {
	t.Parallel()
	server := &oddServer{folders: []oddFolder{{wire: "Junk"}, {wire: "Other Users/bo/Sent"}, {wire: "Public Folders/x/Trash"}, {wire: "INBOX"}}}
	for i := range 102 {
		server.folders = append(server.folders, oddFolder{wire: fmt.Sprintf("Matters/%03d", i)})
	}
	source := server.source(t, "")
	sinkOf(t, source, "")
	var named []string
	for _, name := range source.Unobserved() {
		named = append(named, name.Reveal())
	}
	if got := strings.Join(named, ", "); got != "Other Users/bo/Sent, Matters/100, Matters/101" {
		t.Errorf("left out are %s", got)
	}
	source = server.source(t, "/INBOX")
	if sinkOf(t, source, ""); len(source.Unobserved()) > 0 {
		t.Errorf("left out are %d folders, though they were named", len(source.Unobserved()))
	}
}

// TestOneMessageInTwoFolders is one observation, also where only the folder says
// that it was sent.
func TestOneMessageInTwoFolders(t *testing.T) {
	t.Parallel()
	server := &oddServer{folders: []oddFolder{{wire: "Acme", uids: []int{1, 2}}, {wire: "Sent", attrs: `\Sent`, uids: []int{2}}, {wire: "INBOX", uids: []int{1}}}}
	if got := sinkOf(t, server.source(t, ""), ""); len(got.all) != 2 {
		t.Errorf("observed %q", got.order)
	}
}

// TestServersWordsReachThePerson, of whatever sort they are, with what to do and
// without what the server was told.
func TestServersWordsReachThePerson(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		verb, answer, words string
		kind                billing.Kind
	}{
		{"AUTHENTICATE", "NO [LIMIT] Too many\x07 simultaneous  connections", "“Too many simultaneous connections”", billing.Unreachable},
		{"AUTHENTICATE", "NO [ALERT] Too many simultaneous connections. (Failure)", "simultaneous connections", billing.Unreachable},
		{"AUTHENTICATE", "no [unavailable] back at noon", "“back at noon”", billing.Unreachable},
		{"AUTHENTICATE", "NO [INUSE] locked", "“locked”", billing.Unreachable},
		{"AUTHENTICATE", "NO [ALERT] Application-specific password required", "“Application-specific password required”", billing.Unauthorized},
		{"AUTHENTICATE", "NO [AUTHENTICATIONFAILED] no xyzzy for ana@firm.example, try again", "“no … for …, try again”", billing.Unauthorized},
		{"AUTHENTICATE", "NO " + strings.Repeat("long ", 1000), "…”", billing.Unauthorized},
		{"AUTHENTICATE", "NO Temporary failure, try again later", "again later", billing.Unreachable},
		{"AUTHENTICATE", "NO Invalid password, try again later", "again later", billing.Unauthorized},
		{"LIST", "NO [UNAVAILABLE] the index is being rebuilt", "“the index is being rebuilt”", billing.Unreachable},
		{"EXAMINE", "NO [LIMIT] slow down", "“slow down”", billing.Unreachable},
		{"UID SEARCH", "NO [LIMIT] slow down", "“slow down”", billing.Unreachable},
	} {
		server := &oddServer{folders: []oddFolder{{wire: "INBOX", uids: []int{1}}}, refuse: func(command string) string {
			if strings.HasPrefix(command, c.verb) {
				return c.answer
			}
			return ""
		}}
		err := server.source(t, "").Once(t.Context(), "", &sink{})
		if msg := billing.Message(err); billing.KindOf(err) != c.kind || !strings.Contains(msg, c.words) || len(msg) > 600 || strings.ContainsAny(msg, "\x07\n") {
			t.Errorf("%q gives %s %q, want %s with %s", c.answer, billing.KindOf(err), msg, c.kind, c.words)
		}
	}
}

// TestAlertsAreShownThoughAllIsWell, as RFC 9051 has it.
func TestAlertsAreShownThoughAllIsWell(t *testing.T) {
	t.Parallel()
	server := &oddServer{folders: usualFolders(), change: func(line string) string {
		if strings.HasPrefix(line, "* OK [CAPABILITY") {
			return line + "\r\n* OK [ALERT] The server closes on Friday"
		}
		return line
	}}
	source := server.source(t, "")
	got := sinkOf(t, source, "")
	got.once(t, source)
	if p := source.Problems(); len(p) != 1 || !strings.Contains(p[0], "“The server closes on Friday”") || len(server.missed(got)) > 0 {
		t.Errorf("shown are %q", p)
	}
}

// TestFetchRefusedLosesNothing: what came counts, and the rest is asked for again.
func TestFetchRefusedLosesNothing(t *testing.T) {
	t.Parallel()
	var refusing atomic.Bool
	refusing.Store(true)
	server := &oddServer{folders: usualFolders()}
	server.refuse = func(command string) string {
		if strings.HasPrefix(command, "UID FETCH 31") && refusing.Load() {
			return "NO [LIMIT] not so fast"
		}
		return ""
	}
	source, got := server.source(t, ""), &sink{}
	err := source.Once(t.Context(), "", got)
	if billing.KindOf(err) != billing.Unreachable || !strings.Contains(billing.Message(err), "not so fast") {
		t.Errorf("refused, it gives %v", err)
	}
	refusing.Store(false)
	if got.once(t, source); len(server.missed(got)) > 0 {
		t.Errorf("%v are missed", server.missed(got))
	}
}

// TestStatusRefused: a server without STATUS is asked for each folder.
func TestStatusRefused(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"BAD no STATUS", "NO [UNAVAILABLE] later"} {
		server := &oddServer{folders: usualFolders(), refuse: func(command string) string {
			if strings.HasPrefix(command, "STATUS") {
				return answer
			}
			return ""
		}}
		if got := sinkOf(t, server.source(t, ""), ""); len(server.missed(got)) > 0 {
			t.Errorf("%s: %v are missed", answer, server.missed(got))
		}
	}
}

// TestHungUpAtOneMessage: what the server hangs up at costs itself, and its last
// words are shown.
func TestHungUpAtOneMessage(t *testing.T) {
	t.Parallel()
	server := &oddServer{folders: usualFolders(), hangUp: "* 2 FETCH (UID 32 "}
	source := server.source(t, "")
	got := sinkOf(t, source, "")
	if missed := server.missed(got); len(missed) != 1 || missed[0] != 32 {
		t.Errorf("%v are missed, want 32", missed)
	}
	if p := strings.Join(source.Problems(), "\n"); !strings.Contains(p, "“session invalidated”") {
		t.Errorf("shown is %q", p)
	}
}

// TestUninvited: a server that says to go on where nobody waits for that, or ends
// commands twice, is observed.
func TestUninvited(t *testing.T) {
	t.Parallel()
	server := &oddServer{folders: usualFolders(), change: func(line string) string {
		switch {
		case strings.HasPrefix(line, "* "):
			return "+ still here\r\n" + line + "\r\n\r\n"
		case strings.HasSuffix(line, " OK done"):
			return line + "\r\n" + line + "\r\nX9 OK who?"
		}
		return line
	}}
	if got := sinkOf(t, server.source(t, ""), ""); len(server.missed(got)) > 0 {
		t.Errorf("%v are missed", server.missed(got))
	}
}
