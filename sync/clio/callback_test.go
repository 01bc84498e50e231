package clio

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

// Whatever the browser brings, a code counts only with this sign-in's state,
// and nothing of it is shown.
func FuzzCallback(f *testing.F) {
	f.Add("state=right&code=abc")
	f.Add("state=wrong&code=<script>alert(1)</script>")
	f.Add("state=right&error=access_denied")
	f.Add("state=right&state=wrong&code=a;b%zz")
	f.Fuzz(func(t *testing.T, query string) {
		answer := make(chan callback, 1)
		w := httptest.NewRecorder()
		receive("right", answer).ServeHTTP(w, &http.Request{Method: http.MethodGet, Host: "127.0.0.1", URL: &url.URL{Path: callbackPath, RawQuery: query}})
		got := <-answer
		values, _ := url.ParseQuery(query) // what can be read of it, as the handler does
		if ok := values.Get("state") == "right" && values.Get("error") != "access_denied" && values.Get("code") != ""; ok != (got.err == nil) {
			t.Errorf("%q: %v", query, got.err)
		}
		if got.err != nil && got.code != "" {
			t.Errorf("%q: a code was passed on with an error", query)
		}
		if (got.err == nil) != (w.Code == http.StatusOK) && values.Get("error") != "access_denied" {
			t.Errorf("%q: answered %d", query, w.Code)
		}
	})
}
