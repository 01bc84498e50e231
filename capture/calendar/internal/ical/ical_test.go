package ical_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/tenths/tenths/capture/calendar/internal/civil"
	"github.com/tenths/tenths/capture/calendar/internal/ical"
)

func TestDecode(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"folded, with CRLF", "A:1\r\n 2\r\n\t3\r\nB:4\r\n", "A=123 B=4"},
		{"a lone CR ends a line", "A:1\rB:2", "A=1 B=2"},
		{"lines that end in CR CR LF", "A:1\r\r\n 2\r\r\nB:3\r\r\n", "A=12 B=3"},
		{"a byte order mark", "\xef\xbb\xbfA:1", "A=1"},
		{"UTF-16", "\xff\xfeA\x00:\x001\x00", "A=1"},
		{"Latin-1 beside UTF-8", "A:caf\xe9\nB:café", "A=café B=café"},
		{"a letter cut by a fold", "A:caf\xc3\n \xa9", "A=café"},
		{"parameters", `A;X=1;Y="2;:,3":4:5`, "A[X=1,Y=2;:,3]=4:5"},
		{"lower case and spaces", `dtstart ; value = DATE :20260101`, "DTSTART[VALUE=DATE]=20260101"},
		{"a quote never closed", `A;X="1:2`, `A[X=1]=2`},
		{"a colon in an unquoted zone", `DTSTART;TZID=a: b;VALUE=DATE-TIME:20260101T000000`, `DTSTART[TZID=a: b,VALUE=DATE-TIME]=20260101T000000`},
		{"carets", `A;X=^'a^'^n^^:1`, "A[X=\"a\"\n^]=1"},
		{"no colon", "A\nB:1\n<html>\n", "B=1"},
		{"an END without BEGIN", "A:1\nEND:X\nB:2", "A=1 B=2"},
	} {
		stream, _ := ical.Decode([]byte(c.text), nil)
		var got []string
		for _, p := range stream.Properties {
			var params []string
			for _, q := range p.Params {
				params = append(params, q.Name+"="+q.Value)
			}
			s := p.Name
			if params != nil {
				s += "[" + strings.Join(params, ",") + "]"
			}
			got = append(got, s+"="+p.Value)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
	}
}

func TestParseStamp(t *testing.T) {
	at := civil.Of(2026, 3, 2, 9, 30, 15)
	for s, want := range map[string]ical.Stamp{
		"20260302T093015":          {Time: at},
		"20260302T093015Z":         {Time: at, UTC: true},
		" 20260302t093015z ":       {Time: at, UTC: true},
		"2026-03-02T09:30:15Z":     {Time: at, UTC: true},
		"2026-03-02T09:30:15.000Z": {Time: at, UTC: true},
		"20260302T043015-0500":     {Time: at, UTC: true},
		"20260302T0930":            {Time: at - 15},
		"20260302":                 {Time: civil.Of(2026, 3, 2, 0, 0, 0), Date: true},
		"20260302T240000":          {Time: civil.Of(2026, 3, 3, 0, 0, 0)},
		"20260302T093060":          {Time: at + 44},
		"\u00a020260302T093015":    {Time: at},
		"2026-03-02T::":            {Time: civil.Of(2026, 3, 2, 0, 0, 0), Date: true},
		"20260302T":                {Time: civil.Of(2026, 3, 2, 0, 0, 0), Date: true},
	} {
		if got, err := ical.ParseStamp(s); err != nil || got != want {
			t.Errorf("%q: got %v, %v, want %v", s, got, err, want)
		}
	}
	for _, s := range []string{"", "T", "2026", "20260230", "20261301", "00000101", "20260302T250000", "20260302T09", "202603O2", "20260302T093015+99"} {
		if got, err := ical.ParseStamp(s); err == nil {
			t.Errorf("%q: got %v, want an error", s, got)
		}
	}
}

// An offset that is not understood is not known; it is never that of Greenwich.
func TestParseStampOffset(t *testing.T) {
	for _, s := range []string{"20260302T093015+99", "20260302T093015-0000", "20260302T093015 EST", "2026-03-02T09:30:15X"} {
		got, err := ical.ParseStamp(s)
		if !errors.Is(err, ical.ErrOffset) || got != (ical.Stamp{Time: civil.Of(2026, 3, 2, 9, 30, 15)}) {
			t.Errorf("%q: got %v, %v", s, got, err)
		}
	}
}

func TestParseDuration(t *testing.T) {
	for s, want := range map[string]ical.Duration{
		"PT1H30M": {Seconds: 5400}, "P1D": {Days: 1}, "P2W": {Days: 14}, "-PT15M": {Seconds: -900},
		"P1DT2H3M4S": {Days: 1, Seconds: 7384}, "+pt5s": {Seconds: 5},
	} {
		if got, err := ical.ParseDuration(s); err != nil || got != want {
			t.Errorf("%q: got %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "P", "1H", "PT1D", "PX", "PT99999999999H", "P99999999W"} {
		if got, err := ical.ParseDuration(s); err == nil {
			t.Errorf("%q: got %v, want an error", s, got)
		}
	}
}
