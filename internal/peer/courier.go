package peer

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Courier is Courier's IMAP server: no CONDSTORE, no SPECIAL-USE, folders below
// INBOX with dots between names, no UIDNEXT when a folder is opened. It serves
// one Maildir on the loopback interface. The greeting and the login before it
// are this type's own; everything after is Courier's.
type Courier struct {
	Addr           string // host:port, without TLS
	User, Password string
	Maildir        string

	program string
	env     []string
	serving sync.WaitGroup
}

// StartCourier starts Courier, which cannot be installed beside Dovecot:
// TENTHS_COURIER names the folder into which Debian's packages were unpacked
// instead. Without it the test is skipped, also where other peers are required.
func StartCourier(t testing.TB) *Courier {
	t.Helper()
	root := os.Getenv("TENTHS_COURIER")
	if root == "" {
		t.Skip("Courier is not there: apt-get download courier-imap courier-base courier-authlib libcourier-unicode4 libgamin0 && " +
			"for d in *.deb; do dpkg -x $d DIR; done, then set TENTHS_COURIER=DIR")
	}
	c := &Courier{User: "alice", Password: "wisteria-4711", program: filepath.Join(root, "usr/bin/imapd"), Maildir: filepath.Join(t.TempDir(), "Maildir")}
	c.env = append(os.Environ(), "LD_LIBRARY_PATH="+filepath.Join(root, "usr/lib")+":"+filepath.Join(root, "usr/lib/x86_64-linux-gnu"),
		"AUTHENTICATED=alice", "MAILDIR="+c.Maildir, "IMAP_USELOCKS=0", "IMAP_ENHANCEDIDLE=0",
		"IMAP_CAPABILITY=IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE")
	c.Deliver(t, "INBOX", nil)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c.Addr = l.Addr().String()
	c.serving.Add(1)
	go func() {
		defer c.serving.Done()
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			c.serving.Add(1)
			go func() { defer c.serving.Done(); defer conn.Close(); c.serve(conn) }()
		}
	}()
	t.Cleanup(func() { l.Close(); c.serving.Wait() })
	return c
}

// Deliver puts a message into a folder, "INBOX" or another such as "Sent", which
// is made; no message makes the folder alone.
func (c *Courier) Deliver(t testing.TB, folder string, message []byte) {
	t.Helper()
	path := c.Maildir
	if folder != "INBOX" {
		path = filepath.Join(path, "."+strings.ReplaceAll(folder, "/", "."))
	}
	for _, sub := range []string{"tmp", "new", "cur"} {
		if err := os.MkdirAll(filepath.Join(path, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if message == nil {
		return
	}
	name := fmt.Sprintf("%d.%d.test", delivered.Add(1), os.Getpid())
	err := os.WriteFile(filepath.Join(path, "tmp", name), bytes.ReplaceAll(message, []byte("\r\n"), []byte("\n")), 0o600)
	if err == nil {
		err = os.Rename(filepath.Join(path, "tmp", name), filepath.Join(path, "new", name))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Open opens a folder for writing, as a person's mail program does. Only then
// does Courier make its numbering of messages last; until some program did,
// UIDVALIDITY is another each time.
func (c *Courier) Open(t testing.TB, folder string) {
	t.Helper()
	if folder != "INBOX" {
		folder = "INBOX." + strings.ReplaceAll(folder, "/", ".")
	}
	cmd := exec.Command(c.program, c.Maildir)
	cmd.Env, cmd.Dir = c.env, c.Maildir
	cmd.Stdin = strings.NewReader(fmt.Sprintf("a SELECT %q\r\nb LOGOUT\r\n", folder))
	if out, err := cmd.Output(); err != nil || !bytes.Contains(out, []byte("a OK")) {
		t.Fatalf("courier: %v\n%s", err, out)
	}
}

// serve logs a client in and hands it to Courier.
func (c *Courier) serve(conn net.Conn) {
	in := bufio.NewReader(conn)
	fmt.Fprint(conn, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] Courier-IMAP ready.\r\n")
	want := base64.StdEncoding.EncodeToString([]byte("\x00" + c.User + "\x00" + c.Password))
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		tag, command, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case command == "AUTHENTICATE PLAIN "+want:
			c.handOver(conn, in, tag)
			return
		case strings.HasPrefix(command, "AUTHENTICATE"):
			fmt.Fprintf(conn, "%s NO Login failed.\r\n", tag)
		default:
			fmt.Fprintf(conn, "%s BAD Error in IMAP command received by server.\r\n", tag)
		}
	}
}

func (c *Courier) handOver(conn net.Conn, in io.Reader, tag string) {
	cmd := exec.Command(c.program, c.Maildir)
	cmd.Env, cmd.Dir = c.env, c.Maildir
	up, err := cmd.StdinPipe()
	if err != nil {
		return
	}
	down, err := cmd.StdoutPipe()
	if err != nil || cmd.Start() != nil {
		return
	}
	out := bufio.NewReader(down)
	for { // up to its greeting, which says that somebody has logged in
		line, err := out.ReadString('\n')
		if err != nil || strings.HasPrefix(line, "* PREAUTH") {
			break
		}
	}
	fmt.Fprintf(conn, "%s OK LOGIN Ok.\r\n", tag)
	done := make(chan struct{})
	go func() { defer close(done); _, _ = io.Copy(conn, out); conn.Close() }()
	_, _ = io.Copy(up, in)
	up.Close()
	<-done
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}
