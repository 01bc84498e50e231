// Package cliotest is a stand-in for Clio Manage: a real HTTP server with
// state, for tests and for trying Tenths without an account. It keeps users,
// matters, activities and UTBMS codes, limits the rate, pages with cursors,
// signs in with OAuth, and misbehaves when asked to. It holds itself to
// Clio's published description; it must not know the connector that it tests.
package cliotest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// Token is an access token that every [Sim] accepts.
const Token = "cliosim-access-token"

// UserID is the id of the user whom every token belongs to.
const UserID = 7

// Options change what a [Sim] is like; the zero value is a good start.
type Options struct {
	Prefix    string           // path of the API; "/api/v4" when empty, "/" for none
	PerMinute int              // requests allowed a minute; 0 for any number
	PageSize  int              // most records on a page, 200 when 0
	Now       func() time.Time // time.Now
	HideHours bool             // the user may not see the hours of activities
	Decline   bool             // the person at the browser declines
	TokenLife time.Duration    // 30 days
}

// Matter is a matter of the firm.
type Matter struct {
	ID     int64
	Number string // display number
	Name   string // description
	Client string
	Status string // Open, Pending or Closed
}

// Activity is a time entry as it is kept.
type Activity struct {
	ID          int64
	ETag        string
	Date        string
	Quantity    float64 // seconds
	Note        string
	Matter      int64
	User        int64
	Price       string // as it was sent; "" when it was not
	NonBillable bool
	TaskID      int64
	ActivityID  int64
	CreatedAt   time.Time
}

// Sim is the stand-in; it is an [http.Handler]. Close it to wait for what it
// still does in the background.
type Sim struct {
	opts    Options
	mux     *http.ServeMux
	closing chan struct{}
	later   sync.WaitGroup

	mu         sync.Mutex
	matters    []Matter
	activities []Activity
	lastID     int64
	posts      int // posts of activities that arrived
	requests   int
	faults     map[string][]Fault // by method, in the order in which they strike
	tokens     map[string]time.Time
	codes      map[string]grant
	refresh    map[string]bool
	window     time.Time
	used       int
}

// New returns a stand-in with no matters.
func New(opts Options) *Sim {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Prefix == "" {
		opts.Prefix = "/api/v4"
	}
	opts.Prefix = strings.TrimRight(opts.Prefix, "/")
	if opts.PageSize <= 0 {
		opts.PageSize = 200
	}
	if opts.TokenLife <= 0 {
		opts.TokenLife = 30 * 24 * time.Hour
	}
	s := &Sim{opts: opts, mux: http.NewServeMux(), closing: make(chan struct{}), lastID: 1000,
		faults: map[string][]Fault{}, tokens: map[string]time.Time{}, codes: map[string]grant{}, refresh: map[string]bool{}}
	s.mux.HandleFunc("GET "+opts.Prefix+"/users/who_am_i.json", s.api(s.whoAmI))
	s.mux.HandleFunc("GET "+opts.Prefix+"/matters.json", s.api(s.listMatters))
	s.mux.HandleFunc("GET "+opts.Prefix+"/utbms/codes.json", s.api(s.listCodes))
	s.mux.HandleFunc("GET "+opts.Prefix+"/activities.json", s.api(s.listActivities))
	s.mux.HandleFunc("POST "+opts.Prefix+"/activities.json", s.api(s.createActivity))
	s.mux.HandleFunc("GET /oauth/authorize", s.authorize)
	s.mux.HandleFunc("POST /oauth/token", s.token)
	s.mux.HandleFunc("POST /oauth/deauthorize", s.deauthorize)
	return s
}

// ServeHTTP implements [http.Handler].
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Close ends what hangs and waits for what is late.
func (s *Sim) Close() {
	close(s.closing)
	s.later.Wait()
}

// AddMatters adds matters; those without an id get one, those without a status
// are open.
func (s *Sim) AddMatters(matters ...Matter) []Matter {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range matters {
		if matters[i].ID == 0 {
			s.lastID++
			matters[i].ID = s.lastID
		}
		if matters[i].Status == "" {
			matters[i].Status = "Open"
		}
	}
	s.matters = append(s.matters, matters...)
	return matters
}

// AddActivity adds a time entry as if someone had typed it into Clio.
func (s *Sim) AddActivity(a Activity) Activity {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keep(a)
}

// Activities returns a copy of all time entries, by id.
func (s *Sim) Activities() []Activity {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Activity(nil), s.activities...)
}

// Posts returns how many posts of activities have arrived, kept or not.
func (s *Sim) Posts() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.posts
}

// Requests returns how many requests to the API have arrived.
func (s *Sim) Requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests
}

// Server is a [Sim] that listens.
type Server struct {
	*Sim
	URL string // with neither path nor slash at its end
}

// Start runs a stand-in on a free loopback port until the test ends.
func Start(t testing.TB, opts Options) *Server {
	t.Helper()
	s := New(opts)
	h := httptest.NewServer(s)
	t.Cleanup(func() {
		s.Close()
		h.CloseClientConnections()
		h.Close()
	})
	return &Server{Sim: s, URL: h.URL}
}
