package mail_test

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/internal/peer"
)

// TestIMAPStartTLSIsNotFooled meets someone on the way who speaks in the
// server's place before TLS begins. The name and password are never said.
func TestIMAPStartTLSIsNotFooled(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ greeting, answer string }{
		"answers put after the go-ahead": {"* OK hello\r\n", "S1 OK go ahead\r\n* PREAUTH [CAPABILITY IMAP4rev1 AUTH=PLAIN] welcome\r\n"},
		"logged in already":              {"* PREAUTH welcome\r\n", ""},
		"goodbye":                        {"* BYE no\r\n", ""},
		"goodbye in the middle":          {"* OK hello\r\n", "* BYE no\r\n"},
		"an endless line":                {"* OK " + strings.Repeat("x", 100_000), ""},
		"endless lines":                  {"* OK hello\r\n", strings.Repeat("* OK hello\r\n", 10_000)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			heard := make(chan string, 100)
			addr := listen(t, func(conn net.Conn) {
				fmt.Fprint(conn, c.greeting)
				for in := bufio.NewScanner(conn); in.Scan(); {
					heard <- in.Text()
					if strings.HasSuffix(in.Text(), "STARTTLS") {
						fmt.Fprint(conn, c.answer)
					}
				}
			})
			_, port, _ := net.SplitHostPort(addr) // 0.0.0.0 leads here, and is no loopback address
			cfg, options := account(&peer.Dovecot{User: "alice", Password: "xyzzy"}, "imap://"+net.JoinHostPort("0.0.0.0", port))
			source, err := mail.NewIMAP(cfg, time.Now, append(options, mail.Timeout(time.Second))...)
			if err != nil {
				t.Fatal(err)
			}
			if err := source.Once(t.Context(), "", &sink{}); billing.KindOf(err) != billing.Unreachable {
				t.Errorf("it gives %v, want unreachable", err)
			}
			for {
				select {
				case line := <-heard:
					if strings.Contains(line, "LOGIN") || strings.Contains(line, "AUTHENTICATE") {
						t.Errorf("the server heard %q", line)
					}
				default:
					return
				}
			}
		})
	}
}
