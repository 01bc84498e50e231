package rephrase

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

const facts billing.Privileged = `{"clauses":[{"act":"reviewed","on":["Zweigelt lease"]}]}`

// model starts a stand-in and returns a client of it.
func model(t *testing.T, answer http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	c, err := New(Config{URL: server.URL + "/v1", Model: "m", Key: "k"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]any{"content": text}, "finish_reason": "stop"}}})
	}
}

func TestTheQuestionHoldsTheFactsAlone(t *testing.T) {
	var got struct {
		Model       string
		Temperature *float64
		Stream      *bool
		Messages    []message
	}
	c := model(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.URL.Path != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer k" {
			t.Errorf("%s %s", r.Method, r.URL.Path)
		}
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		says(" Reviewed the Zweigelt lease.\n")(w, r)
	})
	answer, err := c.Rephrase(t.Context(), facts)
	if err != nil || answer != "Reviewed the Zweigelt lease." {
		t.Fatalf("%q, %v", string(answer), err)
	}
	if got.Model != "m" || got.Temperature == nil || *got.Temperature != 0 || got.Stream == nil || *got.Stream || len(got.Messages) != 2 ||
		got.Messages[0].Content != instructions || got.Messages[1].Content != string(facts) {
		t.Errorf("asked %+v", got)
	}
}

func TestThinkingIsNoAnswer(t *testing.T) {
	c := model(t, says("<think>The user wants Zweigelt.\n\nHm.</think>\n\nReviewed lease"))
	if got, err := c.Rephrase(t.Context(), facts); err != nil || got != "Reviewed lease" {
		t.Errorf("%q, %v", string(got), err)
	}
	c = model(t, says("<think>for ever"))
	if got, err := c.Rephrase(t.Context(), facts); err != nil || got != "" {
		t.Errorf("%q, %v", string(got), err)
	}
}

func TestWhatGoesWrong(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   billing.Kind
	}{
		"no JSON": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "Zweigelt") }, billing.Invalid},
		"wrong type": {func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"choices":[{"message":{"content":["Zweigelt"]}}]}`)
		}, billing.Invalid},
		"no choice": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"choices":[]}`) }, billing.Invalid},
		"cut off": {func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"choices":[{"message":{"content":"x"},"finish_reason":"length"}]}`)
		}, billing.Invalid},
		"endless":     {says(strings.Repeat("Zweigelt ", 1<<17)), billing.Invalid},
		"no key":      {status(401), billing.Unauthorized},
		"no model":    {status(404), billing.NotFound},
		"bad request": {status(400), billing.Unauthorized},
		"busy":        {status(429), billing.Unreachable},
		"broken":      {status(500), billing.Unreachable},
		"half": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99")
			fmt.Fprint(w, `{"cho`)
		}, billing.Unreachable},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := model(t, c.answer).Rephrase(t.Context(), facts)
			if got != "" || billing.KindOf(err) != c.want {
				t.Errorf("%q, %v of kind %q, want %q", string(got), err, billing.KindOf(err), c.want)
			}
			if err != nil && strings.Contains(err.Error(), "Zweigelt") {
				t.Errorf("the error quotes: %v", err)
			}
		})
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "Zweigelt", code) }
}

func TestNoRedirectIsFollowed(t *testing.T) {
	asked := false
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer other.Close()
	for _, code := range []int{301, 302, 303, 307, 308} {
		c := model(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, code) })
		if _, err := c.Rephrase(t.Context(), facts); err == nil {
			t.Errorf("%d is an answer", code)
		}
	}
	if asked {
		t.Error("a redirect was followed")
	}
}

func TestADeadModelSaysSo(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := l.Addr().String()
	_ = l.Close()
	c, err := New(Config{URL: "http://" + at, Model: "m"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.Rephrase(t.Context(), facts); billing.KindOf(err) != billing.Unreachable || !strings.Contains(billing.Message(err), at) {
		t.Errorf("%v", err)
	}
}

// A model that takes the question and never answers is left at the deadline, and
// at once when whoever asked goes away.
func TestASilentModelIsLeft(t *testing.T) {
	c := model(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := c.Rephrase(ctx, facts); billing.KindOf(err) != billing.Unreachable || !strings.Contains(billing.Message(err), "too long") {
		t.Errorf("%v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := c.Rephrase(ctx, facts); err != context.Canceled { //nolint:errorlint // it is itself
		t.Errorf("%v", err)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestWhereAModelMayBe(t *testing.T) {
	for at, want := range map[string]bool{
		"": true, "http://127.0.0.1:11434/v1": true, "http://localhost:8080": true, "http://[::1]:1/v1": true, "http://127.9.9.9": true,
		"https://api.example.com/v1": false, "http://192.168.1.4:11434": false, "http://0.0.0.0:11434": false, "http://127.0.0.1.example.com": false,
		"http://localhost.example.com": false, "http://[::ffff:127.0.0.1]:80": true, "http://[fe80::1%25lo]:80": false,
	} {
		u, err := ParseURL(at)
		if err != nil {
			t.Errorf("%s: %v", at, err)
			continue
		}
		if Local(u) != want {
			t.Errorf("%s is local: %v", at, !want)
		}
		if _, err := New(Config{URL: at, Model: "m"}); (err == nil) != want {
			t.Errorf("%s: %v", at, err)
		}
		if _, err := New(Config{URL: at, Model: "m", Remote: true}); err != nil {
			t.Errorf("%s, allowed: %v", at, err)
		}
	}
	for _, at := range []string{"ftp://x", "127.0.0.1:11434", "http://", "http://u:p@127.0.0.1", "http://127.0.0.1/?key=1", "://"} {
		if _, err := ParseURL(at); billing.KindOf(err) != billing.Invalid {
			t.Errorf("%s: %v", at, err)
		}
	}
	if _, err := New(Config{URL: "", Model: " "}); err == nil {
		t.Error("no model is a model")
	}
}

// Whatever a name leads to, another machine is not dialled.
func TestOnlyThisMachineIsDialled(t *testing.T) {
	for address, want := range map[string]bool{"127.0.0.1:80": true, "[::1]:80": true, "10.0.0.1:80": false, "[2001:db8::1]:443": false, "x": false} {
		if got := onlyLoopback("tcp", address, nil) == nil; got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte(`{"choices":[{"message":{"content":"x"}}]}`))
	f.Add([]byte(`{"choices":[{"message":{"content":"<think></think>"}}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := answerOf(raw)
		if err != nil && (got != "" || billing.KindOf(err) != billing.Invalid) {
			t.Errorf("%v", err)
		}
		if strings.TrimSpace(string(got)) != string(got) {
			t.Error("white space stays")
		}
	})
}

func FuzzParseURL(f *testing.F) {
	f.Add("http://127.0.0.1:11434/v1")
	f.Fuzz(func(t *testing.T, s string) {
		u, err := ParseURL(s)
		if err == nil && (u.Hostname() == "" || u.User != nil) {
			t.Errorf("%q", s)
		}
	})
}
