package mail_test

import (
	"bufio"
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/internal/peer"
)

// badServer speaks just enough IMAP to give five messages, of which number 3
// has a structure, and number 4 a header too, that no client can read. No real
// server can be made to do that on demand.
func badServer(conn net.Conn) {
	fmt.Fprint(conn, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hello\r\n")
	for in := bufio.NewScanner(conn); in.Scan(); {
		tag, command, _ := strings.Cut(in.Text(), " ")
		verb, _, _ := strings.Cut(command, " ")
		switch {
		case verb == "STARTTLS":
			fmt.Fprintf(conn, "%s BAD no such thing\r\n", tag)
			continue
		case verb == "CAPABILITY":
			fmt.Fprint(conn, "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n")
		case verb == "LIST":
			fmt.Fprint(conn, "* LIST () \"/\" INBOX\r\n")
		case verb == "EXAMINE":
			fmt.Fprint(conn, "* 5 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 6] ok\r\n")
		case strings.HasPrefix(command, "UID SEARCH"):
			fmt.Fprint(conn, "* SEARCH 1 2 3 4 5\r\n")
		case strings.HasPrefix(command, "UID FETCH"):
			set, items, _ := strings.Cut(strings.TrimPrefix(command, "UID FETCH "), " ")
			for uid := range 6 {
				if within(set, uid) {
					fmt.Fprint(conn, fetchAnswer(uid, items))
				}
			}
		}
		fmt.Fprintf(conn, "%s OK done\r\n", tag)
	}
}

// within reports whether uid is in an IMAP sequence set such as "1:3,5".
func within(set string, uid int) bool {
	for part := range strings.SplitSeq(set, ",") {
		first, last, ranged := strings.Cut(part, ":")
		if !ranged {
			last = first
		}
		from, _ := strconv.Atoi(first)
		to, _ := strconv.Atoi(last)
		if uid >= from && uid <= to {
			return true
		}
	}
	return false
}

func fetchAnswer(uid int, items string) string {
	out := fmt.Sprintf("* %d FETCH (UID %d FLAGS () INTERNALDATE \"19-Nov-2026 09:0%d:00 +0000\" RFC822.SIZE 100", uid, uid, uid)
	if strings.Contains(items, "BODYSTRUCTURE") {
		if uid == 3 || uid == 4 {
			return out + " BODYSTRUCTURE (\"TEXT\" 7 (((\r\n"
		}
		out += ` BODYSTRUCTURE ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 60 1)`
	}
	if _, fields, ok := strings.Cut(items, "BODY.PEEK["); ok {
		if uid == 4 {
			return out + " BODY[HEADER.FIELDS oh no\r\n"
		}
		fields, _, _ = strings.Cut(fields, "]")
		h := fmt.Sprintf("Message-ID: <%d@x>\r\nSubject: s\r\n\r\n", uid)
		out += fmt.Sprintf(" BODY[%s] {%d}\r\n%s", fields, len(h), h)
	}
	return out + ")\r\n"
}

func TestIMAPUnreadableAnswersHideNothing(t *testing.T) {
	t.Parallel()
	cfg, options := account(&peer.Dovecot{User: "alice", Password: "x"}, "imap://"+listen(t, badServer))
	source, err := mail.NewIMAP(cfg, time.Now, options...)
	if err != nil {
		t.Fatal(err)
	}
	got := sinkOf(t, source, "")
	if len(got.all) != 5 {
		t.Fatalf("observed %q, want all five", got.order)
	}
	for _, id := range []string{"1", "2", "3", "5"} {
		got.find(t, "mail_received <"+id+"@x>")
	}
	for _, o := range got.all {
		if o.Span.Start.Minute() == 4 && (o.Kind != billing.KindMailReceived || o.Subject != "") {
			t.Errorf("of the worst message is known %+v", o)
		}
	}
	if len(source.Problems()) == 0 {
		t.Error("nothing was said about it")
	}
}

// TestIMAPNeedsEncryption: without TLS no password leaves the machine.
func TestIMAPNeedsEncryption(t *testing.T) {
	t.Parallel()
	heard := make(chan string, 100)
	addr := listen(t, func(conn net.Conn) {
		fmt.Fprint(conn, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hello\r\n")
		for in := bufio.NewScanner(conn); in.Scan(); {
			heard <- in.Text()
			tag, _, _ := strings.Cut(in.Text(), " ")
			fmt.Fprintf(conn, "%s BAD no such thing\r\n", tag)
		}
	})
	// 0.0.0.0 leads to this machine without being a loopback address.
	_, port, _ := net.SplitHostPort(addr)
	cfg, options := account(&peer.Dovecot{User: "alice", Password: "xyzzy"}, "imap://"+net.JoinHostPort("0.0.0.0", port))
	source, err := mail.NewIMAP(cfg, time.Now, options...)
	if err != nil {
		t.Fatal(err)
	}
	err = source.Once(t.Context(), "", &sink{})
	if billing.KindOf(err) != billing.Unreachable || !strings.Contains(billing.Message(err), "encryption") {
		t.Errorf("a server without TLS gives %v", err)
	}
	for {
		select {
		case line := <-heard:
			if !strings.Contains(line, "STARTTLS") {
				t.Errorf("before TLS the server heard %q", strings.Fields(line)[1:2])
			}
		default:
			return
		}
	}
}
