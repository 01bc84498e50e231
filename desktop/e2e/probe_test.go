//go:build linux

package e2e_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/tenths/tenths/internal/peer"
)

// The window carries calls, refusals and events; it keeps the page in.
func TestWindow(t *testing.T) {
	peer.Heavy(t)
	program, display, dir := build(t, "./desktop/e2e/probe"), screen(t), t.TempDir()
	b := drive(t, display, program, dir)
	b.until("#today", "2026-11-19")
	b.until("#stale", "drafts")

	b.click("#say")
	b.until("#answer", "refused: Say something.")
	b.write("#words", "café — 10 %")
	b.click("#say")
	b.until("#answer", "you said café — 10 %")
	b.shot("probe")

	if got := b.js("return [innerWidth, innerHeight].join('x')"); got != "1360x860" {
		t.Errorf("the window's page is %v at first", got)
	}

	// The page cannot reach a server that anyone else could.
	var reached atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		reached.Add(1)
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}))
	defer server.Close()
	b.js("fetch(arguments[0])", server.URL)
	b.until("#egress", "blocked by connect-src")
	b.js("new Image().src = arguments[0]", server.URL)
	b.until("#egress", "blocked by img-src")
	if reached.Load() != 0 {
		t.Error("the page reached the network")
	}

	// A link that leads out leaves the page where it is.
	before := b.js("return location.href")
	b.js("window.left = 0; window.runtime.BrowserOpenURL = () => { window.left++ }")
	b.click("#link")
	if now := b.js("return location.href"); now != before {
		t.Errorf("a link took the window to %v", now)
	}
	if b.js("return window.left") != 1.0 {
		t.Error("a link did not open in the browser")
	}

	// A second start ends at once and says what it did.
	second := exec.CommandContext(t.Context(), program, dir)
	second.Env = append(os.Environ(), "DISPLAY="+display)
	said, err := second.CombinedOutput()
	if err == nil || !strings.Contains(string(said), "already open; its window was brought to the front") {
		t.Errorf("a second start said %q (%v)", said, err)
	}
	b.close()
}

// The window comes back where and as large as it was left.
func TestWindowKeepsItsPlace(t *testing.T) {
	peer.Heavy(t)
	program, display, dir := build(t, "./desktop/e2e/probe"), screen(t), t.TempDir()
	xdotool := peer.Need(t, "xdotool", "xdotool")
	env := append(os.Environ(), "DISPLAY="+display, "GDK_BACKEND=x11", "NO_AT_BRIDGE=1")
	tool := func(args ...string) string {
		cmd := exec.CommandContext(t.Context(), xdotool, args...)
		cmd.Env = env
		out, _ := cmd.CombinedOutput()
		return strings.TrimSpace(string(out))
	}
	window := func() string {
		var id string
		await(t, "the window to open", func() (bool, error) {
			id, _, _ = strings.Cut(tool("search", "--onlyvisible", "--name", "^Probe$"), "\n")
			return id != "", nil
		})
		return id
	}
	end := func(cmd *exec.Cmd) {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		await(t, "the window to close", func() (bool, error) { return tool("search", "--onlyvisible", "--name", "^Probe$") == "", nil })
		_ = cmd.Wait()
	}

	first := start(t, env, program, dir)
	id := window()
	await(t, "the window to take its new size", func() (bool, error) { // it is not heard before the toolkit has placed it
		tool("windowsize", id, "1180", "720")
		tool("windowmove", id, "97", "61")
		time.Sleep(500 * time.Millisecond)
		return strings.Contains(tool("getwindowgeometry", id), "1180x720"), nil
	})
	time.Sleep(500 * time.Millisecond) // for the page's side to have noticed
	end(first)

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

	second := start(t, env, program, dir)
	await(t, "the window to be as it was left", func() (bool, error) {
		return strings.Contains(tool("getwindowgeometry", window()), "1180x720"), nil
	})
	end(second)
	again, err := os.ReadFile(filepath.Join(dir, "place.json"))
	if err != nil {
		t.Fatal(err)
	}
	if string(again) != string(data) {
		t.Errorf("the window wandered from %s to %s", data, again)
	}
}
