package mail_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/internal/peer"
)

// oddServer is an IMAP server of which any line can be made odd: no real one can
// be made to be odd on demand. Of every folder it tells the messages that are in
// it by number.
type oddServer struct {
	folders []oddFolder
	listed  func(folder oddFolder) string // the LIST response's end; nil for a well-formed one
	change  func(line string) string      // every line but those of a literal
	refuse  func(command string) string   // the end of a command in place of OK, "" for OK
	caps    string                        // "" for the usual ones
	hangUp  string                        // the line at which the server says BYE and closes
	mu      sync.Mutex
	heard   []string
}

// oddFolder is a folder and its messages' numbers. Message 7 in any folder is <7@odd>.
type oddFolder struct {
	wire, attrs string
	uids        []int
}

func (f oddFolder) next() int {
	if len(f.uids) == 0 {
		return 1
	}
	return f.uids[len(f.uids)-1] + 1
}

// source returns a new source over the server.
func (s *oddServer) source(t testing.TB, path string) *mail.IMAP {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var serving sync.WaitGroup
	t.Cleanup(func() { l.Close(); serving.Wait() })
	serving.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { defer conn.Close(); s.serve(conn) })
		}
	})
	return s.over(t, l.Addr().String()+path)
}

func (s *oddServer) over(t testing.TB, where string) *mail.IMAP {
	t.Helper()
	cfg, options := account(&peer.Dovecot{User: "ana@firm.example", Password: "xyzzy"}, "imap://"+where)
	source, err := mail.NewIMAP(cfg, time.Now, append(options, mail.Timeout(2*time.Second))...)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func (s *oddServer) serve(conn net.Conn) {
	say := func(format string, args ...any) {
		line := fmt.Sprintf(format, args...)
		if s.change != nil {
			line = s.change(line)
		}
		if s.hangUp != "" && strings.HasPrefix(line, s.hangUp) {
			_, _ = io.WriteString(conn, "* BYE session invalidated\r\n")
			conn.Close()
			return
		}
		_, _ = io.WriteString(conn, line+"\r\n")
	}
	caps := s.caps
	if caps == "" {
		caps = "IMAP4rev1 AUTH=PLAIN SASL-IR"
	}
	say("* OK [CAPABILITY %s] at your service", caps)
	selected := oddFolder{}
	for in := bufio.NewReader(conn); ; {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		tag, command, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		s.mu.Lock()
		s.heard = append(s.heard, command)
		s.mu.Unlock()
		if s.refuse != nil {
			if no := s.refuse(command); no != "" {
				say("%s %s", tag, no)
				continue
			}
		}
		verb, rest, _ := strings.Cut(command, " ")
		switch verb {
		case "STARTTLS":
			fmt.Fprintf(conn, "%s BAD no such thing\r\n", tag)
			continue
		case "CAPABILITY":
			say("* CAPABILITY %s", caps)
		case "LIST":
			s.list(say)
		case "STATUS", "EXAMINE":
			f, ok := s.find(rest)
			if !ok {
				say("%s NO there is no such folder", tag)
				continue
			}
			if verb == "STATUS" {
				say("* STATUS %s (MESSAGES %d UIDNEXT %d UIDVALIDITY 77)", quote(f.wire), len(f.uids), f.next())
				break
			}
			selected = f
			s.examine(say, f)
		case "UID":
			s.uid(say, conn, rest, selected)
		case "LOGOUT":
			say("* BYE see you")
		}
		say("%s OK done", tag)
		if verb == "LOGOUT" {
			return
		}
	}
}

func (s *oddServer) list(say func(string, ...any)) {
	for _, f := range s.folders {
		end := fmt.Sprintf(`(%s) "/" %s`, f.attrs, quote(f.wire))
		if s.listed != nil {
			end = s.listed(f)
		}
		say("* LIST %s", end)
	}
}

func (s *oddServer) examine(say func(string, ...any), f oddFolder) {
	say(`* FLAGS (\Answered \Flagged \Draft \Deleted \Seen $Forwarded)`)
	say(`* OK [PERMANENTFLAGS (\Answered \Seen \*)] limited`)
	say("* %d EXISTS", len(f.uids))
	say("* 0 RECENT")
	say("* OK [UIDVALIDITY 77] valid")
	say("* OK [UIDNEXT %d] predicted", f.next())
	say("* OK [HIGHESTMODSEQ 12] highest")
}

func (s *oddServer) uid(say func(string, ...any), conn net.Conn, command string, f oddFolder) {
	if strings.HasPrefix(command, "SEARCH") {
		say("%s", strings.TrimRight("* SEARCH "+strings.Trim(fmt.Sprint(f.uids), "[]"), " "))
		return
	}
	set, items, _ := strings.Cut(strings.TrimPrefix(command, "FETCH "), " ")
	for i, uid := range f.uids {
		if !within(set, uid) {
			continue
		}
		say("%s", fmt.Sprintf("* %d FETCH (UID %d FLAGS (\\Seen) INTERNALDATE \"19-Nov-2026 09:%02d:00 +0000\" RFC822.SIZE 100", i+1, uid, uid%60)+
			structureIf(strings.Contains(items, "BODYSTRUCTURE"))+headerIf(items, uid)+")")
	}
}

func structureIf(asked bool) string {
	if asked {
		return ` BODYSTRUCTURE ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 60 1)`
	}
	return ""
}

func headerIf(items string, uid int) string {
	_, fields, asked := strings.Cut(items, "BODY.PEEK[")
	if !asked {
		return ""
	}
	fields, _, _ = strings.Cut(fields, "]")
	h := fmt.Sprintf("Message-ID: <%d@odd>\r\nFrom: luz@rivera.example\r\nSubject: s\r\n\r\n", uid)
	return fmt.Sprintf(" BODY[%s] {%d}\r\n%s", fields, len(h), h)
}

// find returns the folder that an argument names with the bytes of the server.
func (s *oddServer) find(argument string) (oddFolder, bool) {
	for _, f := range s.folders {
		if argument == f.wire || strings.HasPrefix(argument, f.wire+" (") || strings.HasPrefix(argument, quote(f.wire)) {
			return f, true
		}
	}
	return oddFolder{}, false
}

func quote(wire string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(wire) + `"`
}

// missed returns the messages of the server that are not among the observed.
func (s *oddServer) missed(got *sink) (out []int) {
	got.mu.Lock()
	defer got.mu.Unlock()
	for _, f := range s.folders {
		for _, uid := range f.uids {
			kinds := []string{"mail_received", "mail_sent"}
			if !slices.ContainsFunc(kinds, func(k string) bool { _, ok := got.all[fmt.Sprintf("%s <%d@odd>", k, uid)]; return ok }) {
				out = append(out, uid)
			}
		}
	}
	return out
}
