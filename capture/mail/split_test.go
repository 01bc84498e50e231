package mail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestMboxWrittenIsMboxRead: as many messages as were written into an mbox are
// read from it, each with its own header, whatever their prose begins with and
// however the program writes what is between them.
func TestMboxWrittenIsMboxRead(t *testing.T) {
	prose := []string{
		"From my end: the exhibit list follows.", "From Mon Nov 2 09:00:00 until Fri Nov 6 17:00:00 2026 the plaintiff was in Reno.", "From 2 Nov 2026 09:00 the keys were with the agent.",
		"From 2 Nov 2026 09:00", "To: 6 Nov 2026 10:00", "From our call on Mon Nov 16 15:00:00 2026", "From: the president", "To: all staff", "Subject: quoted in the body", "Subject to your comments it is final.", "Note: see above",
		"From what I hear:", "From the archive", "Date: Mon, 16 Nov 2026 10:00:00 -0500", "Regards", "", "", "From Reno", "From Reno to Las Vegas", "  indented", "From", ">From the quoted", "--", "Re: x",
	}
	separators := []string{ // the last two need an empty line before them
		"From dana@reed.example Mon Nov 16 15:00:00 2026", "From - Mon Nov 16 15:00:00 2026", "From - Mon Nov 16 2026 10:00:28", "From dana@reed.example Mon Nov 16 15:00:00 2026 remote from mx",
		"From 1849736454021138957@xxx Mon Nov 16 15:40:00 +0000 2026", "From MAILER-DAEMON Mon Nov  2 15:00:00 2026", "From dana@reed.example Mon Nov 16 15:00:00 EST 2026",
		"From dana@reed.example Mon, 16 Nov 2026 15:00:00 +0000", "From ", "From dana@reed.example",
	}
	rapid.Check(t, func(t *rapid.T) {
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end")
		escape := rapid.Bool().Draw(t, "escape")
		var box strings.Builder
		var want []string
		n := rapid.IntRange(1, 5).Draw(t, "messages")
		for i := range n {
			sep := rapid.IntRange(0, len(separators)-1).Draw(t, "separator")
			if i > 0 && (sep >= len(separators)-2 || rapid.Bool().Draw(t, "empty line")) {
				box.WriteString(end)
			}
			box.WriteString(separators[sep] + end)
			if rapid.IntRange(0, 4).Draw(t, "second line") == 0 && sep < len(separators)-2 {
				box.WriteString(rapid.SampledFrom([]string{">From - Mon Nov 16 2026 10:00:28", "From - Mon Nov 16 10:00:28 2026"}).Draw(t, "line") + end)
			}
			want = append(want, fmt.Sprintf("%d@x", i))
			fmt.Fprintf(&box, "From: Dana Reed <dana@reed.example>%[1]sSubject: s%[1]s\tfolded%[1]sDate: Mon, 16 Nov 2026 10:00:00 -0500%[1]sMessage-ID: <%[2]d@x>%[1]s%[1]sText.%[1]s", end, i)
			for _, line := range rapid.SliceOfN(rapid.SampledFrom(prose), 0, 8).Draw(t, "body") {
				if escape && (quotedFrom([]byte(line)) || strings.HasPrefix(line, "From ")) {
					line = ">" + line
				}
				box.WriteString(line + end)
			}
		}
		var got []string
		for _, body := range first(split(t, []byte(box.String()), 0)) {
			m, err := parseMessage(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, messageID(m.header.get("message-id")))
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Fatalf("messages %q are read as %q from\n%s", want, got, box.String())
		}
	})
}

func first[A, B any](a A, _ B) A { return a }

func TestSeparatorTime(t *testing.T) {
	want := time.Date(2026, 11, 16, 15, 0, 0, 0, time.UTC)
	for _, line := range []string{"From dana@x Mon Nov 16 15:00:00 2026", "From 18497@xxx Mon Nov 16 15:00:00 +0000 2026", "From - Mon Nov 16 2026 15:00:00", "From x Mon, 16 Nov 2026 10:00:00 -0500"} {
		if got := separatorTime([]byte(line)); !got.Equal(want) {
			t.Errorf("%q is of %v, want %v", line, got, want)
		}
	}
}

// FuzzSplit cuts anything into messages, which must cover all that is not
// separators, and finds the same ones from any message's end onwards.
func FuzzSplit(f *testing.F) {
	f.Add([]byte("From a Thu Nov 19 09:00:00 2026\nSubject: x\n\nbody\n>From b\n\nFrom c Thu Nov 19 09:00:00 2026\n\n\n"))
	f.Add([]byte("prose\n\nFrom here\nand: there\n"))
	f.Add([]byte("\n\nFrom \n"))
	f.Add([]byte("From x\r\nA: b\r\n\r\nFrom y\r\nC: d"))
	f.Fuzz(func(t *testing.T, b []byte) {
		bodies, ends := split(t, b, 0)
		for i, end := range ends {
			rest, _ := split(t, b, end)
			if end < int64(len(b)) && len(rest) != len(bodies)-i-1 {
				t.Fatalf("%d messages after number %d of %d", len(rest), i+1, len(bodies))
			}
		}
	})
}

func split(t fataler, b []byte, from int64) (bodies []string, ends []int64) {
	s := newSplitter(bytes.NewReader(b[from:]), from)
	for {
		m, err := s.next()
		if errors.Is(err, io.EOF) {
			return bodies, ends
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(m)
		if err != nil {
			t.Fatal(err)
		}
		s.accept()
		if s.taken < from || s.taken > int64(len(b)) || len(ends) > 0 && s.taken <= ends[len(ends)-1] && !m.last {
			t.Fatalf("message %d ends at %d of %d, after %v", len(ends), s.taken, len(b), ends)
		}
		bodies, ends = append(bodies, string(body)), append(ends, s.taken)
	}
}

// fataler is a test, or the part of one that rapid runs.
type fataler interface {
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}
