package app_test

import (
	"strings"
	"testing"
	"time"
)

// A timer that was forgotten over the weekend is said to be one.
func TestDoctorFindsAForgottenTimer(t *testing.T) {
	b := on(t, "boot", "America/New_York", "2026-11-19 09:00")
	if _, err := b.timers().Start(t.Context(), "call", ""); err != nil {
		t.Fatal(err)
	}
	forgotten := func() string {
		list, err := b.Examine(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range list {
			if !f.OK && strings.HasPrefix(f.What, "timer") {
				return f.Says + "; " + f.Remedy
			}
		}
		return ""
	}
	b.work(8 * time.Hour)
	if got := forgotten(); got != "" {
		t.Errorf("after a working day: %s", got)
	}
	b.work(23 * time.Hour)
	if got := forgotten(); !strings.Contains(got, "running for 31 hours; if it was forgotten, tenths timer stop 1") {
		t.Errorf("after 31 hours: %q", got)
	}
}
