package peer

import (
	"context"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

const insideKeyring = "TENTHS_TEST_INSIDE_KEYRING"

// InKeyring runs the test that calls it a second time, in a process of its own
// within a fresh D-Bus session that has an unlocked gnome-keyring, and reports
// whether this is that second time. The first time, it fails the test if the
// second failed:
//
//	if !peer.InKeyring(t) {
//		return
//	}
func InKeyring(t *testing.T) bool {
	t.Helper()
	if os.Getenv(insideKeyring) != "" {
		return true
	}
	session := Need(t, "dbus-run-session", "dbus-daemon")
	daemon := Need(t, "gnome-keyring-daemon", "gnome-keyring")
	run := t.TempDir()
	if err := os.Chmod(run, 0o700); err != nil {
		t.Fatal(err)
	}
	// Unlocking starts the daemon, which goes to the background; it ends with
	// its bus.
	script := `printf 'ci\n' | "$1" --unlock --components=secrets >/dev/null 2>&1 || exit 97; shift; exec "$@"`
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var parts []string
	for name := range strings.SplitSeq(t.Name(), "/") {
		parts = append(parts, "^"+regexp.QuoteMeta(name)+"$")
	}
	cmd := exec.CommandContext(ctx, session, "--", "sh", "-c", script, "sh", daemon,
		os.Args[0], "-test.run", strings.Join(parts, "/"), "-test.v", "-test.count=1")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	cmd.Env = append(os.Environ(), insideKeyring+"=1", "HOME="+run, "XDG_RUNTIME_DIR="+run, "XDG_DATA_HOME="+run, "DISPLAY=", "WAYLAND_DISPLAY=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("within the keyring's session: %v\n%s", err, out)
	}
	if !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Fatalf("within the keyring's session the test did not run:\n%s", out)
	}
	return false
}
