package bridge

import (
	"testing"

	"github.com/tenths/tenths/billing"
)

func TestPartsMustBeWhole(t *testing.T) {
	_, err := (&Window{}).Split("draft", []int{6, 6}, []string{"one"}, []string{"", ""})
	if billing.KindOf(err) != billing.Invalid {
		t.Errorf("two minutes and one narrative: %v", err)
	}
}

func TestNoDayIsToday(t *testing.T) {
	if d, err := dayOrToday(""); err != nil || !d.IsZero() {
		t.Errorf("no day is %v, %v", d, err)
	}
	if d, err := dayOrToday("2026-11-20"); err != nil || d.String() != "2026-11-20" {
		t.Errorf("a day is %v, %v", d, err)
	}
	if _, err := dayOrToday("yesterday"); err == nil {
		t.Error("yesterday is no day")
	}
}
