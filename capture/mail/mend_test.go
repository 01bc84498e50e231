package mail

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-imap/v2/imapclient"
	"pgregory.net/rapid"
)

// mended returns what the library reads of a response of a greeted server.
func mended(response string) string {
	m := &mender{greeted: true}
	if strings.HasPrefix(response, "T") {
		return string(m.tagged([]byte(response)))
	}
	return string(m.untagged([]byte(response)))
}

func TestMending(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ says, want string }{
		{"* FLAGS (\\Seen OIB-[Gmail]/All  \"\\\\Deleted\" Work(old Caf\xc3\x89 ok)\r\n", "* FLAGS (\\Seen ok)\r\n"},
		{"* FLAGS NIL\r\n", "* FLAGS ()\r\n"},
		{"* flags ( \\Seen )\r\n", "* FLAGS (\\Seen)\r\n"},
		{"* OK [PERMANENTFLAGS (\\Seen OIB-[Gmail]/All \\*)] yes\r\n", "* OK [PERMANENTFLAGS (\\Seen \\*)] yes\r\n"},
		{"* OK [PERMANENTFLAGS NIL]\r\n", "* OK [PERMANENTFLAGS ()]\r\n"},
		{"* 3  exists \t\r\n", "* 3 EXISTS\r\n"},
		{"*  0 RECENT\r\n", "* 0 RECENT\r\n"},
		{"* -3 EXISTS\r\n", "* 1 EXISTS\r\n"},
		{"* 0 EXPUNGE\r\n", ""},
		{"* OK [UIDVALIDITY 1\r\n", "* OK [UIDVALIDITY 1]\r\n"},
		{"* ok [uidnext 007] x\r\n", "* OK [UIDNEXT 7] x\r\n"},
		{"* OK [UIDNEXT 5294967296] x\r\n", "* OK x\r\n"},
		{"* OK [CLOSED\r\n", "* OK [CLOSED]\r\n"},
		{"* OK []] x\r\n", "* OK ] x\r\n"},
		{"* OK [é] [x\r\n", "* OK (x\r\n"},
		{"* OK\r\n", "* OK\r\n"},
		{"* CAPABILITY  IMAP4rev1\tAUTH=PLAIN (x) \r\n", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"},
		{"* SEARCH 1  2,3 x 5:7 \r\n", "* SEARCH 1 2 3 5 6 7\r\n"},
		{"* SEARCH NIL\r\n", "* SEARCH\r\n"},
		{"* SEARCH 1 2 (MODSEQ 917)\r\n", "* SEARCH 1 2\r\n"},
		{"* ESEARCH (TAG \"T4\")  UID  ALL 1:2,4\r\n", "* SEARCH 1 2 4\r\n"},
		{"* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 1 )\r\n", "* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 1)\r\n"},
		{"* STATUS A B messages -3 uidnext 4\r\n", "* STATUS A (UIDNEXT 4)\r\n"},
		{"* STATUS A B (messages -3 uidnext 4\r\n", "* STATUS \"A B\" (UIDNEXT 4)\r\n"},
		{"* LIST ( \\HasNoChildren ) \"/\" Work\r\n", "* LIST (\\HasNoChildren) \"/\" Work\r\n"},
		{"* LIST (\\Sent \"\\\\Marked\" \"/\" \"Sent\"\r\n", "* LIST (\\Sent \\Marked) \"/\" \"Sent\"\r\n"},
		{"* LIST NIL nil Public Folders\r\n", "* LIST () NIL \"Public Folders\"\r\n"},
		{"* LIST () \"\" \"Smith \"Jones\"\"\r\n", "* LIST () NIL \"Smith \\\"Jones\\\"\"\r\n"},
		{"* LIST () \"/\" {13}\r\nSmith \"Jones\"\r\n", "* LIST () \"/\" {13}\r\nSmith \"Jones\"\r\n"},
		{"* LIST () \"/\" \"Smith & Jones\"\r\n", "* LIST () \"/\" \"wire:Smith %26 Jones\"\r\n"},
		{"* LIST () \"/\" \"\"\r\n", ""},
		{"* LIST () \"/\" {3}\r\na\r\n\r\n", ""},
		{"* VANISHED 1:3\r\n", ""},
		{"T1 no [limit] Too many\r\n", "T1 NO [LIMIT] Too many\r\n"},
		{"T1  bad\r\n", "T1 BAD\r\n"},
		{"T1\r\n", "T1 OK\r\n"},
	} {
		if got := mended(c.says); got != c.want {
			t.Errorf("%q is read as %q, want %q", c.says, got, c.want)
		}
	}
}

