package calendar_test

import (
	"fmt"
	"net/http"
	"os/exec"
	"testing"
	"time"

	"github.com/tenths/tenths/internal/peer"
)

// Another server, with other habits: it knows no passwords, answers 500 to a
// token that it never gave, and keeps connections open.
func TestCalDAVXandikos(t *testing.T) {
	xandikos(t).scenario(t)
}

func xandikos(t testing.TB) server {
	program := peer.Need(t, "xandikos", "xandikos")
	port := peer.Port(t)
	cmd := exec.Command(program, "-d", t.TempDir(), "--defaults", "--current-user-principal", "/alice/", "-l", "127.0.0.1", "-p", fmt.Sprint(port))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	root := fmt.Sprintf("http://127.0.0.1:%d", port)
	client := &http.Client{Timeout: time.Second}
	defer client.CloseIdleConnections()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		res, err := client.Get(root + "/alice/")
		if err == nil {
			res.Body.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("xandikos does not start: %v", err)
		}
	}
	home := root + "/alice/calendars/"
	return server{root: root, home: home, first: home + "calendar/", second: home + "family/"}
}
