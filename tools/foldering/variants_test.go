package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tenths/tenths/tools/internal/filed"
)

// Variants move no message but where they say so, and label every one.
func TestVariantsKeepTheOrder(t *testing.T) {
	box, err := filed.Read(mailbox(t, 200))
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, m := range box {
		at[m.File] = i
	}
	for _, v := range variantsOf("box", box, 20) {
		last := -1
		for _, m := range v.messages {
			if m.Label == "" {
				t.Errorf("%s: %s has no label", v.name, m.File)
			}
			if now := at[m.File]; now < last && !strings.HasSuffix(v.name, "in any order") {
				t.Errorf("%s: %s comes after a later one", v.name, m.File)
			} else {
				last = now
			}
		}
	}
}

// The baseline learns what anything would: a folder for each sender.
func TestSVM(t *testing.T) {
	box, err := filed.Read(mailbox(t, 90))
	if err != nil {
		t.Fatal(err)
	}
	if got := measureSVM(variant{"box", 30, box}); got < 95 {
		t.Errorf("%.1f %% right where every sender has a folder", got)
	}
	var out strings.Builder
	writeRows(&out, []row{{name: "a", svm: 50, block: 60, blockKnown: 58, feedback: 70, fbKnow: 69}, {name: "b", svm: 70, block: 60, blockKnown: 60, feedback: 80, fbKnow: 80}})
	for _, want := range []string{"mean", fmt.Sprintf("%.1f", 60.0), "-10.0"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, &out)
		}
	}
}
