package page_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tenths/tenths/desktop/page"
)

// A thousand changes at once make the page ask once a topic, and a change
// during the quiet time is not lost.
func TestPumpGathersBursts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(context.Background())
		var stale func(string)
		cancelled := false
		subscribe := func(f func(string)) func() {
			stale = f
			return func() { cancelled = true }
		}
		var got []string
		done := make(chan struct{})
		go func() {
			defer close(done)
			page.Pump(ctx, subscribe, func(topic string) { got = append(got, topic) })
		}()
		synctest.Wait()
		for range 1000 {
			stale("observations")
			stale("drafts")
		}
		synctest.Wait()
		stale("outbox")
		time.Sleep(2 * page.Quiet)
		synctest.Wait()
		if want := []string{"drafts", "observations", "outbox"}; !slices.Equal(got, want) {
			t.Fatalf("the page was told %v, want %v", got, want)
		}
		stale("drafts")
		time.Sleep(2 * page.Quiet)
		synctest.Wait()
		if len(got) != 4 || got[3] != "drafts" {
			t.Fatalf("a later change was lost: %v", got)
		}
		stop()
		<-done
		if !cancelled {
			t.Fatal("the subscription outlived the page")
		}
	})
}

func TestPumpWithoutSubscription(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	page.Pump(ctx, nil, func(string) { t.Fatal("told about nothing") })
}

func TestSecureConfinesThePage(t *testing.T) {
	w := httptest.NewRecorder()
	page.Secure(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", http.NoBody))
	policy := w.Header().Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "connect-src 'self'", "form-action 'none'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy %q lacks %q", policy, part)
		}
	}
	if strings.Contains(policy, "http") || strings.Contains(policy, "*") {
		t.Errorf("the policy %q lets the page reach elsewhere", policy)
	}
}
