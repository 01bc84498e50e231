// Package loopback serves the page, and the value bound to it, to a browser on
// this machine. It stands in for the window where the tests have none: the same
// page calls the same methods over HTTP. It is for tests; no released build
// contains it. It must not know what the bound value does.
//
// The page finds:
//
//	GET  /             the page's assets
//	POST /call/METHOD  body: a JSON array of arguments; answer: the result as JSON
//	GET  /events       server-sent events, each a topic that has gone stale
//
// A failed call answers 422 with {"message": …}, the line to show the person.
package loopback

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/desktop/page"
)

const (
	cookieName = "tenths"
	largest    = 1 << 20 // bytes of a call's arguments
)

// Config is what is served.
type Config struct {
	Bind      any   // whose exported methods may be called
	Assets    fs.FS // index.html at its root
	Subscribe page.Subscribe
}

// Server serves one page on one loopback port.
type Server struct {
	config  Config
	methods map[string]method
	listen  net.Listener
	token   string

	mu      sync.Mutex
	readers map[chan string]bool // one for each open event stream
}

// Listen takes a free loopback port.
func Listen(ctx context.Context, config Config) (*Server, error) {
	var tcp net.ListenConfig
	listen, err := tcp.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, &billing.Error{Kind: billing.Internal, Msg: "No loopback port is free.", Err: err}
	}
	return &Server{
		config:  config,
		methods: methodsOf(config.Bind),
		listen:  listen,
		token:   rand.Text(),
		readers: map[chan string]bool{},
	}, nil
}

// URL is the address that opens the page. It holds the token, which becomes a
// cookie on the first visit.
func (s *Server) URL() string {
	return fmt.Sprintf("http://%s/?token=%s", s.listen.Addr(), s.token)
}

// Serve serves until ctx ends. It returns nil then, once every request is over.
func (s *Server) Serve(ctx context.Context) error {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /call/{method}", s.call)
	mux.HandleFunc("GET /events", s.events)
	mux.Handle("GET /", page.Secure(http.FileServerFS(s.config.Assets)))
	server := &http.Server{
		Handler:           s.guard(mux),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	var beside sync.WaitGroup
	beside.Go(func() { page.Pump(ctx, s.config.Subscribe, s.tell) })
	beside.Go(func() {
		<-ctx.Done()
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if server.Shutdown(late) != nil {
			_ = server.Close()
		}
	})
	err := server.Serve(s.listen)
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	beside.Wait()
	return err
}

// guard lets through only requests that name this server, as another page's
// would not after a rebinding of its name, and that know the token.
func (s *Server) guard(next http.Handler) http.Handler {
	own := s.listen.Addr().String()
	same := func(token string) bool { return subtle.ConstantTimeCompare([]byte(token), []byte(s.token)) == 1 }
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host != own {
			http.Error(w, "not this server", http.StatusMisdirectedRequest)
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+own {
			http.Error(w, "not this page", http.StatusForbidden)
			return
		}
		if token := r.URL.Query().Get("token"); r.URL.Path == "/" && token != "" && same(token) {
			http.SetCookie(w, &http.Cookie{Name: cookieName, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
			http.Redirect(w, r, "/", http.StatusSeeOther)
			return
		}
		if cookie, err := r.Cookie(cookieName); err != nil || !same(cookie.Value) {
			http.Error(w, "the address lacks its token", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) call(w http.ResponseWriter, r *http.Request) {
	m, ok := s.methods[r.PathValue("method")]
	if !ok {
		fail(w, http.StatusNotFound, "the page asked for something that is not there")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largest))
	if err != nil {
		fail(w, http.StatusBadRequest, "the page's request did not arrive whole")
		return
	}
	args, err := m.arguments(body)
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	result, err := m.call(args)
	if err != nil {
		fail(w, http.StatusUnprocessableEntity, billing.Message(err))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(result)
}

func fail(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"message": message})
}

func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	topics := make(chan string, 64)
	s.mu.Lock()
	s.readers[topics] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.readers, topics)
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	flush := http.NewResponseController(w)
	for {
		if flush.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case topic := <-topics:
			fmt.Fprintf(w, "data: %s\n\n", strings.ReplaceAll(topic, "\n", " "))
		}
	}
}

// tell passes topic on to every open stream; one that has not read 64 topics
// is about to ask for everything anyway.
func (s *Server) tell(topic string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for reader := range s.readers {
		select {
		case reader <- topic:
		default:
		}
	}
}
