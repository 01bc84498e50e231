package cliotest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// create is the body of a post, as far as the stand-in takes it. What Clio
// ignores silently, such as quantity_in_hours, is refused, to find mistakes.
type create struct {
	Data *struct {
		Type        string       `json:"type"`
		Date        string       `json:"date"`
		Quantity    *float64     `json:"quantity"`
		Note        string       `json:"note"`
		Matter      *ref         `json:"matter"`
		User        *ref         `json:"user"`
		Price       *json.Number `json:"price"`
		NonBillable bool         `json:"non_billable"`
		NoCharge    bool         `json:"no_charge"`
		Description *struct {
			ID       int64 `json:"id"`
			Task     int64 `json:"utbms_task_id"`
			Activity int64 `json:"utbms_activity_id"`
		} `json:"activity_description"`
	} `json:"data"`
}

type ref struct {
	ID int64 `json:"id"`
}

func (s *Sim) createActivity(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return // the client went away in the middle
	}
	s.mu.Lock()
	s.posts++
	s.mu.Unlock()
	a, status, problem := s.parse(body)
	if problem != "" {
		fail(w, status, "InvalidRequest", problem)
		return
	}
	commit := func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		a = s.keep(a)
	}
	reply := func(w http.ResponseWriter) { one(w, r, http.StatusCreated, s.record(a)) }
	if s.misbehave(w, r, s.nextFault(http.MethodPost), commit, reply) {
		return
	}
	commit()
	reply(w)
}

func (s *Sim) parse(body []byte) (a Activity, status int, problem string) {
	var c create
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil || c.Data == nil {
		return a, http.StatusUnprocessableEntity, fmt.Sprintf("the body is not understood: %v", err)
	}
	d := c.Data
	if _, err := time.Parse(time.DateOnly, d.Date); err != nil || d.Type != "TimeEntry" {
		return a, http.StatusUnprocessableEntity, "date and type are required"
	}
	if d.Quantity == nil || *d.Quantity < 0 || d.Matter == nil {
		return a, http.StatusUnprocessableEntity, "quantity and matter are required here"
	}
	m, ok := s.matter(d.Matter.ID)
	if !ok {
		return a, http.StatusNotFound, "no such matter"
	}
	if m.Status == "Closed" {
		return a, http.StatusUnprocessableEntity, "the matter is closed"
	}
	a = Activity{Date: d.Date, Quantity: *d.Quantity, Note: d.Note, Matter: m.ID, User: UserID, NonBillable: d.NonBillable}
	if d.Price != nil {
		a.Price = d.Price.String()
	}
	if d.Description != nil {
		a.TaskID, a.ActivityID = d.Description.Task, d.Description.Activity
		if max(a.TaskID, a.ActivityID) > int64(len(utbms)) {
			return a, http.StatusUnprocessableEntity, "no such UTBMS code"
		}
	}
	return a, 0, ""
}

func (s *Sim) matter(id int64) (Matter, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.matters {
		if m.ID == id {
			return m, true
		}
	}
	return Matter{}, false
}

// keep adds a; s.mu is held.
func (s *Sim) keep(a Activity) Activity {
	s.lastID++
	a.ID = s.lastID
	a.ETag = fmt.Sprintf(`"activity-%d-1"`, a.ID)
	if a.CreatedAt.IsZero() {
		a.CreatedAt = s.opts.Now()
	}
	if a.User == 0 {
		a.User = UserID
	}
	s.activities = append(s.activities, a)
	return a
}

func (s *Sim) record(a Activity) record {
	x := record{"id": a.ID, "etag": a.ETag, "type": "TimeEntry", "date": a.Date, "quantity": a.Quantity, "quantity_redacted": false,
		"note": a.Note, "non_billable": a.NonBillable, "billed": false, "created_at": a.CreatedAt.UTC().Format(time.RFC3339),
		"matter": record{"id": a.Matter, "etag": fmt.Sprintf(`"matter-%d"`, a.Matter)},
		"user":   record{"id": a.User, "etag": `"user"`}}
	if s.opts.HideHours {
		delete(x, "quantity")
		x["quantity_redacted"] = true
		x["quantity"] = nil
	}
	return x
}

func (s *Sim) listActivities(w http.ResponseWriter, r *http.Request) {
	f := s.nextFault(http.MethodGet)
	if s.misbehave(w, r, f, func() {}, func(w http.ResponseWriter) {}) {
		return
	}
	q := r.URL.Query()
	from, err1 := day(q, "start_date")
	to, err2 := day(q, "end_date")
	since, err3 := instant(q, "created_since")
	matter, err4 := number(q, "matter_id")
	user, err5 := number(q, "user_id")
	for _, err := range []error{err1, err2, err3, err4, err5} {
		if err != nil {
			fail(w, http.StatusBadRequest, "ArgumentError", err.Error())
			return
		}
	}
	s.mu.Lock()
	var all []record
	for _, a := range s.activities {
		if (from == "" || a.Date >= from) && (to == "" || a.Date <= to) && !a.CreatedAt.Before(since) &&
			(matter == 0 || a.Matter == matter) && (user == 0 || a.User == user) {
			all = append(all, s.record(a))
		}
	}
	s.mu.Unlock()
	s.page(w, r, all)
}

// day reads a date, which may be written as an instant.
func day(q url.Values, name string) (string, error) {
	text := q.Get(name)
	if text == "" {
		return "", nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC().Format(time.DateOnly), nil
	}
	_, err := time.Parse(time.DateOnly, text)
	return text, err
}

func instant(q url.Values, name string) (t time.Time, err error) {
	if text := q.Get(name); text != "" {
		t, err = time.Parse(time.RFC3339, text)
	}
	return t, err
}

func number(q url.Values, name string) (n int64, err error) {
	if text := q.Get(name); text != "" {
		n, err = strconv.ParseInt(text, 10, 64)
	}
	return n, err
}
