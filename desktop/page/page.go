// Package page holds what every host of the page does alike, whether the page
// is in a window or in a browser: the headers that keep it from reaching the
// network, and the pace at which it is told what went stale. It must not know
// what the page shows.
package page

import "net/http"

// Policy is the Content-Security-Policy of the page: everything it loads comes
// from the program itself, and it can send nothing elsewhere. Styles may be
// inline, as Svelte's transitions and computed widths are; scripts may not.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Secure adds the headers that confine the page to what next serves.
func Secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", Policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
