//go:build unix

package endtoend

import (
	"bytes"
	"context"
	"io"
	"log"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"testing"
	"time"
)

// gate stands between Tenths and the system and can keep a post from passing.
type gate struct {
	url     string
	arrived chan struct{} // told of the post that was kept

	mu   sync.Mutex
	pass int // posts that still pass before one is kept; never one when negative
}

// newGate returns a gate that keeps the post after so many, for ever: it reaches
// nobody, and is not answered.
func newGate(t *testing.T, r *remote, after int) *gate {
	t.Helper()
	at, err := url.Parse(r.url)
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{arrived: make(chan struct{}, 1), pass: after}
	behind := httputil.NewSingleHostReverseProxy(at)
	behind.ErrorLog = log.New(io.Discard, "", 0) // the dead do not listen
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.Method == http.MethodPost && g.keeps() {
			_, _ = io.Copy(io.Discard, req.Body) // else nobody notices that the sender is gone
			g.arrived <- struct{}{}
			<-req.Context().Done()
			return
		}
		behind.ServeHTTP(w, req)
	}))
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	g.url = server.URL
	return g
}

func (g *gate) keeps() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.pass--
	return g.pass == -1
}

// newSlowNetwork returns the address of a network on which every third post or
// so is a second under way, and arrives even when its sender is gone.
func newSlowNetwork(t *testing.T, r *remote) string {
	t.Helper()
	at, err := url.Parse(r.url)
	if err != nil {
		t.Fatal(err)
	}
	behind := httputil.NewSingleHostReverseProxy(at)
	behind.ErrorLog = log.New(io.Discard, "", 0)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.Method == http.MethodPost {
			body, err := io.ReadAll(req.Body)
			if err != nil {
				return // half a request is none
			}
			req = req.WithContext(context.WithoutCancel(req.Context()))
			req.Body = io.NopCloser(bytes.NewReader(body))
			delay := rand.N(30 * time.Millisecond)
			if rand.N(3) == 0 {
				delay = time.Second
			}
			time.Sleep(delay)
		}
		behind.ServeHTTP(w, req)
	}))
	t.Cleanup(server.Close)
	return server.URL
}
