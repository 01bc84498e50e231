//go:build linux

package cost

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/internal/peer"
)

// messages is how many a mailbox holds that is observed for the first time.
const messages = 10_000

// headerFields are those that Tenths asks for of each message.
const headerFields = "Date From To Cc Bcc Subject Message-ID In-Reply-To References Received Content-Type List-Id Precedence Auto-Submitted"

const fetchItems = "(UID FLAGS INTERNALDATE RFC822.SIZE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (" + headerFields + ")])"

// BenchmarkFirstMail observes a mailbox for the first time: the source alone,
// and the program with its store. Beside them two clients ask for the same of
// each message and throw it away, one that does not even parse the answer (raw)
// and one made with the library that the source uses (library), and mbsync pulls
// the headers. All go without TLS. Twice it is done, the raw client and the
// source: with a server that has been asked before and answers from its cache,
// and with one that has to read every message (cold).
func BenchmarkFirstMail(b *testing.B) {
	mbsync := peer.Need(b, "mbsync", "--no-install-recommends isync")
	d := peer.StartDovecot(b, peer.DovecotWithoutTLS())
	for i := range messages {
		d.Deliver(b, "INBOX", letter(i))
	}
	at := newDesk(b)
	rawFetch(b, d)
	load(b)
	var raw, library, source, rawCold, sourceCold, program, peerTimes []time.Duration
	var peaks []int64
	for range b.N {
		for range rounds {
			d.Forget(b, "INBOX")
			rawCold = append(rawCold, timed(func() { rawFetch(b, d) }))
			d.Forget(b, "INBOX")
			sourceCold = append(sourceCold, timed(func() { observeMail(b, d) }))
			raw = append(raw, timed(func() { rawFetch(b, d) }))
			library = append(library, timed(func() { libraryFetch(b, d) }))
			source = append(source, timed(func() { observeMail(b, d) }))
			at.data = filepath.Join(b.TempDir(), "data")
			at.do(b, d.Password, "source", "add", "imap", "imap://"+d.Addr, "--user", d.User, "--password-stdin")
			program = append(program, timed(func() { peaks = append(peaks, at.do(b, "", "capture", "--once")) }))
			peerTimes = append(peerTimes, timed(mbsyncHeaders(b, mbsync, d)))
		}
	}
	load(b)
	b.Logf("raw %v, library %v, the source %v, the program %v, mbsync %v", raw, library, source, program, peerTimes)
	b.Logf("cold: raw %v, the source %v", rawCold, sourceCold)
	b.ReportMetric(0, "ns/op")
	report(b, raw, "raw")
	report(b, library, "library")
	report(b, source, "source")
	report(b, rawCold, "raw-cold")
	report(b, sourceCold, "source-cold")
	report(b, program, "program")
	report(b, peerTimes, "mbsync")
	ratio(b, source, raw, "source/raw")
	ratio(b, source, library, "source/library")
	ratio(b, sourceCold, rawCold, "source/raw-cold")
	ratio(b, program, peerTimes, "program/mbsync")
	b.ReportMetric(float64(median(peaks))/1e6, "peak-MB")
}

// observeMail runs the source from the beginning.
func observeMail(b *testing.B, d *peer.Dovecot) {
	b.Helper()
	s, err := mail.NewIMAP(capture.Config{
		SourceConfig: billing.SourceConfig{ID: "imap", Kind: billing.SourceIMAP, Where: billing.Privileged("imap://" + d.Addr), User: billing.Privileged(d.User)},
		Own:          []string{"ana@firm.example"},
		Password:     func(context.Context) (string, error) { return d.Password, nil },
	}, time.Now)
	if err != nil {
		b.Fatal(err)
	}
	var sink counter
	if err := s.Once(b.Context(), "", &sink); err != nil {
		b.Fatal(err)
	}
	if sink.seen != messages {
		b.Fatalf("%d observations, want %d", sink.seen, messages)
	}
}

