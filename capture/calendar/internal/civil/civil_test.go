package civil_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/capture/calendar/internal/civil"
)

// The standard library's calendar is the reference.
func TestAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unix := rapid.Int64Range(-62135596800, 253402300799).Draw(t, "unix")
		want := time.Unix(unix, 0).UTC()
		got := civil.FromUnix(unix, 0)
		year, month, day := civil.Date(got.Days())
		if wy, wm, wd := want.Date(); year != wy || month != int(wm) || day != wd {
			t.Fatalf("%v: got %d-%d-%d", want, year, month, day)
		}
		if civil.Weekday(got.Days()) != want.Weekday() {
			t.Fatalf("%v: got %v", want, civil.Weekday(got.Days()))
		}
		if civil.Of(year, month, day, 0, 0, int(got.Clock())) != got {
			t.Fatalf("%v does not come back", want)
		}
		if n := civil.MonthLength(year, month); n != time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day() {
			t.Fatalf("%v: month of %d days", want, n)
		}
	})
}
