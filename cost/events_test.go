//go:build linux

package cost

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/internal/peer"
)

// fill replaces the calendar by one of so many meetings, in one request.
func fill(b *testing.B, r *peer.Radicale, events int) {
	b.Helper()
	var text strings.Builder
	text.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//cost//EN\r\n")
	for i := range events {
		at := time.Date(2024, 1, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(i) * 5 * time.Hour).Format("20060102T150405Z")
		fmt.Fprintf(&text, "BEGIN:VEVENT\r\nUID:event-%d\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:%s\r\nDURATION:PT1H\r\n"+
			"SUMMARY:Call about the lease number %d\r\nLOCATION:Room %d\r\nORGANIZER:mailto:b%d@firm.example\r\n"+
			"ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@firm.example\r\nATTENDEE;PARTSTAT=ACCEPTED;CN=Luz Rivera:mailto:luz%d@rivera.example\r\nEND:VEVENT\r\n",
			i, at, i, i%9, i%50, i%40)
	}
	text.WriteString("END:VCALENDAR\r\n")
	req, err := http.NewRequestWithContext(b.Context(), http.MethodPut, r.URL, strings.NewReader(text.String()))
	if err != nil {
		b.Fatal(err)
	}
	req.SetBasicAuth(r.User, r.Password)
	req.Header.Set("Content-Type", "text/calendar; charset=utf-8")
	res, err := (&http.Client{Timeout: 5 * time.Minute}).Do(req)
	if err != nil {
		b.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusCreated {
		b.Fatalf("the calendar was not taken: status %d", res.StatusCode)
	}
}
