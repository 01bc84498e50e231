package billing_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

func spans(t *rapid.T, label string) []billing.Span {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) billing.Span {
		start := rapid.Int64Range(0, 100).Draw(t, "start")
		return billing.Span{Start: time.Unix(start, 0), End: time.Unix(start+rapid.Int64Range(0, 20).Draw(t, "length"), 0)}
	}), 0, 10).Draw(t, label)
}

// covers says which seconds of the first two minutes spans cover.
func covers(spans []billing.Span) (out [130]bool) {
	for i := range out {
		for _, s := range spans {
			out[i] = out[i] || s.Contains(time.Unix(int64(i), 0))
		}
	}
	return out
}

func TestSpanLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := spans(t, "a"), spans(t, "b")
		u := billing.Union(a)
		if covers(u) != covers(a) {
			t.Fatal("a union covers other seconds")
		}
		for i := 1; i < len(u); i++ {
			if !u[i].Start.After(u[i-1].End) {
				t.Fatalf("%v and %v touch", u[i-1], u[i])
			}
		}
		taken := billing.Union(b)
		for _, s := range a {
			left := billing.Subtract(s, taken)
			want, in, out := covers(left), covers([]billing.Span{s}), covers(taken)
			for i := range want {
				if want[i] != (in[i] && !out[i]) {
					t.Fatalf("%v without %v is %v", s, taken, left)
				}
			}
			for _, x := range taken {
				if s.Intersect(x).Seconds() < 0 {
					t.Fatal("a negative intersection")
				}
			}
		}
	})
}

func TestPrivilegedTextDoesNotPrint(t *testing.T) {
	secret := billing.Privileged("Smith divorce")
	o := billing.Observation{Subject: secret, With: []billing.Party{{Name: secret}}}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "subject", secret, "observation", o)
	for _, got := range []string{fmt.Sprint(secret), fmt.Sprintf("%s %v %+v %#v %q", secret, secret, o, o, secret), log.String()} {
		if strings.Contains(got, "Smith") {
			t.Errorf("it says %s", got)
		}
	}
	text, err := json.Marshal(secret)
	if err != nil || string(text) != `"Smith divorce"` {
		t.Errorf("it is stored as %s, %v", text, err)
	}
}

func TestParseContact(t *testing.T) {
	for in, want := range map[string]billing.Contact{
		"Dana@Reed.example": {Address: "dana@reed.example"},
		"Dana Reed <dana@reed.example> (opposing counsel)": {Name: "Dana Reed", Address: "dana@reed.example", Role: billing.ContactOpposingCounsel},
		`"Reed, Dana" <dana@reed.example>`:                 {Name: "Reed, Dana", Address: "dana@reed.example"},
		"dana@reed.example (Client)":                       {Address: "dana@reed.example", Role: billing.ContactClient},
		"Clerk of the Court (court)":                       {Name: "Clerk of the Court", Role: billing.ContactCourt},
	} {
		if got := billing.ParseContact(in); got != want {
			t.Errorf("%s reads as %#v, %q %q", in, got, string(got.Name), string(got.Address))
		}
	}
}