// TestWellFormedStaysAsItIs: what is as the RFCs have it is not changed by a byte.
func TestWellFormedStaysAsItIs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		atom := rapid.StringMatching(`[A-Za-z$][A-Za-z0-9_.=-]{0,8}`)
		number := rapid.Custom(func(t *rapid.T) string { return fmt.Sprint(rapid.Uint32Range(1, 1<<32-1).Draw(t, "n")) })
		list := func(of *rapid.Generator[string], sep string) string {
			return strings.Join(rapid.SliceOfN(of, 1, 6).Draw(t, "list"), sep)
		}
		name := rapid.OneOf(atom, rapid.StringMatching(`"[A-Za-z /._()\[\]-]{1,12}"`), rapid.SampledFrom([]string{`"Entw&APw-rfe"`, `"A &- B"`, "INBOX", "&U,BTFw-", "{5}\r\nA \"B\"", `"a\\b\"c"`})).Draw(t, "name")
		flag := rapid.OneOf(atom, rapid.Just(`\Seen`))
		line := rapid.SampledFrom([]string{
			"* " + number.Draw(t, "n") + " EXISTS", "* " + number.Draw(t, "n") + " EXPUNGE", "* FLAGS (" + list(flag, " ") + ")",
			"* OK [PERMANENTFLAGS (" + list(flag, " ") + ` \*)] some text`, "* OK [UIDVALIDITY " + number.Draw(t, "n") + "] [x] y", "* OK [UIDNEXT " + number.Draw(t, "n") + "] x",
			"* OK [HIGHESTMODSEQ 99999999999] x", "* NO [ALERT] look: {5}", "* BYE [UNAVAILABLE] gone", "* PREAUTH hello", "T9 OK [READ-ONLY] done", "T9 NO [LIMIT] not now", "T9 BAD what?",
			"* CAPABILITY " + list(atom, " "), "* OK [CAPABILITY " + list(atom, " ") + "] ready", "* OK [BADCHARSET (US-ASCII UTF-8)] hmm",
			"* SEARCH", "* SEARCH " + list(number, " "), "* STATUS " + name + " (MESSAGES 0 UIDNEXT " + number.Draw(t, "n") + " UIDVALIDITY 1)", "* STATUS " + name + " ()",
			`* LIST () NIL ` + name, `* LIST (\HasNoChildren \Sent) "/" ` + name, `* LIST () "\\" ` + name,
		}).Draw(t, "line") + "\r\n"
		if got := mended(line); got != line {
			t.Fatalf("%q is read as %q", line, got)
		}
	})
}

// canned is a connection on which everything was said already.
type canned struct {
	net.Conn
	io.Reader
}

func (c *canned) Read(b []byte) (int, error)       { return c.Reader.Read(b) }
func (c *canned) Write(b []byte) (int, error)      { return len(b), nil }
func (c *canned) Close() error                     { return nil }
func (c *canned) SetReadDeadline(time.Time) error  { return nil }
func (c *canned) SetWriteDeadline(time.Time) error { return nil }

const greeting = "* OK [CAPABILITY IMAP4rev1] hello\r\n"

// libraryReads returns why the client library cannot read what a server says, nil
// when it can.
func libraryReads(says string) error {
	return imapclient.New(&canned{Reader: strings.NewReader(greeting + says)}, nil).Close()
}

