package clio_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3filter"
	"go.uber.org/goleak"

	"github.com/tenths/tenths/billing"
	pms "github.com/tenths/tenths/sync"
	"github.com/tenths/tenths/sync/clio"
	"github.com/tenths/tenths/sync/clio/cliotest"
	"github.com/tenths/tenths/sync/connectortest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	_ pms.Connector    = (*clio.Client)(nil)
	_ pms.Pacer        = (*clio.Client)(nil)
	_ pms.MatterLister = (*clio.Client)(nil)
)

func hasBearer(_ context.Context, in *openapi3filter.AuthenticationInput) error {
	if !strings.HasPrefix(in.RequestValidationInput.Request.Header.Get("Authorization"), "Bearer ") {
		return errors.New("no bearer token")
	}
	return nil
}

func connect(t *testing.T, url string, change func(*clio.Config)) *clio.Client {
	t.Helper()
	cfg := clio.Config{URL: url, Token: clio.StaticToken(cliotest.Token), PerMinute: 6000, Timeout: 3 * time.Second}
	if change != nil {
		change(&cfg)
	}
	c, err := clio.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func fill(sim *cliotest.Sim) []cliotest.Matter {
	return sim.AddMatters(
		cliotest.Matter{Number: "2024-0113", Name: "Smith v. Jones", Client: "Ana Smith"},
		cliotest.Matter{Number: "2024-0200", Name: "Lease of 4 Elm St", Client: "Elm LLC", Status: "Pending"},
		cliotest.Matter{Number: "2023-0001", Name: "Old matter", Client: "Ana Smith", Status: "Closed"},
		cliotest.Matter{Number: "2025-0007", Name: "Estate of Doe", Client: "Doe"},
		cliotest.Matter{Number: "2025-0008", Name: "Trust of Doe", Client: "Doe"})
}

func posting(m cliotest.Matter) billing.Posting {
	return billing.Posting{Entry: "e1", MatterRemote: strconv.FormatInt(m.ID, 10), WorkDate: billing.Day{Year: 2026, Month: 11, Day: 19},
		Billed: 12, Narrative: "Telephone conference with R. Rivera re discovery", Rate: billing.Money{Cents: 35050, Currency: "USD"},
		TaskCode: "L310", ActivityCode: "A107", FirstSent: time.Now()}
}

func TestConnectorPromises(t *testing.T) {
	connectortest.Run(t, func(t *testing.T) connectortest.Subject {
		sim := startChecked(t, cliotest.Options{PageSize: 1})
		matters := fill(sim.Sim)
		return connectortest.Subject{
			Connector: func(t *testing.T) pms.Connector { return connect(t, sim.URL+"/api/v4", nil) },
			Unreachable: func(t *testing.T) pms.Connector {
				l, err := net.Listen("tcp", "127.0.0.1:0")
				if err != nil {
					t.Fatal(err)
				}
				l.Close()
				return connect(t, "http://"+l.Addr().String(), nil)
			},
			Matter: strconv.FormatInt(matters[0].ID, 10), Closed: strconv.FormatInt(matters[2].ID, 10),
			Fail:  func(f connectortest.Fault) { fail(sim.Sim, f) },
			Count: func() int { return len(sim.Activities()) },
			Posts: sim.Posts,
		}
	})
}

func fail(sim *cliotest.Sim, f connectortest.Fault) {
	method, fault := http.MethodPost, cliotest.Fault{}
	switch f {
	case connectortest.LosesRequest:
		fault.Kind = cliotest.Drop
	case connectortest.LosesReply:
		fault.Kind = cliotest.DropReply
	case connectortest.AnswersBroken:
		fault.Kind = cliotest.Truncate
	case connectortest.ErrorAfterKept:
		fault.Kind = cliotest.ErrorKept
	case connectortest.NeverAnswers:
		fault.Kind = cliotest.Hang
	case connectortest.AsksForPause:
		fault = cliotest.Fault{Kind: cliotest.Refuse, Status: 429, After: 7 * time.Second}
	case connectortest.Refuses:
		fault = cliotest.Fault{Kind: cliotest.Refuse, Status: 422}
	case connectortest.SearchBreaks:
		method, fault = http.MethodGet, cliotest.Fault{Kind: cliotest.Refuse, Status: 502}
	case connectortest.SearchRefused:
		method, fault = http.MethodGet, cliotest.Fault{Kind: cliotest.Refuse, Status: 403}
	}
	sim.Inject(method, fault)
}

// wholeConversation has the client say all that it can say.
func wholeConversation(t *testing.T, c *clio.Client, sim *cliotest.Sim, matters []cliotest.Matter) {
	t.Helper()
	ctx := t.Context()
	me, err := c.WhoAmI(ctx)
	if err != nil || me.ID != cliotest.UserID || me.Name.Reveal() != "Sam Carter" {
		t.Fatalf("WhoAmI: %+v, %v", me, err)
	}
	listed, err := c.Matters(ctx)
	if err != nil {
		t.Fatalf("Matters: %v", err)
	}
	got := map[string]billing.RemoteMatter{}
	for _, m := range listed {
		got[m.Number] = m
	}
	if len(listed) != 4 || got["2023-0001"].RemoteID != "" {
		t.Errorf("listed %d matters, want the four that are open or pending", len(listed))
	}
	if m := got["2024-0113"]; m.Name.Reveal() != "Smith v. Jones" || m.Client.Reveal() != "Ana Smith" || m.ETag == "" {
		t.Errorf("a matter came as %s of %s, etag %q", m.Name.Reveal(), m.Client.Reveal(), m.ETag)
	}
	for range 3 {
		if _, err := c.Post(ctx, posting(matters[0])); err != nil {
			t.Fatalf("Post: %v", err)
		}
	}
	plain := posting(matters[1])
	plain.Rate, plain.TaskCode, plain.ActivityCode, plain.NonBillable = billing.Money{}, "", "", true
	if _, err := c.Post(ctx, plain); err != nil {
		t.Fatalf("Post of a plain entry: %v", err)
	}
	found, err := c.Find(ctx, posting(matters[0]))
	if err != nil || len(found) != 3 {
		t.Errorf("Find over several pages: %v, %v", found, err)
	}
	all := sim.Activities()
	if len(all) != 4 {
		t.Fatalf("%d entries are there, want 4", len(all))
	}
	a := all[0]
	if a.Quantity != 720 || strings.TrimSuffix(a.Price, "0") != "350.5" || a.Date != "2026-11-19" || a.Note != posting(matters[0]).Narrative.Reveal() ||
		a.Matter != matters[0].ID || a.TaskID == 0 || a.ActivityID == 0 || a.NonBillable {
		t.Errorf("the entry arrived as %+v", a)
	}
	if b := all[3]; b.Price != "" || !b.NonBillable || b.TaskID != 0 {
		t.Errorf("the plain entry arrived as %+v", b)
	}
}

func TestWholeConversation(t *testing.T) {
	sim := startChecked(t, cliotest.Options{PageSize: 2})
	matters := fill(sim.Sim)
	wholeConversation(t, connect(t, sim.URL, nil), sim.Sim, matters)
}

func TestCodeThatClioLacksIsLeftOut(t *testing.T) {
	sim := startChecked(t, cliotest.Options{})
	m := fill(sim.Sim)[0]
	p := posting(m)
	p.TaskCode = "P999"
	if _, err := connect(t, sim.URL, nil).Post(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if a := sim.Activities()[0]; a.TaskID != 0 || a.ActivityID == 0 {
		t.Errorf("arrived as %+v", a)
	}
}

// A kept-alive connection that the server closes tempts net/http to send the
// request again on a new one.
func TestEntriesGoWithoutCodesWhereClioHasNoList(t *testing.T) {
	sim := cliotest.New(cliotest.Options{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/utbms/") {
			http.NotFound(w, r)
			return
		}
		sim.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { server.CloseClientConnections(); server.Close(); sim.Close() })
	m := fill(sim)[0]
	c := connect(t, server.URL, nil)
	if _, err := c.Post(t.Context(), posting(m)); err != nil {
		t.Fatal(err)
	}
	if got := sim.Activities(); len(got) != 1 || got[0].TaskID != 0 || got[0].ActivityID != 0 {
		t.Errorf("Clio holds %+v", got)
	}
}

func TestTransportNeverRepeatsAPost(t *testing.T) {
	sim := startChecked(t, cliotest.Options{})
	m := fill(sim.Sim)[0]
	c := connect(t, sim.URL, nil)
	if _, err := c.Post(t.Context(), posting(m)); err != nil {
		t.Fatal(err)
	}
	before := sim.Posts()
	for _, kind := range []cliotest.FaultKind{cliotest.Drop, cliotest.DropReply} {
		sim.Inject(http.MethodPost, cliotest.Fault{Kind: kind})
		_, err := c.Post(t.Context(), posting(m))
		if failed, ok := errors.AsType[*billing.OutcomeError](err); !ok || failed.Outcome != billing.Unknown {
			t.Errorf("%s: %v, want an unknown outcome", kind, err)
		}
		before++
		if sim.Posts() != before {
			t.Fatalf("%s: %d posts arrived, want %d", kind, sim.Posts(), before)
		}
	}
}

func TestOutcomeOfEachStatus(t *testing.T) {
	sim := cliotest.Start(t, cliotest.Options{})
	m := fill(sim.Sim)[0]
	want := map[int]billing.Outcome{
		307: billing.Permanent, 400: billing.Permanent, 403: billing.Permanent, 404: billing.Permanent, 408: billing.Unknown,
		409: billing.Permanent, 410: billing.Permanent, 412: billing.Permanent, 422: billing.Permanent, 429: billing.Retryable,
		500: billing.Unknown, 502: billing.Unknown, 503: billing.Unknown, 504: billing.Unknown,
	}
	for status, outcome := range want {
		c := connect(t, sim.URL, nil)
		sim.Inject(http.MethodPost, cliotest.Fault{Kind: cliotest.Refuse, Status: status, After: 2 * time.Second})
		_, err := c.Post(t.Context(), posting(m))
		failed, ok := errors.AsType[*billing.OutcomeError](err)
		if !ok || failed.Outcome != outcome || failed.Err.Msg == "" {
			t.Errorf("%d: %v, want %s", status, err, outcome)
		}
	}
	if sim.Posts() != len(want) {
		t.Errorf("%d posts arrived, want %d", sim.Posts(), len(want))
	}
}

// Whatever the minutes, the hours that Clio is told times the price are the
// amount that was approved, and the post is found again by them. What an earlier
// version sent, to the minute, is found too, so that it is not sent twice.
func TestHoursTimesPriceAreTheAmountApproved(t *testing.T) {
	sim := cliotest.Start(t, cliotest.Options{})
	m := fill(sim.Sim)[0]
	c := connect(t, sim.URL, nil)
	for _, minutes := range []int64{1, 5, 6, 10, 15, 20, 50, 72, 1439} {
		p := posting(m)
		p.Billed, p.Rate, p.Narrative = minutes, billing.Money{Cents: 40000, Currency: "USD"}, billing.Privileged(fmt.Sprint("Review of ", minutes))
		if _, err := c.Post(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		sent := sim.Activities()
		a := sent[len(sent)-1]
		hundredths := a.Quantity / 36
		if hundredths != math.Trunc(hundredths) || int64(hundredths)*40000/100 != billing.LineAmount(minutes, p.Rate).Cents {
			t.Errorf("%d minutes are %v s, and %s were approved", minutes, a.Quantity, billing.LineAmount(minutes, p.Rate))
		}
		if found, err := c.Find(t.Context(), p); err != nil || len(found) != 1 {
			t.Errorf("%d minutes: found %v, %v", minutes, found, err)
		}
		p.Narrative = billing.Privileged(fmt.Sprint("Earlier review of ", minutes))
		sim.AddActivity(cliotest.Activity{Date: "2026-11-19", Quantity: float64(minutes * 60), Note: p.Narrative.Reveal(), Matter: m.ID, CreatedAt: time.Now()})
		if found, err := c.Find(t.Context(), p); err != nil || len(found) != 1 {
			t.Errorf("%d minutes as sent before: found %v, %v", minutes, found, err)
		}
	}
}

// An identical entry typed into Clio by hand last week is not the one sent now.
func TestFindLooksNoFurtherBackThanTheFirstAttempt(t *testing.T) {
	sim := cliotest.Start(t, cliotest.Options{})
	m := fill(sim.Sim)[0]
	p := posting(m)
	sim.AddActivity(cliotest.Activity{Date: "2026-11-19", Quantity: 720, Note: p.Narrative.Reveal(), Matter: m.ID,
		CreatedAt: time.Now().Add(-5 * time.Minute)})
	if found, err := connect(t, sim.URL, nil).Find(t.Context(), p); err != nil || len(found) != 0 {
		t.Errorf("found %v, %v", found, err)
	}
}

// A machine whose clock is ahead of Clio's must still find its own post.
func TestFindAllowsForWrongClocks(t *testing.T) {
	for _, wrong := range []time.Duration{-3 * time.Hour, 0, 3 * time.Hour} {
		sim := cliotest.Start(t, cliotest.Options{})
		m := fill(sim.Sim)[0]
		clock := func() time.Time { return time.Now().Add(wrong) }
		c := connect(t, sim.URL, func(cfg *clio.Config) { cfg.Now = clock })
		p := posting(m)
		p.FirstSent = clock()
		sim.Inject(http.MethodPost, cliotest.Fault{Kind: cliotest.DropReply})
		if _, err := c.Post(t.Context(), p); err == nil {
			t.Fatal("the fault did not strike")
		}
		if found, err := c.Find(t.Context(), p); err != nil || len(found) != 1 {
			t.Errorf("clock wrong by %s: found %v, %v", wrong, found, err)
		}
	}
}

func TestHiddenHoursAreNotAbsence(t *testing.T) {
	sim := cliotest.Start(t, cliotest.Options{HideHours: true})
	m := fill(sim.Sim)[0]
	c := connect(t, sim.URL, nil)
	p := posting(m)
	if _, err := c.Post(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if found, err := c.Find(t.Context(), p); err == nil {
		t.Errorf("found %v without an error, though the hours are hidden", found)
	}
}

func TestAddressWithoutPathIsTriedWithOne(t *testing.T) {
	for prefix, path := range map[string]string{"/": "", "/api/v4": "", "/sandbox": "/sandbox"} {
		sim := cliotest.Start(t, cliotest.Options{Prefix: prefix})
		if _, err := connect(t, sim.URL+path, nil).WhoAmI(t.Context()); err != nil {
			t.Errorf("API at %s, configured %q: %v", prefix, path, err)
		}
	}
	sim := cliotest.Start(t, cliotest.Options{Prefix: "/elsewhere"})
	_, err := connect(t, sim.URL, nil).WhoAmI(t.Context())
	if billing.KindOf(err) != billing.NotFound {
		t.Errorf("no Clio there: %v", err)
	}
}

func TestParseURL(t *testing.T) {
	for in, want := range map[string]string{
		"us": "https://app.clio.com/api/v4", "EU": "https://eu.app.clio.com/api/v4", " au ": "https://au.app.clio.com/api/v4",
		"https://app.clio.com/": "https://app.clio.com/api/v4", "https://app.clio.com/api/v4/": "https://app.clio.com/api/v4",
		"http://127.0.0.1:4011/": "http://127.0.0.1:4011", "http://127.0.0.1:4020/api/v4": "http://127.0.0.1:4020/api/v4",
		"https://clio.com.evil.example": "https://clio.com.evil.example",
		"":                              "", "nz": "", "ftp://app.clio.com": "", "http://app.clio.com": "", "https://u:p@app.clio.com": "", "https://x/?q": "",
	} {
		u, err := clio.ParseURL(in)
		if want == "" {
			if billing.KindOf(err) != billing.Invalid || err == nil {
				t.Errorf("%q: %v, %v; want it refused", in, u, err)
			}
			continue
		}
		if err != nil || u.String() != want {
			t.Errorf("%q: %v, %v; want %s", in, u, err, want)
		}
	}
}

// The client starts with what it was told, 10 a minute, and learns from the
// first answer that more is allowed; else this would take over half a minute.
func TestLimitIsLearntFromAnswers(t *testing.T) {
	sim := cliotest.Start(t, cliotest.Options{PerMinute: 6000})
	m := fill(sim.Sim)[0]
	c := connect(t, sim.URL, func(cfg *clio.Config) { cfg.PerMinute = 10 })
	began := time.Now()
	for range 12 {
		if err := c.Pace(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Post(t.Context(), posting(m)); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}

func TestPostSaysSoWhenTheLimitIsReached(t *testing.T) {
	sim := cliotest.Start(t, cliotest.Options{PerMinute: 4})
	m := fill(sim.Sim)[0]
	c := connect(t, sim.URL, nil)
	p := posting(m)
	p.TaskCode, p.ActivityCode = "", ""
	for range 6 {
		if _, err := c.Post(t.Context(), p); err != nil {
			failed, ok := errors.AsType[*billing.OutcomeError](err)
			if !ok || failed.Outcome != billing.Retryable || failed.After <= 0 || failed.After > time.Minute {
				t.Fatalf("%v", err)
			}
			if n := sim.Requests(); n > 4 {
				t.Errorf("%d requests went out, 4 are allowed", n)
			}
			return
		}
	}
	t.Error("the limit was never reached")
}

// A link to the next page that leads elsewhere must not take the token along.
func TestNextPageStaysWithClio(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("a request went elsewhere: %s", r.URL.Path)
	}))
	t.Cleanup(elsewhere.Close)
	pages := 0
	here := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "who_am_i.json") {
			fmt.Fprint(w, `{"data":{"id":7}}`)
			return
		}
		pages++ // and each page names the same next one, for ever
		fmt.Fprintf(w, `{"data":[],"meta":{"paging":{"next":"%s/matters.json?page_token=abc"}}}`, elsewhere.URL)
	}))
	t.Cleanup(here.Close)
	if _, err := connect(t, here.URL, nil).Matters(t.Context()); err == nil {
		t.Error("pages that go round in a circle are not an error")
	}
	if pages != 2 {
		t.Errorf("%d pages were read, want 2", pages)
	}
}
