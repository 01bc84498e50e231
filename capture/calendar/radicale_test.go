package calendar_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar"
	"github.com/tenths/tenths/internal/peer"
)

// A whole collection of a calendar server, fetched by its address.
func TestRadicale(t *testing.T) {
	collection, dir := radicale(t)
	put := func(uid, at string) {
		t.Helper()
		request(t, http.MethodPut, collection+uid+".ics", calendarOf(single(uid, at)), "secret", http.StatusCreated)
	}
	put("a", "20260319T090000Z")
	put("b", "20260320T090000Z")
	look := func(password string, b *book) error {
		s, err := calendar.New(capture.Config{
			SourceConfig: billing.SourceConfig{ID: "cal", Where: billing.Privileged(collection), User: "alice"},
			Password:     func(context.Context) (string, error) { return password, nil },
		}, func() time.Time { return today })
		if err != nil {
			t.Fatal(err)
		}
		return s.Once(t.Context(), b.at, b)
	}
	var b book
	if err := look("wrong", &b); billing.KindOf(err) != billing.Unauthorized {
		t.Errorf("a wrong password: %v", err)
	}
	for _, step := range []struct {
		change func()
		want   string
		calls  int // of the sink, so far
	}{
		{func() {}, "a 0319T0900, b 0320T0900", 1},
		{func() {}, "a 0319T0900, b 0320T0900", 1},
		{func() { put("c", "20260321T090000Z") }, "a 0319T0900, b 0320T0900, c 0321T0900", 2},
		{func() { request(t, http.MethodDelete, collection+"a.ics", "", "secret", http.StatusOK) }, "b 0320T0900, c 0321T0900", 3},
	} {
		step.change()
		if err := look("secret", &b); err != nil {
			t.Fatal(err)
		}
		if got := b.current(); got != step.want || b.calls != step.calls {
			t.Errorf("got %s after %d records, want %s after %d", got, b.calls, step.want, step.calls)
		}
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "collections/collection-root/alice/work/*.ics")); len(files) != 2 {
		t.Errorf("the server has %d events, want 2", len(files))
	}
}

// radicale starts a server with an empty calendar and returns its address and
// the server's folder.
func radicale(t *testing.T) (collection, dir string) {
	t.Helper()
	program := peer.Need(t, "radicale", "radicale")
	dir = t.TempDir()
	port := peer.Port(t)
	config := fmt.Sprintf("[server]\nhosts = 127.0.0.1:%d\n[auth]\ntype = htpasswd\nhtpasswd_filename = %[2]s/users\nhtpasswd_encryption = plain\ndelay = 0\n"+
		"[rights]\ntype = owner_only\n[storage]\nfilesystem_folder = %[2]s/collections\n[web]\ntype = none\n", port, dir)
	for name, text := range map[string]string{"config": config, "users": "alice:secret\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("/usr/bin/python3", program, "--config", filepath.Join(dir, "config"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	})
	root := fmt.Sprintf("http://127.0.0.1:%d/", port)
	for deadline := time.Now().Add(15 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		res, err := http.Get(root)
		if err == nil {
			res.Body.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("radicale does not start: %v", err)
		}
	}
	collection = root + "alice/work/"
	request(t, "MKCALENDAR", collection, "", "secret", http.StatusCreated)
	return collection, dir
}

func request(t *testing.T, method, url, body, password string, want int) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth("alice", password)
	req.Header.Set("Content-Type", "text/calendar")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(res.Body)
	if res.StatusCode != want {
		t.Fatalf("%s: status %d, want %d: %s", method, res.StatusCode, want, text)
	}
}