// rawFetch asks for everything in one command, reads the answer and makes
// nothing of it: what the server takes.
func rawFetch(b *testing.B, d *peer.Dovecot) {
	b.Helper()
	conn, err := net.Dial("tcp", d.Addr)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(2 * time.Minute))
	in := bufio.NewReaderSize(conn, 1<<16)
	for i, command := range []string{"LOGIN " + d.User + " " + d.Password, "EXAMINE INBOX", "UID SEARCH UID 1:*", "UID FETCH 1:* " + fetchItems} {
		if _, err := fmt.Fprintf(conn, "a%d %s\r\n", i, command); err != nil {
			b.Fatal(err)
		}
		answers, err := skipAnswer(in, "a"+strconv.Itoa(i)+" ")
		if err != nil {
			b.Fatal(err)
		}
		if i == 3 && answers < messages {
			b.Fatalf("%d answers, want %d", answers, messages)
		}
	}
}

// libraryFetch asks for everything with the client library that the source uses,
// which parses the answer, and makes nothing of it.
func libraryFetch(b *testing.B, d *peer.Dovecot) {
	b.Helper()
	client, err := imapclient.DialInsecure(d.Addr, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer client.Close()
	if err := client.Login(d.User, d.Password).Wait(); err != nil {
		b.Fatal(err)
	}
	if _, err := client.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		b.Fatal(err)
	}
	answer := client.Fetch(imap.UIDSet{{Start: 1}}, &imap.FetchOptions{UID: true, Flags: true, InternalDate: true, RFC822Size: true,
		BodyStructure: &imap.FetchItemBodyStructure{Extended: true},
		BodySection:   []*imap.FetchItemBodySection{{Specifier: imap.PartSpecifierHeader, HeaderFields: strings.Fields(headerFields), Peek: true}}})
	told := 0
	for answer.Next() != nil {
		told++
	}
	if err := answer.Close(); err != nil || told != messages {
		b.Fatalf("%d messages, want %d: %v", told, messages, err)
	}
}

// skipAnswer reads to the line that ends the command and returns how many
// messages it told of. A literal (RFC 3501 section 4.3) may hold any line.
func skipAnswer(in *bufio.Reader, tag string) (told int, err error) {
	fresh := true // at the beginning of a response
	for {
		line, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			fresh = false
			continue
		}
		if err != nil {
			return told, err
		}
		if fresh && bytes.HasPrefix(line, []byte(tag)) {
			if !bytes.HasPrefix(line[len(tag):], []byte("OK")) {
				return told, fmt.Errorf("the server refuses: %s", line)
			}
			return told, nil
		}
		if fresh && bytes.Contains(line, []byte(" FETCH (")) {
			told++
		}
		line = bytes.TrimRight(line, "\r\n")
		fresh = true
		if bytes.HasSuffix(line, []byte("}")) {
			if n, err := strconv.Atoi(string(line[bytes.LastIndexByte(line, '{')+1 : len(line)-1])); err == nil {
				if _, err := io.CopyN(io.Discard, in, int64(n)); err != nil {
					return told, err
				}
				fresh = false
			}
		}
	}
}

// mbsyncHeaders returns a run of mbsync into an empty folder, in which every
// message is too large for more than its header to be pulled.
func mbsyncHeaders(b *testing.B, program string, d *peer.Dovecot) func() {
	b.Helper()
	dir := b.TempDir()
	host, port, _ := net.SplitHostPort(d.Addr)
	config := strings.NewReplacer("HOST", host, "PORT", port, "USER", d.User, "PASS", d.Password, "DIR", dir).Replace(`IMAPAccount a
Host HOST
Port PORT
User USER
Pass PASS
SSLType None
AuthMechs LOGIN

IMAPStore far
Account a

MaildirStore near
Path DIR/
Inbox DIR/inbox
MaxSize 1

Channel c
Far :far:INBOX
Near :near:INBOX
Create Near
Sync Pull
SyncState *
`)
	file := filepath.Join(dir, "mbsyncrc")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		b.Fatal(err)
	}
	return func() {
		cmd := exec.CommandContext(b.Context(), program, "-q", "-c", file, "c")
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("mbsync: %v\n%s", err, out)
		}
		pulled, err := os.ReadDir(filepath.Join(dir, "inbox", "new"))
		seen, _ := os.ReadDir(filepath.Join(dir, "inbox", "cur"))
		if n := len(pulled) + len(seen); err != nil || n != messages {
			b.Fatalf("mbsync pulled %d messages, want %d: %v", n, messages, err)
		}
	}
}
