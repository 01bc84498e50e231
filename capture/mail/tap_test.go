package mail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/emersion/go-imap/v2"
)

// script is a connection on which a server says what it says.
type script struct {
	net.Conn
	io.Reader
	sent bytes.Buffer
}

func (s *script) Read(b []byte) (int, error)  { return s.Reader.Read(b) }
func (s *script) Write(b []byte) (int, error) { return s.sent.Write(b) }
func (s *script) Close() error                { return nil }

// heard returns what the library reads of what the server says, and the answers
// that are kept, while two requests are under way.
func heard(says io.Reader) (passed string, kept []string, ends []error) {
	t := newTap(&script{Reader: says})
	first, second := t.fetch("1", "(UID)"), t.fetch("2", "(UID)")
	_, _ = io.WriteString(t, "T1 NOOP\r\nT4 NOOP\r\n")
	all, _ := io.ReadAll(t)
	var a answers
	t.drain(&a)
	for response := range a.each {
		kept = append(kept, string(response))
	}
	return string(all), kept, []error{<-first.done, <-second.done}
}

func TestTapKeepsAnswersAlone(t *testing.T) {
	t.Parallel()
	const (
		news    = "* 3 EXISTS\r\n"
		text    = "* OK a text that ends like a literal {9}\r\n"
		list    = "* LIST () \"/\" {5}\r\nF2 OK\r\n"
		long    = "* SEARCH 1"
		one     = "* 1 FETCH (UID 1 BODY[HEADER] {12}\r\nF1 OK\r\n\r\nab)\r\n"
		two     = "* 2 fetch (UID 2 BODY[] {0}\r\n)\r\n"
		library = "T4 OK done\r\n"
	)
	longer := long + strings.Repeat(" 123456", 20_000) + "\r\n"
	passed, kept, ends := heard(strings.NewReader(news + one + text + list + longer + two + "F2 NO [LIMIT] not now\r\n" + library + "F1 OK done\r\n* 9 FETCH (FLAGS ())\r\n" + news))
	if want := news + text + list + longer + library + news; passed != want {
		t.Errorf("the library reads %.300q, want %.300q", passed, want)
	}
	if want := []string{one, two}; !slices.Equal(kept, want) {
		t.Errorf("kept %q, want %q", kept, want)
	}
	if refused, ok := errors.AsType[*imap.Error](ends[1]); ends[0] != nil || !ok || refused.Type != imap.StatusResponseTypeNo {
		t.Errorf("the requests end with %v", ends)
	}
}

// TestTapEndsRequests: nobody waits for an answer that cannot come.
func TestTapEndsRequests(t *testing.T) {
	t.Parallel()
	for _, says := range []string{"", "* 1 FETCH (UID 1", "* 1 FETCH (BODY[] {5}\r\nab", "F1 OK do"} {
		_, kept, ends := heard(strings.NewReader(says))
		if len(kept) > 0 || ends[0] == nil || ends[1] == nil {
			t.Errorf("%q: kept %q, ended with %v", says, kept, ends)
		}
	}
	tap := newTap(&script{Reader: strings.NewReader("")})
	r := tap.fetch("1", "(UID)")
	tap.Close()
	if err := <-r.done; !errors.Is(err, net.ErrClosed) {
		t.Errorf("closed, a request ends with %v", err)
	}
	if err := <-tap.fetch("1", "(UID)").done; !errors.Is(err, net.ErrClosed) {
		t.Errorf("after that, one ends with %v", err)
	}
}

// TestTapBounds: an endless header is cut, and the answer stays readable; an
// endless answer ends the connection.
func TestTapBounds(t *testing.T) {
	t.Parallel()
	header := strings.Repeat("Subject: s\r\n", maxHeader/6)
	_, kept, ends := heard(io.MultiReader(strings.NewReader(fmt.Sprintf("* 1 FETCH (UID 7 BODY[HEADER] {%d}\r\n", len(header))), strings.NewReader(header), strings.NewReader(" RFC822.SIZE 9)\r\nF1 OK\r\nF2 OK\r\n")))
	var a answer
	var c account
	if len(kept) != 1 || ends[0] != nil || a.read([]byte(kept[0])) != nil || a.into(&c) != nil || a.uid() != 7 || c.size != 9 || c.header.get("subject") != "s" {
		t.Fatalf("kept %.80q, ends %v", kept, ends)
	}
	if len(kept[0]) > maxHeader+200 {
		t.Errorf("%d bytes are kept", len(kept[0]))
	}
	_, _, ends = heard(io.MultiReader(strings.NewReader("* 1 FETCH (UID 1 BODYSTRUCTURE ("), &endless{}))
	if !errors.Is(ends[0], errTooMuch) {
		t.Errorf("an endless answer ends with %v", ends[0])
	}
}

type endless struct{}

func (*endless) Read(b []byte) (int, error) { return copy(b, bytes.Repeat([]byte("x"), len(b))), nil }

// FuzzTap: however the bytes come, the same goes to the library, mended, and the
// same is kept, as it came.
func FuzzTap(f *testing.F) {
	f.Add("* 1 FETCH (UID 1)\r\nF1 OK\r\n* 2 EXISTS\r\nT1 OK\r\n")
	f.Add("* 1 FETCH (BODY[] {3}\r\nabc FLAGS (\\Seen))\r\nF2 BAD\r\n")
	f.Add("* LIST {2}\r\nab\r\n+ go\r\n\n* \r\n{1}\r\n* OK {3}\r\nF1 \r\n")
	f.Add("* 1 FETCH {99999999999999999999}\r\n* 1 FETCH {-1}\r\n* 1 FETCH (x {4}\nab\r\n)\r\n")
	f.Fuzz(func(t *testing.T, says string) {
		passed, kept, ends := heard(strings.NewReader(says))
		passed2, kept2, ends2 := heard(iotest.OneByteReader(strings.NewReader(says)))
		if passed != passed2 || !slices.Equal(kept, kept2) || (ends[0] == nil) != (ends2[0] == nil) || (ends[1] == nil) != (ends2[1] == nil) {
			t.Errorf("%q at once: %q, %q, %v; byte by byte: %q, %q, %v", says, passed, kept, ends, passed2, kept2, ends2)
		}
		if len(strings.Join(kept, "")) > len(says) {
			t.Errorf("more came out than went in")
		}
	})
}
