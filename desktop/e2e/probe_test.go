//go:build linux

package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"

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
