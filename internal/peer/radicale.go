package peer

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Radicale is a real CalDAV server on the loopback interface, with one account
// and one calendar.
type Radicale struct {
	URL      string // of the calendar, with a slash at its end
	User     string
	Password string // of User

	dir, program string
	server       *exec.Cmd
	done         chan struct{} // closed when server has ended
}

// StartRadicale starts Radicale in a folder of its own and returns when it
// answers and has an empty calendar. It is stopped when t ends.
func StartRadicale(t testing.TB) *Radicale {
	t.Helper()
	r := &Radicale{User: "alice", Password: "pelargonium-0815", dir: t.TempDir(), program: Need(t, "radicale", "radicale")}
	port := Port(t)
	config := fmt.Sprintf(radicaleConfig, port, r.dir)
	for name, text := range map[string]string{"config": config, "users": r.User + ":" + r.Password + "\n"} {
		if err := os.WriteFile(filepath.Join(r.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r.URL = fmt.Sprintf("http://127.0.0.1:%d/%s/work/", port, r.User)
	r.Restart(t)
	t.Cleanup(r.Kill)
	r.ask(t, "MKCALENDAR", "", "", http.StatusCreated)
	return r
}

// Restart starts the server again after [Radicale.Kill], at the same address
// and with what it held.
func (r *Radicale) Restart(t testing.TB) {
	t.Helper()
	// Debian's own Python has the modules that it needs.
	r.server = exec.Command("/usr/bin/python3", r.program, "--config", filepath.Join(r.dir, "config"))
	ownGroup(r.server)
	if err := r.server.Start(); err != nil {
		t.Fatal(err)
	}
	server, done := r.server, make(chan struct{})
	r.done = done
	go func() { _ = server.Wait(); close(done) }()
	client := &http.Client{Timeout: time.Second}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(30 * time.Millisecond) {
		if res, err := client.Get(r.URL); err == nil { // refused without an account, but answered
			res.Body.Close()
			return
		}
		select {
		case <-done:
			t.Fatal("radicale ended at once")
		default:
		}
		if time.Now().After(deadline) {
			t.Fatal("radicale does not answer")
		}
	}
}

// Kill ends the server and every connection at once.
func (r *Radicale) Kill() {
	killGroup(r.server)
	<-r.done
}

// Put puts an event, a whole iCalendar object, into the calendar under a name
// of its own, or replaces the one of that name.
func (r *Radicale) Put(t testing.TB, name, object string) {
	t.Helper()
	r.ask(t, http.MethodPut, name+".ics", object, http.StatusCreated)
}

// Delete takes the event of that name out of the calendar.
func (r *Radicale) Delete(t testing.TB, name string) {
	t.Helper()
	r.ask(t, http.MethodDelete, name+".ics", "", http.StatusOK)
}

func (r *Radicale) ask(t testing.TB, method, name, body string, want int) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, r.URL+name, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(r.User, r.Password)
	req.Header.Set("Content-Type", "text/calendar; charset=utf-8")
	client := &http.Client{Timeout: 30 * time.Second}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if text, _ := io.ReadAll(res.Body); res.StatusCode != want {
		t.Fatalf("radicale: %s: status %d, want %d: %s", method, res.StatusCode, want, text)
	}
}

const radicaleConfig = `[server]
hosts = 127.0.0.1:%d
[auth]
type = htpasswd
htpasswd_filename = %[2]s/users
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = %[2]s/collections
[web]
type = none
`
