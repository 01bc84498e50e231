//go:build linux

package e2e_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tenths/tenths/internal/peer"
)

// desk is a screen with its window manager, and a hand on the windows there.
type desk struct {
	t    *testing.T
	tool string // xdotool
	env  []string
}

// newDesk returns a desk whose window manager has taken charge.
func newDesk(t *testing.T) desk {
	t.Helper()
	d := desk{t: t, tool: peer.Need(t, "xdotool", "xdotool")}
	d.env = append(os.Environ(), "DISPLAY="+screen(t), "GDK_BACKEND=x11", "NO_AT_BRIDGE=1")
	await(t, "the window manager", func() (bool, error) { return d.do("get_num_desktops") != "", nil })
	return d
}

// do runs xdotool and returns what it said; nothing when it failed.
func (d desk) do(args ...string) string {
	cmd := exec.CommandContext(d.t.Context(), d.tool, args...)
	cmd.Env = d.env
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// windows returns the ids of the windows of the probe that can be seen.
func (d desk) windows() []string {
	return strings.Fields(d.do("search", "--onlyvisible", "--name", "^Probe$"))
}

// sized reports whether a window of the probe has that size.
func (d desk) sized(width, height string) bool {
	for _, id := range d.windows() {
		if strings.Contains(d.do("getwindowgeometry", id), width+"x"+height) {
			return true
		}
	}
	return false
}

// open starts the probe and waits until its window is there.
func (d desk) open(program, dir string) *exec.Cmd {
	d.t.Helper()
	cmd := start(d.t, d.env, program, dir)
	await(d.t, "the window to open", func() (bool, error) { return len(d.windows()) > 0, nil })
	return cmd
}

// shut ends the probe as the system does and waits until its window is gone.
func (d desk) shut(cmd *exec.Cmd) {
	d.t.Helper()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		d.t.Fatal(err)
	}
	await(d.t, "the window to close", func() (bool, error) { return len(d.windows()) == 0, nil })
	_ = cmd.Wait()
}

// pull gives the window a size and a place as a person's hand does, and reports
// whether it took the size. It is not heard before the toolkit has placed the
// window, so it is tried for a while.
func (d desk) pull(width, height, x, y string) bool {
	for range 30 {
		for _, id := range d.windows() {
			d.do("windowsize", id, width, height)
			d.do("windowmove", id, x, y)
		}
		time.Sleep(500 * time.Millisecond)
		if d.sized(width, height) {
			return true
		}
	}
	for _, id := range d.windows() {
		d.t.Logf("a window that could not be pulled: %s", d.do("getwindowgeometry", id))
	}
	return false
}

// The window comes back where and as large as it was left.
func TestWindowKeepsItsPlace(t *testing.T) {
	peer.Heavy(t)
	program, dir := build(t, "./desktop/e2e/probe"), t.TempDir()
	d := newDesk(t)
	first := d.open(program, dir)
	for again := 0; !d.pull("1180", "720", "97", "61"); again++ {
		if again == 2 {
			t.Fatal("the window takes no other size")
		}
		t.Log("a window manager that moves nothing says nothing about the window: once more on another screen")
		d.shut(first)
		if err := os.Remove(filepath.Join(dir, "place.json")); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		d = newDesk(t)
		first = d.open(program, dir)
	}
	time.Sleep(500 * time.Millisecond) // for the page's side to have noticed
	d.shut(first)

	data, err := os.ReadFile(filepath.Join(dir, "place.json"))
	if err != nil {
		t.Fatal(err)
	}
	var kept struct{ Width, Height, X, Y int }
	if err := json.Unmarshal(data, &kept); err != nil {
		t.Fatal(err)
	}
	if kept.Width != 1180 || kept.Height != 720 {
		t.Errorf("kept %s", data)
	}
	t.Logf("kept %s", data)

	second := d.open(program, dir)
	await(t, "the window to be as it was left", func() (bool, error) { return d.sized("1180", "720"), nil })
	d.shut(second)
	again, err := os.ReadFile(filepath.Join(dir, "place.json"))
	if err != nil {
		t.Fatal(err)
	}
	if string(again) != string(data) {
		t.Errorf("the window wandered from %s to %s", data, again)
	}
}
