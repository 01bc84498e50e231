package peer

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Web is every web site there is, on the loopback interface: it answers each
// address with a page of the title that it is given.
type Web struct {
	Port   int
	server *httptest.Server
}

// StartWeb starts a web whose page at host + path has the title that titles
// holds for it. It ends with t.
func StartWeb(t testing.TB, titles map[string]string) *Web {
	t.Helper()
	w := &Web{}
	w.server = httptest.NewUnstartedServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		host, _, _ := strings.Cut(r.Host, ":")
		out.Header().Set("Content-Type", "text/html; charset=utf-8")
		if to, ok := strings.CutPrefix(titles[host+r.URL.Path], "-> "); ok {
			http.Redirect(out, r, to, http.StatusFound)
			return
		}
		fmt.Fprintf(out, "<!doctype html><title>%s</title><p>A page.", titles[host+r.URL.Path])
	}))
	w.server.Config.ErrorLog = log.New(io.Discard, "", 0) // browsers try what nobody asked them for
	w.server.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	w.server.StartTLS()
	t.Cleanup(w.server.Close)
	u, _ := url.Parse(w.server.URL)
	w.Port, _ = strconv.Atoi(u.Port())
	return w
}

// Browser is a real browser without a window, whose every host is the [Web].
type Browser struct {
	Profile string // the folder of its profile, with the history in it

	cmd   *exec.Cmd
	done  chan struct{} // closed when the browser has ended
	talk  func(id int, method string, params any) (json.RawMessage, error)
	calls int
	// visit opens an address and returns when the page has been loaded.
	visit func(t testing.TB, address string)
	// private has visit go on in a new private window.
	private func(t testing.TB)
	quit    string // the command that closes the browser
}

// Visit opens https://address and waits until the page is there.
func (b *Browser) Visit(t testing.TB, address string) { t.Helper(); b.visit(t, address) }

// Private opens a private window, in which the visits are from then on.
func (b *Browser) Private(t testing.TB) { t.Helper(); b.private(t) }

// Quit closes the browser as a person does, and waits until it has ended.
func (b *Browser) Quit(t testing.TB) {
	t.Helper()
	b.calls++
	_, _ = b.talk(b.calls, b.quit, map[string]any{}) // it may be gone before it answers
	select {
	case <-b.done:
	case <-time.After(30 * time.Second):
		t.Fatal("the browser did not end")
	}
}

// Kill ends the browser at once.
func (b *Browser) Kill() {
	killGroup(b.cmd)
	<-b.done
}

func (b *Browser) must(t testing.TB, method string, params any) json.RawMessage {
	t.Helper()
	b.calls++
	answer, err := b.talk(b.calls, method, params)
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	return answer
}

func (b *Browser) start(t testing.TB) {
	t.Helper()
	ownGroup(b.cmd)
	if err := b.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	b.done = make(chan struct{})
	go func() { _ = b.cmd.Wait(); close(b.done) }()
	t.Cleanup(b.Kill)
}

