package cliotest

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// record is one object of the API, with all its fields; a nested record is one too.
type record map[string]any

// api wraps a handler of the API in what every answer has: authentication, the
// rate limit and the version.
func (s *Sim) api(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		now := s.opts.Now()
		w.Header().Set("Date", now.UTC().Format(http.TimeFormat))
		s.mu.Lock()
		s.requests++
		token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		ends, known := s.tokens[token]
		wait := s.allow(w, now)
		s.mu.Unlock()
		switch {
		case token != Token && (!known || now.After(ends)):
			fail(w, http.StatusUnauthorized, "Unauthorized", "The access token is missing, wrong or expired.")
		case wait > 0:
			w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
			fail(w, http.StatusTooManyRequests, "RateLimited", "Too many requests.")
		case !slices.Contains([]string{"", "4.0.9", "4.0.10", "4.0.13"}, r.Header.Get("X-API-VERSION")):
			fail(w, http.StatusGone, "Gone", "No such version.")
		default:
			w.Header().Set("X-API-VERSION", cmp.Or(r.Header.Get("X-API-VERSION"), "4.0.13"))
			h(w, r)
		}
	}
}

// allow counts a request in the current minute and returns how long to wait
// when there were too many.
func (s *Sim) allow(w http.ResponseWriter, now time.Time) time.Duration {
	if s.opts.PerMinute == 0 {
		return 0
	}
	if now.Sub(s.window) >= time.Minute {
		s.window, s.used = now, 0
	}
	s.used++
	reset := s.window.Add(time.Minute)
	w.Header().Set("X-RateLimit-Limit", strconv.Itoa(s.opts.PerMinute))
	w.Header().Set("X-RateLimit-Remaining", strconv.Itoa(max(s.opts.PerMinute-s.used, 0)))
	w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(reset.Unix(), 10))
	if s.used > s.opts.PerMinute {
		return reset.Sub(now)
	}
	return 0
}

func (s *Sim) whoAmI(w http.ResponseWriter, r *http.Request) {
	one(w, r, http.StatusOK, record{"id": int64(UserID), "etag": `"user-7"`, "name": "Sam Carter",
		"first_name": "Sam", "last_name": "Carter", "email": "sam@carter.example", "enabled": true, "time_zone": "America/New_York"})
}

func (s *Sim) listMatters(w http.ResponseWriter, r *http.Request) {
	status := r.URL.Query().Get("status")
	s.mu.Lock()
	var all []record
	for _, m := range s.matters {
		if status != "" && !strings.EqualFold(status, m.Status) {
			continue
		}
		all = append(all, record{"id": m.ID, "etag": fmt.Sprintf(`"matter-%d"`, m.ID), "display_number": m.Number,
			"description": m.Name, "status": m.Status, "billable": true,
			"client": record{"id": m.ID + 500000, "etag": `"contact"`, "name": m.Client, "type": "Person"}})
	}
	s.mu.Unlock()
	s.page(w, r, all)
}

func (s *Sim) listCodes(w http.ResponseWriter, r *http.Request) {
	kind := r.URL.Query().Get("type")
	var all []record
	for i, c := range utbms {
		code, name, _ := strings.Cut(c, " ")
		is := map[bool]string{true: "UtbmsActivity", false: "UtbmsTask"}[code[0] == 'A']
		if kind == "" || kind == is {
			all = append(all, record{"id": int64(i + 1), "etag": fmt.Sprintf(`"utbms-%d"`, i+1), "code": code, "name": name,
				"type": is, "utbms_set_id": int64(1)})
		}
	}
	s.page(w, r, all)
}