// FuzzMender: whatever a server says, the client library reads what is left of it.
func FuzzMender(f *testing.F) {
	for _, says := range []string{
		"* FLAGS (\\Seen OIB-[Gmail]/All)\r\n* OK [PERMANENTFLAGS ( \\*)] x\r\n* OK [UIDVALIDITY 5294967296]\r\n* OK [CLOSED\r\n",
		"* LIST (\\A \"\\B\" ( \"/\" {3}\r\na&b ()\r\n* LIST NIL NIL x y\r\n* LIST () \"\\\\\" \"a\\\"b\" (\"CHILDINFO\" (\"S\"))\r\n",
		"* STATUS \"inbox\" (MESSAGES 3 UIDNEXT 4 UIDVALIDITY -1 ) \r\n* STATUS {2}\r\nab NIL\r\n",
		"* SEARCH 1 2 3 \r\n* ESEARCH (TAG \"A\") UID ALL 1:3,9\r\n* 3 EXISTS \r\n*\t0  RECENT\r\n* 1 EXPUNGE\r\n",
		"* BAD [é [x\r\n* OK [CAPABILITY a b\r\n* CAPABILITY\r\n* no [UIDNEXT\r\n+ go\r\n\r\nT1 OK\r\n* OK a\rb\x00\r\n",
	} {
		f.Add(says)
	}
	f.Fuzz(func(t *testing.T, says string) {
		tap := newTap(&script{Reader: strings.NewReader(greeting + says)})
		passed, _ := io.ReadAll(tap)
		left, greeted := strings.CutPrefix(string(passed), greeting)
		if !greeted {
			t.Fatalf("the greeting is read as %q", passed)
		}
		if err := libraryReads(left); err != nil {
			t.Errorf("%q is read as %q: %v", says, left, err)
		}
		// What was mended needs no mending.
		again, _ := io.ReadAll(newTap(&script{Reader: strings.NewReader(string(passed))}))
		if once, twice := withoutAliases(string(passed)), withoutAliases(string(again)); once != twice {
			t.Errorf("%q is read as %q, and that as %q", says, passed, again)
		}
	})
}

// withoutAliases leaves out the lines in which a folder has an alias: who is called
// like one has one of his own.
func withoutAliases(lines string) string {
	var out strings.Builder
	for line := range strings.Lines(lines) {
		if !strings.Contains(line, aliasMark) {
			out.WriteString(line)
		}
	}
	return out.String()
}

// FuzzFolderNames: the library can hold every name, no two folders share one, and
// it leads to the server's own bytes.
func FuzzFolderNames(f *testing.F) {
	for _, name := range []string{"INBOX", "Smith & Jones", "Entw\xc3\xbcrfe", "Entw&APw-rfe", "Envoy\xe9s", "&AGE-b", "a\\b\"c", "wire:x", "%&*", "&", "&-", "\t"} {
		f.Add([]byte(name))
	}
	f.Fuzz(func(t *testing.T, wire []byte) {
		if bytes.ContainsAny(wire, "\r\n\x00") || len(wire) == 0 || bytes.EqualFold(wire, []byte(inbox)) {
			return
		}
		m := &mender{greeted: true}
		line := string(m.untagged(append(appendQuoted([]byte("* LIST () \"/\" "), wire), "\r\n"...)))
		if err := libraryReads(line); err != nil {
			t.Fatalf("%q is read as %q: %v", wire, line, err)
		}
		conn := &script{Reader: strings.NewReader("")}
		tap := newTap(conn)
		alias, _ := aliasOf(wire)
		fmt.Fprintf(tap, "T1 EXAMINE %s\r\n", appendQuoted(nil, []byte(alias)))
		if want := fmt.Sprintf("T1 EXAMINE %s\r\n", appendQuoted(nil, wire)); conn.sent.String() != want {
			t.Errorf("%q is asked for as %q", wire, conn.sent.String())
		}
		if !utf8.ValidString(readable(alias)) {
			t.Errorf("%q cannot be read by anyone", wire)
		}
	})
}
