package cliotest

import (
	"net/http"
	"strconv"
	"time"
)

// FaultKind is a way to misbehave.
type FaultKind string

// The faults. Which of them a client can tell apart is the point of the tests.
const (
	None      FaultKind = ""           // behave
	Drop      FaultKind = "drop"       // close the connection; nothing is kept
	DropReply FaultKind = "drop-reply" // keep, then close the connection
	ErrorKept FaultKind = "error-kept" // keep, then answer with Status (500)
	Refuse    FaultKind = "refuse"     // answer with Status, and After as Retry-After; nothing is kept
	Late      FaultKind = "late"       // close the connection; keep After later
	Delay     FaultKind = "delay"      // keep, and answer After later
	Hang      FaultKind = "hang"       // keep, and never answer
	Truncate  FaultKind = "truncate"   // keep, and answer by half
)

// Fault is what happens to one request.
type Fault struct {
	Kind   FaultKind
	Status int
	After  time.Duration
}

// Inject makes the next requests of the given method to activities.json meet
// faults, one each.
func (s *Sim) Inject(method string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[method] = append(s.faults[method], faults...)
}

func (s *Sim) nextFault(method string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	queue := s.faults[method]
	if len(queue) == 0 {
		return Fault{}
	}
	s.faults[method] = queue[1:]
	return queue[0]
}

// misbehave carries out f around commit, which keeps what was sent and is
// called exactly once, and answer. It reports whether it has dealt with the
// request; if not, commit was not called.
func (s *Sim) misbehave(w http.ResponseWriter, r *http.Request, f Fault, commit func(), answer func(http.ResponseWriter)) bool {
	switch f.Kind {
	case None:
		return false
	case Drop:
		hangUp(w)
	case DropReply:
		commit()
		hangUp(w)
	case ErrorKept:
		commit()
		fail(w, orElse(f.Status, http.StatusInternalServerError), "InternalServerError", "Something went wrong.")
	case Refuse:
		if f.After > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(f.After/time.Second)))
		}
		fail(w, orElse(f.Status, http.StatusTooManyRequests), "Refused", "Not now.")
	case Late:
		s.later.Go(func() {
			select {
			case <-time.After(f.After):
			case <-s.closing:
			}
			commit()
		})
		hangUp(w)
	case Delay:
		commit()
		s.pause(r, f.After)
		answer(w)
	case Hang:
		commit()
		s.pause(r, 24*time.Hour)
		hangUp(w)
	case Truncate:
		commit()
		w.Header().Set("Content-Length", "200")
		w.WriteHeader(http.StatusCreated)
		w.Write([]byte(`{"data":{"id":`))
		w.(http.Flusher).Flush()
		hangUp(w)
	}
	return true
}

func (s *Sim) pause(r *http.Request, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	case <-s.closing:
	}
}

// hangUp ends the connection without an answer.
func hangUp(http.ResponseWriter) { panic(http.ErrAbortHandler) }

func orElse(n, other int) int {
	if n == 0 {
		return other
	}
	return n
}