// StartChromium starts Chromium with the profile in the folder dir, which it
// makes when there is none. It is driven by the DevTools protocol over pipes.
func StartChromium(t testing.TB, web *Web, dir string) *Browser {
	t.Helper()
	program := Need(t, "chromium", "chromium")
	fromBrowser, theirOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	theirIn, toBrowser, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { fromBrowser.Close(); toBrowser.Close() })
	_ = fromBrowser.SetReadDeadline(time.Now().Add(90 * time.Second))
	b := &Browser{Profile: filepath.Join(dir, "Default"), quit: "Browser.close"}
	b.cmd = exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-dev-shm-usage", "--ignore-certificate-errors", "--user-data-dir="+dir, "--remote-debugging-pipe",
		fmt.Sprintf("--host-resolver-rules=MAP * 127.0.0.1:%d", web.Port), "about:blank")
	b.cmd.ExtraFiles = []*os.File{theirIn, theirOut}
	b.start(t)
	theirIn.Close()
	theirOut.Close()
	in := bufio.NewReader(fromBrowser)
	session := ""
	b.talk = func(id int, method string, params any) (json.RawMessage, error) {
		call := map[string]any{"id": id, "method": method, "params": params}
		if session != "" && strings.HasPrefix(method, "Page.") {
			call["sessionId"] = session
		}
		text, _ := json.Marshal(call)
		if _, err := toBrowser.Write(append(text, 0)); err != nil {
			return nil, err
		}
		return chromiumAnswer(in, func(m chromiumMessage) bool { return m.ID == id })
	}
	window := func(t testing.TB, params map[string]any) {
		t.Helper()
		var target struct{ TargetID, SessionID string }
		params["url"] = "about:blank"
		_ = json.Unmarshal(b.must(t, "Target.createTarget", params), &target)
		_ = json.Unmarshal(b.must(t, "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}), &target)
		session = target.SessionID
		b.must(t, "Page.enable", map[string]any{})
	}
	window(t, map[string]any{})
	b.private = func(t testing.TB) {
		t.Helper()
		var incognito struct{ BrowserContextID string }
		_ = json.Unmarshal(b.must(t, "Target.createBrowserContext", map[string]any{}), &incognito)
		window(t, map[string]any{"browserContextId": incognito.BrowserContextID})
	}
	b.visit = func(t testing.TB, address string) {
		t.Helper()
		b.must(t, "Page.navigate", map[string]any{"url": "https://" + address})
		if _, err := chromiumAnswer(in, func(m chromiumMessage) bool { return m.Method == "Page.loadEventFired" }); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

type chromiumMessage struct {
	ID     int
	Method string
	Result json.RawMessage
	Error  *struct{ Message string }
}

// chromiumAnswer returns the result of the first message that is wanted.
func chromiumAnswer(in *bufio.Reader, wanted func(chromiumMessage) bool) (json.RawMessage, error) {
	for {
		text, err := in.ReadBytes(0)
		if err != nil {
			return nil, err
		}
		var m chromiumMessage
		if err := json.Unmarshal(text[:len(text)-1], &m); err != nil {
			return nil, err
		}
		if wanted(m) {
			if m.Error != nil {
				return nil, errors.New(m.Error.Message)
			}
			return m.Result, nil
		}
	}
}

// firefoxPrefs send every host to the loopback interface, and keep Firefox from
// calling home.
const firefoxPrefs = `user_pref("network.dns.forceResolve", "127.0.0.1");
user_pref("network.dns.localDomains", "www.westlaw.com");
user_pref("marionette.port", %d);
user_pref("app.update.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.startup.page", 0);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.trr.mode", 5);
`

// StartFirefox starts Firefox with the profile in the folder dir, which it
// makes when there is none. It is driven by the Marionette protocol. The
// addresses that it visits have the web's port in them.
func StartFirefox(t testing.TB, web *Web, dir string) *Browser {
	t.Helper()
	program := Need(t, "firefox-esr", "firefox-esr")
	port := Port(t)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "user.js"), fmt.Appendf(nil, firefoxPrefs, port), 0o600); err != nil {
		t.Fatal(err)
	}
	b := &Browser{Profile: dir, quit: "Marionette:Quit"}
	b.cmd = exec.Command(program, "--headless", "--no-remote", "--profile", dir, "--marionette")
	b.cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "MOZ_CRASHREPORTER_DISABLE=1")
	b.start(t)
	conn := dialMarionette(t, port, b.done)
	t.Cleanup(func() { conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(90 * time.Second))
	in := bufio.NewReader(conn)
	if _, err := marionetteMessage(in); err != nil { // its greeting
		t.Fatal(err)
	}
	b.talk = func(id int, method string, params any) (json.RawMessage, error) {
		text, _ := json.Marshal([]any{0, id, method, params})
		if _, err := fmt.Fprintf(conn, "%d:%s", len(text), text); err != nil {
			return nil, err
		}
		return marionetteMessage(in)
	}
	b.must(t, "WebDriver:NewSession", map[string]any{"acceptInsecureCerts": true})
	b.visit = func(t testing.TB, address string) {
		t.Helper()
		host, path, _ := strings.Cut(address, "/")
		b.must(t, "WebDriver:Navigate", map[string]any{"url": fmt.Sprintf("https://%s:%d/%s", host, web.Port, path)})
	}
	b.private = func(t testing.TB) {
		t.Helper()
		var window struct{ Handle string }
		_ = json.Unmarshal(b.must(t, "WebDriver:NewWindow", map[string]any{"type": "window", "private": true}), &window)
		b.must(t, "WebDriver:SwitchToWindow", map[string]any{"handle": window.Handle})
	}
	return b
}

func dialMarionette(t testing.TB, port int, done chan struct{}) net.Conn {
	t.Helper()
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		select {
		case <-done:
			t.Fatal("firefox ended at once")
		default:
		}
		if conn, err := net.DialTimeout("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), time.Second); err == nil {
			return conn
		}
	}
	t.Fatal("firefox does not answer")
	return nil
}

// marionetteMessage reads one message, its length in front, and returns what an
// answer holds.
func marionetteMessage(in *bufio.Reader) (json.RawMessage, error) {
	length, err := in.ReadString(':')
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(strings.TrimSuffix(length, ":"))
	if err != nil {
		return nil, err
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(in, text); err != nil {
		return nil, err
	}
	var answer []json.RawMessage
	if json.Unmarshal(text, &answer) != nil || len(answer) != 4 {
		return text, nil
	}
	if string(answer[2]) != "null" {
		return nil, errors.New(string(answer[2]))
	}
	return answer[3], nil
}