// utbms holds a few of the ABA's litigation task codes and activity codes.
var utbms = []string{
	"L110 Fact Investigation/Development", "L120 Analysis/Strategy", "L130 Experts/Consultants", "L160 Settlement/Non-Binding ADR",
	"L190 Other Case Assessment", "L210 Pleadings", "L240 Dispositive Motions", "L250 Other Written Motions and Submissions",
	"L310 Written Discovery", "L320 Document Production", "L330 Depositions", "L350 Discovery Motions", "L450 Trial and Hearing Attendance",
	"A101 Plan and prepare for", "A102 Research", "A103 Draft/revise", "A104 Review/analyze", "A105 Communicate (in firm)",
	"A106 Communicate (with client)", "A107 Communicate (other outside counsel)", "A108 Communicate (other external)",
	"A109 Appear for/attend", "A110 Manage data/files", "A111 Other",
}

// page answers with one page of all, which is sorted by id.
func (s *Sim) page(w http.ResponseWriter, r *http.Request, all []record) {
	q := r.URL.Query()
	limit := s.opts.PageSize
	if l := q.Get("limit"); l != "" {
		n, err := strconv.Atoi(l)
		if err != nil || n < 1 || n > 200 {
			fail(w, http.StatusBadRequest, "ArgumentError", "limit is 1 to 200")
			return
		}
		limit = min(limit, n)
	}
	var after int64
	if token := q.Get("page_token"); token != "" {
		text, err := base64.RawURLEncoding.DecodeString(token)
		if err == nil {
			after, err = strconv.ParseInt(string(text), 10, 64)
		}
		if err != nil {
			fail(w, http.StatusBadRequest, "ArgumentError", "page_token is invalid")
			return
		}
	}
	total := len(all)
	all = slices.DeleteFunc(all, func(x record) bool { return x["id"].(int64) <= after })
	paging := record{}
	if len(all) > limit {
		all = all[:limit]
		last := strconv.FormatInt(all[limit-1]["id"].(int64), 10)
		q.Set("page_token", base64.RawURLEncoding.EncodeToString([]byte(last)))
		paging["next"] = (&url.URL{Scheme: "http", Host: r.Host, Path: r.URL.Path, RawQuery: q.Encode()}).String()
	}
	data := []record{}
	for _, x := range all {
		y, err := x.pick(q.Get("fields"))
		if err != nil {
			fail(w, http.StatusBadRequest, "InvalidFields", err.Error())
			return
		}
		data = append(data, y)
	}
	answer(w, http.StatusOK, record{"data": data, "meta": record{"paging": paging, "records": total}})
}

// one answers with a single record.
func one(w http.ResponseWriter, r *http.Request, status int, x record) {
	y, err := x.pick(r.URL.Query().Get("fields"))
	if err != nil {
		fail(w, http.StatusBadRequest, "InvalidFields", err.Error())
		return
	}
	w.Header().Set("ETag", x["etag"].(string))
	answer(w, status, record{"data": y})
}

// pick returns the fields of x that were asked for: id and etag unless said
// otherwise, and the same of nested records, which may be opened one level deep.
func (x record) pick(fields string) (record, error) {
	y := record{}
	if fields == "" {
		fields = "id,etag"
	}
	for fields != "" {
		end := strings.IndexAny(fields, ",{")
		if end < 0 {
			end = len(fields)
		}
		name, rest, inner := fields[:end], fields[end:], "id,etag"
		if strings.HasPrefix(rest, "{") {
			stop := strings.IndexByte(rest, '}')
			if stop < 0 {
				return nil, fmt.Errorf("a brace is open")
			}
			inner, rest = rest[1:stop], rest[stop+1:]
			if strings.Contains(inner, "{") {
				return nil, fmt.Errorf("fields nest one level deep only")
			}
		}
		fields = strings.TrimPrefix(rest, ",")
		value, ok := x[name]
		if !ok {
			return nil, fmt.Errorf("%q is not a field", name)
		}
		if nested, ok := value.(record); ok {
			picked, err := nested.pick(inner)
			if err != nil {
				return nil, err
			}
			value = picked
		}
		y[name] = value
	}
	return y, nil
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body) // a client that has gone needs no answer
}

func fail(w http.ResponseWriter, status int, kind, message string) {
	answer(w, status, record{"error": record{"type": kind, "message": message}})
}
