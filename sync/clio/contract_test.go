package clio_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers/legacy"

	"github.com/tenths/tenths/internal/peer"
	"github.com/tenths/tenths/sync/clio/cliotest"
)

func description(t *testing.T, path string) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// startChecked runs a stand-in that holds every request and every answer to
// openapi.yaml, and fails the test for each that breaks it.
func startChecked(t *testing.T, opts cliotest.Options) *cliotest.Server {
	t.Helper()
	doc := description(t, "openapi.yaml")
	doc.Servers = openapi3.Servers{{URL: "/api/v4"}}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	sim := cliotest.New(opts)
	check := func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/api/v4/") {
			sim.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		route, params, err := router.FindRoute(r)
		if err != nil {
			t.Errorf("%s %s: %v", r.Method, r.URL, err)
			return
		}
		in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route,
			Options: &openapi3filter.Options{AuthenticationFunc: hasBearer, MultiError: true}}
		if err := openapi3filter.ValidateRequest(r.Context(), in); err != nil {
			t.Errorf("the request breaks the contract: %s %s: %v", r.Method, r.URL, err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		seen := &copied{ResponseWriter: w, status: http.StatusOK}
		sim.ServeHTTP(seen, r) // hanging up is a panic, which is left to the server
		out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: seen.status, Header: w.Header(),
			Body: io.NopCloser(&seen.body)}
		if err := openapi3filter.ValidateResponse(r.Context(), out); err != nil {
			t.Errorf("the answer breaks the contract: %s %s: %v", r.Method, r.URL, err)
		}
	}
	h := httptest.NewServer(http.HandlerFunc(check))
	t.Cleanup(func() {
		sim.Close()
		h.CloseClientConnections()
		h.Close()
	})
	return &cliotest.Server{Sim: sim, URL: h.URL}
}

type copied struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (c *copied) WriteHeader(status int) { c.status = status; c.ResponseWriter.WriteHeader(status) }
func (c *copied) Flush()                 { c.ResponseWriter.(http.Flusher).Flush() }
func (c *copied) Write(p []byte) (int, error) {
	c.body.Write(p)
	return c.ResponseWriter.Write(p)
}

// Our description must promise nothing that Clio's published one does not have.
func TestDescriptionIsPartOfPublishedOne(t *testing.T) {
	published := description(t, peer.Shared(t, "contracts", "clio", "clio.openapi.json"))
	ours := description(t, "openapi.yaml")
	if err := ours.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for path, item := range ours.Paths.Map() {
		theirs := published.Paths.Find(path)
		if theirs == nil {
			t.Errorf("%s is not published", path)
			continue
		}
		for method, op := range item.Operations() {
			at := method + " " + path
			real := theirs.GetOperation(method)
			if real == nil {
				t.Errorf("%s is not published", at)
				continue
			}
			for _, p := range op.Parameters {
				q := real.Parameters.GetByInAndName(p.Value.In, p.Value.Name)
				if q == nil {
					t.Errorf("%s: parameter %s is not published", at, p.Value.Name)
					continue
				}
				subset(t, at+" "+p.Value.Name, p.Value.Schema.Value, q.Schema.Value)
			}
			if op.RequestBody != nil {
				subset(t, at+" body", op.RequestBody.Value.Content.Get("application/json").Schema.Value,
					real.RequestBody.Value.Content.Get("application/json").Schema.Value)
			}
			for code, answer := range op.Responses.Map() {
				if code == "default" {
					continue
				}
				r := real.Responses.Value(code)
				if r == nil {
					t.Errorf("%s: answer %s is not published", at, code)
					continue
				}
				var content *openapi3.MediaType
				for kind, c := range r.Value.Content {
					if strings.HasPrefix(kind, "application/json") {
						content = c
					}
				}
				subset(t, at+" "+code, answer.Value.Content.Get("application/json").Schema.Value, content.Schema.Value)
			}
		}
	}
}

// subset checks that what ours names exists in theirs, of the same type.
func subset(t *testing.T, at string, ours, theirs *openapi3.Schema) {
	t.Helper()
	for _, part := range theirs.AllOf {
		for name, s := range part.Value.Properties {
			if theirs.Properties == nil {
				theirs.Properties = openapi3.Schemas{}
			}
			theirs.Properties[name] = s
		}
		for _, inner := range part.Value.AllOf {
			for name, s := range inner.Value.Properties {
				theirs.Properties[name] = s
			}
		}
	}
	if kind := theirs.Type; kind != nil && !slices.Equal(*kind, *ours.Type) {
		t.Errorf("%s: ours is %v, published %v", at, *ours.Type, *kind)
	}
	for _, v := range ours.Enum {
		if !slices.Contains(theirs.Enum, v) {
			t.Errorf("%s: %v is not published", at, v)
		}
	}
	for name, s := range ours.Properties {
		if name == "meta" { // paging is described in prose only
			continue
		}
		real := theirs.Properties[name]
		if real == nil {
			t.Errorf("%s.%s is not published", at, name)
			continue
		}
		subset(t, at+"."+name, s.Value, real.Value)
	}
	if ours.Items != nil && theirs.Items != nil {
		subset(t, at+"[]", ours.Items.Value, theirs.Items.Value)
	}
}

// Prism knows the published contract and nothing of us. It stands between the
// client and the stand-in, and lets nothing pass that breaks it, on either side.
func TestPrismAgrees(t *testing.T) {
	contract := peer.Shared(t, "contracts", "clio", "clio.strict.openapi.json")
	sim := cliotest.Start(t, cliotest.Options{Prefix: "/", PageSize: 2})
	matters := fill(sim.Sim)
	c := connect(t, peer.StartPrism(t, filepath.Clean(contract), sim.URL), nil)
	wholeConversation(t, c, sim.Sim, matters)
}
