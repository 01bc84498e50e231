package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/app"
)

// hostile is text in which anything may stand that a subject can hold.
var hostile = rapid.Custom(func(t *rapid.T) string {
	part := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"\x1b[2J", "\x1b]0;owned\x07", "\r", "\u202e", "\u2066", "\u2069",
		"\u200f", "\u061c", "\u009b1m", "\u2028", "\x7f", "\xff\x9b", "Müller", "משה", "👩🏽‍⚖️"}))
	return strings.Join(rapid.SliceOfN(part, 0, 8).Draw(t, "parts"), "")
})

// However text is cut into writes, nothing that commands a terminal comes out of
// it, and all that is seen does.
func TestNoTextCommandsATerminal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := hostile.Draw(t, "text")
		var out bytes.Buffer
		f := &filter{w: &out, as: dropped}
		for rest := []byte(text); len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "written at once")
			if got, err := f.Write(rest[:n]); got != n || err != nil {
				t.Fatal(got, err)
			}
			rest = rest[n:]
		}
		f.end()
		got := out.String()
		if !utf8.ValidString(got) || strings.ContainsFunc(got, obeys) {
			t.Fatalf("%q comes out as %q", text, got)
		}
		seen := strings.Map(func(r rune) rune {
			if obeys(r) || r == utf8.RuneError {
				return -1
			}
			return r
		}, text)
		if kept := strings.Map(func(r rune) rune {
			if r == utf8.RuneError {
				return -1
			}
			return r
		}, got); strings.ReplaceAll(kept, " ", "") != strings.ReplaceAll(seen, " ", "") {
			t.Fatalf("%q comes out as %q", text, got)
		}
	})
}

// JSON is the same data, and safe to look at.
func TestJSONStaysData(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ToValidUTF8(hostile.Draw(t, "text"), "")
		var out bytes.Buffer
		r := root{Env: Env{Out: io.Discard}, json: true, raw: &out}
		if err := r.print(app.ObservationView{Subject: text}, nil); err != nil {
			t.Fatal(err)
		}
		var back app.ObservationView
		if err := json.Unmarshal(out.Bytes(), &back); err != nil || back.Subject != text {
			t.Fatalf("%q comes back as %q: %v", text, back.Subject, err)
		}
		if strings.ContainsFunc(out.String(), obeys) {
			t.Fatalf("%q is written as %q", text, out.String())
		}
	})
}

// What a person typed comes back in an error without its commands.
func TestErrorsCommandNoTerminal(t *testing.T) {
	var out, errs bytes.Buffer
	if code := Run(context.Background(), []string{"\x1b[31mx\u202e"}, Env{Out: &out, Err: &errs}); code != exitMisuse {
		t.Errorf("exit code %d", code)
	}
	if got := errs.String(); strings.ContainsFunc(got, obeys) || !strings.Contains(got, "[31mx") {
		t.Errorf("it says %q", got)
	}
}
