package mail_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/internal/peer"
)

// TestFieldQuirks meets the quirks of servers that are on record in the field
// cases, where these are beside the repository: three messages are observed, or
// the person reads why not.
func TestFieldQuirks(t *testing.T) {
	script := filepath.Join(filepath.Dir(peer.Root()), "shared", "data", "field", "capture", "imap-quirks.py")
	text, err := os.ReadFile(script)
	python, missing := exec.LookPath("python3")
	if err != nil || missing != nil {
		t.Skip("the field cases or python3 are not here")
	}
	peer.Heavy(t)
	var quirks []string
	for _, m := range regexp.MustCompile(`'([a-z][a-z0-9]+)'`).FindAllStringSubmatch(string(text), -1) {
		quirks = append(quirks, m[1])
	}
	slices.Sort(quirks)
	for _, quirk := range slices.Compact(quirks) {
		source := (&oddServer{}).over(t, playQuirk(t, python, script, quirk))
		got := &sink{}
		err := source.Once(t.Context(), "", got)
		switch {
		case strings.HasPrefix(quirk, "auth"):
			if billing.KindOf(err) == billing.Internal || !strings.Contains(billing.Message(err), "says “") {
				t.Errorf("%s: %v", quirk, err)
			}
		case err != nil:
			t.Errorf("%s: %v", quirk, err)
		case len(got.all) != 3 && (quirk != "byemid" || !strings.Contains(strings.Join(source.Problems(), "\n"), "says “")):
			t.Errorf("%s: observed %q, problems %q", quirk, got.order, source.Problems())
		}
	}
}

// playQuirk starts the script with the quirk and returns where it listens.
func playQuirk(t *testing.T, python, script, quirk string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	_, port, _ := net.SplitHostPort(addr)
	cmd := exec.CommandContext(t.Context(), python, script, quirk, port)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	for range 200 {
		if conn, err := net.Dial("tcp", addr); err == nil {
			conn.Close()
			return addr
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%s does not listen", quirk)
	return ""
}
