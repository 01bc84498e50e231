//go:build linux

package endtoend

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/internal/peer"
)

// Whatever Tenths does, it sends nothing to anybody but the hosts that it
// says: every connection and datagram of every command is looked at from
// outside, by the system call. Names are looked up as such, too.
func TestEgress(t *testing.T) {
	peer.Heavy(t)
	t.Parallel()
	strace := peer.Need(t, "strace", "strace")
	o := newOffice(t)
	clio := startClio(t)
	o.connect(t, clio.url)
	var asked atomic.Int64
	model := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		fmt.Fprint(w, `{"choices":[{"message":{"content":"Telephone conference with Judge Alvarez"},"finish_reason":"stop"}]}`)
	}))
	t.Cleanup(model.Close)
	watch := o.watched(t, strace)
	o.ok(t, "", "model", "use", model.URL+"/v1", "--name", "m")

	o.captureOnce(t)
	live := o.start(t, "", "capture")
	save(t, filepath.Join(o.documents, "Rivera", "motion.docx"), "Comes now the plaintiff.")
	eventually(t, "the save is seen live", func() bool {
		return slices.ContainsFunc(o.drafts(t, o.day), func(x app.DraftView) bool { return strings.Contains(x.Narrative, "otion") }) || !live.running()
	})
	eventually(t, "the language model is asked", func() bool { return asked.Load() > 0 || !live.running() })
	live.stop(t)
	o.ok(t, o.calendar.Password+"\n", "source", "try", "calendar", o.calendar.URL, "--user", o.calendar.User, "--password-stdin")
	o.ok(t, "", "pause", "--for", "1h")
	o.ok(t, "", "capture", "--once")
	o.ok(t, "", "resume")
	o.ok(t, "", "blackout", "add", "sender", "terms.example")
	o.ok(t, "", "retention", "--now")
	o.content(t)
	o.ok(t, "", "approve", "--day", o.day)
	if done := o.post(t); done.Posted == 0 {
		t.Errorf("posted %+v", done)
	}

	var peers []app.Peer
	o.show(t, &peers, "doctor", "--egress")
	var listed []string
	for _, p := range peers {
		listed = append(listed, net.JoinHostPort(p.Host, p.Port))
	}
	slices.Sort(listed)
	if got := watch(t); !slices.Equal(got, slices.Compact(listed)) {
		t.Errorf("Tenths talked to %v and says that it talks to %v", got, listed)
	}

	// What is not listed would have been seen: a name is asked for here.
	o.run(t, "", "source", "try", "calendar", "http://calendar.invalid/a.ics")
	if got := watch(t); len(got) == len(listed) || !slices.ContainsFunc(got, func(at string) bool { return strings.HasSuffix(at, ":53") }) {
		t.Errorf("looking up a name showed as %v", got)
	}
}

// watched has every command from now on be watched, and returns a function that
// tells whom they talked to: addresses with ports, sorted.
func (d *desk) watched(t *testing.T, strace string) func(*testing.T) []string {
	t.Helper()
	traces := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\nexec %s -D -f -qq -e trace=%%network -o '%s/'$$ '%s' \"$@\"\n", strace, traces, d.program)
	d.program = write(t, filepath.Join(t.TempDir(), "tenths"), script)
	if err := os.Chmod(d.program, 0o755); err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T) []string {
		t.Helper()
		files, err := filepath.Glob(filepath.Join(traces, "*"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%d traces, %v", len(files), err)
		}
		var all []string
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, talkedTo(string(text))...)
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
}

// Calls that send, and the addresses in them, as strace writes them.
var (
	sends   = regexp.MustCompile(`^\d+ +(?:connect|sendto|sendmsg|sendmmsg)\(`)
	address = regexp.MustCompile(`sin6?_port=htons\((\d+)\)[^}]*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")`)
)

func talkedTo(trace string) (out []string) {
	for line := range strings.Lines(trace) {
		if !sends.MatchString(line) {
			continue
		}
		for _, m := range address.FindAllStringSubmatch(line, -1) {
			out = append(out, net.JoinHostPort(m[2]+m[3], m[1]))
		}
	}
	return out
}

func TestTalkedTo(t *testing.T) {
	got := talkedTo(`12 connect(7, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.2")}, 16) = 0
12 bind(7, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("10.0.0.9")}, 16) = 0
13 connect(3, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28 <unfinished ...>
12 connect(3, {sa_family=AF_UNIX, sun_path="/run/x"}, 16) = 0
14 sendto(3, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(123), sin_addr=inet_addr("10.0.0.3")}, 16) = 1
`)
	if want := []string{"10.0.0.2:53", "[2001:db8::1]:443", "10.0.0.3:123"}; !slices.Equal(got, want) {
		t.Errorf("read %v, want %v", got, want)
	}
}
