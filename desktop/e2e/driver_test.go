//go:build linux

package e2e_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tenths/tenths/internal/peer"
)

// Keys of the W3C WebDriver specification, section 17.4.2.
const (
	keyEnter   = "\ue007"
	keyControl = "\ue009"
)

// element is what WebDriver calls a web element's reference.
const element = "element-6066-11e4-a52e-4f735466cecf"

const patience = 60 * time.Second

// browser is a session of WebKitWebDriver with one window.
type browser struct {
	t    *testing.T
	base string
}

// drive starts program with args on display and takes hold of its window.
func drive(t *testing.T, display, program string, args ...string) *browser {
	t.Helper()
	driver := peer.Need(t, "WebKitWebDriver", "webkit2gtk-driver")
	port := strconv.Itoa(peer.Port(t))
	start(t, append(os.Environ(), "DISPLAY="+display, "GDK_BACKEND=x11", "NO_AT_BRIDGE=1"), driver, "--port="+port)
	b := &browser{t, "http://127.0.0.1:" + port}
	await(t, "WebKitWebDriver to listen", func() (bool, error) {
		_, err := b.ask(http.MethodGet, "/status", nil)
		return err == nil, nil
	})
	session := b.do(http.MethodPost, "/session", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"webkitgtk:browserOptions": map[string]any{"binary": program, "args": args},
	}}})
	var opened struct{ SessionID string }
	if err := json.Unmarshal(session, &opened); err != nil {
		t.Fatal(err)
	}
	b.base += "/session/" + opened.SessionID
	t.Cleanup(b.close)
	return b
}

func (b *browser) ask(verb, path string, body any) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	data := []byte("{}")
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, verb, b.base+path, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s %s: %s", verb, path, answer.Value)
	}
	return answer.Value, nil
}

func (b *browser) do(verb, path string, body any) json.RawMessage {
	b.t.Helper()
	value, err := b.ask(verb, path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	return value
}

// close ends the session, and the window with it.
func (b *browser) close() { _, _ = b.ask(http.MethodDelete, "", nil) }

// js runs script, the body of a function, in the page and returns its result.
func (b *browser) js(script string, args ...any) any {
	b.t.Helper()
	value, err := b.tryJS(script, args...)
	if err != nil {
		b.t.Fatal(err)
	}
	return value
}

func (b *browser) tryJS(script string, args ...any) (value any, err error) {
	if args == nil {
		args = []any{}
	}
	raw, err := b.ask(http.MethodPost, "/execute/sync", map[string]any{"script": script, "args": args})
	if err != nil {
		return nil, err
	}
	err = json.Unmarshal(raw, &value)
	return value, err
}

// until waits until the text of css contains want.
func (b *browser) until(css, want string) {
	b.t.Helper()
	var last string
	defer func() {
		if b.t.Failed() {
			b.t.Logf("%s shows %q", css, last)
		}
	}()
	await(b.t, fmt.Sprintf("%s to show %q", css, want), func() (bool, error) {
		value, err := b.tryJS("const e = document.querySelector(arguments[0]); return e ? e.innerText : ''", css)
		last, _ = value.(string)
		return strings.Contains(last, want), err
	})
}

func (b *browser) find(css string) string {
	b.t.Helper()
	var found map[string]string
	if err := json.Unmarshal(b.do(http.MethodPost, "/element", map[string]string{"using": "css selector", "value": css}), &found); err != nil {
		b.t.Fatal(err)
	}
	return "/element/" + found[element]
}

func (b *browser) click(css string) {
	b.t.Helper()
	b.do(http.MethodPost, b.find(css)+"/click", nil)
}

func (b *browser) write(css, words string) {
	b.t.Helper()
	b.do(http.MethodPost, b.find(css)+"/value", map[string]string{"text": words})
}

// press holds all keys down, in order, and lets go of them.
func (b *browser) press(keys ...string) {
	b.t.Helper()
	var actions []map[string]string
	for _, key := range keys {
		actions = append(actions, map[string]string{"type": "keyDown", "value": key})
	}
	for i := range keys {
		actions = append(actions, map[string]string{"type": "keyUp", "value": keys[len(keys)-1-i]})
	}
	b.do(http.MethodPost, "/actions", map[string]any{"actions": []any{map[string]any{"type": "key", "id": "keyboard", "actions": actions}}})
}

// shot keeps a picture of the window in $TENTHS_SHOTS, if that is set.
func (b *browser) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("TENTHS_SHOTS")
	if dir == "" {
		return
	}
	var picture string
	if err := json.Unmarshal(b.do(http.MethodGet, "/screenshot", nil), &picture); err != nil {
		b.t.Fatal(err)
	}
	data, err := base64.StdEncoding.DecodeString(picture)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), data, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// await asks until done says yes; an error that lasts ends the test.
func await(t *testing.T, what string, done func() (bool, error)) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for {
		ok, err := done()
		if ok {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("waited %v for %s (%v)", patience, what, err)
		}
		time.Sleep(30 * time.Millisecond)
	}
}

// start runs a program beside the test and ends it, with all that it started in
// its turn, when the test ends.
func start(t *testing.T, env []string, program string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = env
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.WaitDelay = time.Second // a child of its may hold its output open
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		timer := time.AfterFunc(5*time.Second, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		timer.Stop()
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		if t.Failed() && said.Len() > 0 {
			t.Logf("%s said:\n%s", filepath.Base(program), said.String())
		}
	})
	return cmd
}
