package mail

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

func TestPlainSubject(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]struct {
		plain string
		reply bool
	}{
		"Lin v. Ortega":                      {"lin v. ortega", false},
		"Re: Lin v. Ortega":                  {"lin v. ortega", true},
		"RE: AW: re[3]: Lin  v.  Ortega ":    {"lin v. ortega", true},
		"AW: Antwort: Lin v. Ortega":         {"lin v. ortega", true},
		"Fwd: Re: Lin v. Ortega":             {"lin v. ortega", false},
		"Re: Fwd: Lin v. Ortega":             {"lin v. ortega", true},
		"[EXTERNAL] Re: [lin] Lin v. Ortega": {"lin v. ortega", true},
		"Re^2: Lin v. Ortega":                {"lin v. ortega", true},
		"Re (4) : Lin v. Ortega":             {"lin v. ortega", true},
		"回复：Lin v. Ortega":                   {"lin v. ortega", true},
		"Réf : Lin v. Ortega":                {"lin v. ortega", true},
		"Research: precedents":               {"research: precedents", false},
		"Re:":                                {"", true},
		"":                                   {"", false},
		"[draft]":                            {"[draft]", false},
		"11:30 call":                         {"11:30 call", false},
		"Reply brief: second draft":          {"reply brief: second draft", false},
	} {
		if plain, reply := plainSubject(in); plain != want.plain || reply != want.reply {
			t.Errorf("%q is %q, answers %t; want %q, %t", in, plain, reply, want.plain, want.reply)
		}
	}
}

func FuzzPlainSubject(f *testing.F) {
	for _, s := range []string{"Re: x", "[a] Re[2]: b", "：", "re：：", "[]:", "\xff:re"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		plain, _ := plainSubject(s)
		if again, reply := plainSubject(plain); again != plain || reply {
			t.Errorf("%q becomes %q and then %q", s, plain, again)
		}
		if with, reply := plainSubject("Re: " + s); with != plain || !reply {
			t.Errorf("%q becomes %q, and its answer %q", s, plain, with)
		}
	})
}

var threadStart = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// on returns a message on a subject, some days after the start, with people.
func on(day float64, id, subject string, with ...string) letter {
	l := letter{id: id, subject: subject, at: threadStart.Add(time.Duration(day * 24 * float64(time.Hour)))}
	for _, w := range with {
		l.with = append(l.with, billing.Party{Address: billing.Privileged(w)})
	}
	return l
}

func (l letter) answering(ids ...string) letter { l.answers = ids; return l }
func (l letter) naming(ids ...string) letter    { l.references = ids; return l }

func TestThreads(t *testing.T) {
	t.Parallel()
	const luz, bo, cy = "luz@rivera.example", "bo@x.example", "cy@y.example"
	for name, c := range map[string]struct {
		mail []letter
		want string
	}{
		"References":                   {[]letter{on(0, "a", "S", luz), on(1, "b", "Re: S", luz).naming("a"), on(2, "c", "Re: S", luz).naming("a", "b")}, "a a a"},
		"In-Reply-To alone":            {[]letter{on(0, "a", "S"), on(1, "b", "Re: S").answering("a"), on(2, "c", "Re: S").answering("b")}, "a a a"},
		"References cut short":         {[]letter{on(0, "a", "S"), on(1, "b", "Re: S").answering("a"), on(2, "c", "Re: S").naming("b")}, "a a a"},
		"nothing named":                {[]letter{on(0, "a", "S", luz), on(1, "b", "Re: S", luz), on(2, "c", "AW: s", luz, bo), on(3, "d", "Re: S", bo)}, "a a a a"},
		"then named again":             {[]letter{on(0, "a", "S", luz), on(1, "b", "Re: S", luz), on(2, "c", "Re: S", luz).naming("b")}, "a a a"},
		"no reply":                     {[]letter{on(0, "a", "Invoice", luz), on(1, "b", "Invoice", luz)}, "a b"},
		"passed on":                    {[]letter{on(0, "a", "S", luz), on(1, "b", "Fwd: S", luz)}, "a b"},
		"with somebody else":           {[]letter{on(0, "a", "Question", luz), on(1, "b", "Re: Question", bo)}, "a b"},
		"with nobody":                  {[]letter{on(0, "a", "Question"), on(1, "b", "Re: Question")}, "a b"},
		"no subject":                   {[]letter{on(0, "a", "", luz), on(1, "b", "Re:", luz)}, "a b"},
		"thirty days":                  {[]letter{on(0, "a", "S", luz), on(30, "b", "Re: S", luz), on(60, "c", "Re: S", luz)}, "a a a"},
		"too late":                     {[]letter{on(0, "a", "S", luz), on(30.1, "b", "Re: S", luz)}, "a b"},
		"before it was asked":          {[]letter{on(5, "a", "S", luz), on(1, "b", "Re: S", luz)}, "a b"},
		"the latest of two":            {[]letter{on(0, "a", "S", luz), on(1, "b", "S", luz), on(2, "c", "Re: S", luz)}, "a b b"},
		"the latest with the same":     {[]letter{on(0, "a", "S", luz), on(1, "b", "S", bo), on(2, "c", "Re: S", luz), on(3, "d", "Re: S", bo)}, "a b a b"},
		"sent mail is read first":      {[]letter{on(1, "b", "Re: S", luz), on(3, "d", "Re: S", luz), on(0, "a", "S", luz), on(2, "c", "Re: S", luz)}, "b b b b"},
		"its answers first":            {[]letter{on(1, "b", "Re: S", luz).naming("a"), on(0, "a", "S", luz), on(2, "c", "Re: S", luz)}, "a a a"},
		"the subject changed":          {[]letter{on(0, "a", "S", luz), on(1, "b", "New", luz).naming("a"), on(2, "c", "Re: New", luz)}, "a a a"},
		"read twice":                   {[]letter{on(0, "a", "S", luz), on(1, "b", "Re: S", luz), on(2, "x", "S", luz), on(1, "b", "Re: S", luz), on(0, "a", "S", luz)}, "a a x a a"},
		"without an id":                {[]letter{on(0, "", "S", luz), on(1, "b", "Re: S", luz), on(2, "", "Re: S", luz)}, " b b"},
		"what answers nothing in them": {[]letter{{id: "n", subject: "Re: News", passing: true}, on(1, "b", "Re: News", cy)}, "n b"},
	} {
		for _, forgetful := range []bool{false, true} {
			threads, got := newThreads([]byte("k")), []string{}
			for _, l := range c.mail {
				if forgetful {
					threads = restarted(t, threads)
				}
				got = append(got, threads.join(l))
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s, restarting %t: %q, want %q", name, forgetful, s, c.want)
			}
		}
	}
}

// restarted returns what a new process knows, by way of a cursor.
func restarted(t testing.TB, old *threads) *threads {
	t.Helper()
	b, err := json.Marshal(old.save())
	var saved []savedThread
	if err == nil {
		err = json.Unmarshal(b, &saved)
	}
	if err != nil {
		t.Fatal(err)
	}
	next := newThreads(old.key)
	next.restore(saved)
	return next
}

// TestThreadsSurviveRestarts: for any mail of few conversations, restarting
// between any two messages changes no answer, and a message read again keeps
// its own.
func TestThreadsSurviveRestarts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		steady, restarting := newThreads([]byte("k")), newThreads([]byte("k"))
		var ids []string
		first := map[string]string{}
		for i := range rapid.IntRange(1, 12).Draw(t, "n") {
			id := fmt.Sprint("m", i)
			if i > 0 && rapid.IntRange(0, 5).Draw(t, "again") == 0 {
				id = rapid.SampledFrom(ids).Draw(t, "which")
			}
			l := on(rapid.Float64Range(0, 50).Draw(t, "day"), id,
				rapid.SampledFrom([]string{"S", "Re: S", "Re: T", "T", ""}).Draw(t, "subject"),
				rapid.SliceOfN(rapid.SampledFrom([]string{"a@x", "b@x", "c@x"}), 0, 2).Draw(t, "with")...)
			if len(ids) > 0 && rapid.Bool().Draw(t, "answers") {
				l.answers = []string{rapid.SampledFrom(ids).Draw(t, "answered")}
			}
			ids = append(ids, id)
			if rapid.Bool().Draw(t, "restart") {
				b, _ := json.Marshal(restarting.save())
				var saved []savedThread
				if err := json.Unmarshal(b, &saved); err != nil {
					t.Fatal(err)
				}
				restarting = newThreads([]byte("k"))
				restarting.restore(saved)
			}
			one, other := steady.join(l), restarting.join(l)
			if one != other {
				t.Fatalf("message %d is in %q, and after restarts in %q", i, one, other)
			}
			if was, ok := first[id]; ok && was != one {
				t.Fatalf("%s was in %q and is in %q", id, was, one)
			}
			first[id] = one
		}
	})
}

// TestThreadsInCursorsAreBounded: neither much mail nor mail made to harm makes
// a cursor large, and no text of it can be read there.
func TestThreadsInCursorsAreBounded(t *testing.T) {
	t.Parallel()
	threads := newThreads([]byte("k"))
	for i := range 30_000 {
		l := on(float64(i)/300, fmt.Sprintf("%032d@mail.example.com", i), fmt.Sprintf("Secret merger %d", i/8))
		for p := range 20 {
			l.with = append(l.with, billing.Party{Address: billing.Privileged(fmt.Sprintf("p%d@client%d.example", p, i/8))})
		}
		if i%8 != 0 {
			l.subject, l.answers = "Re: "+l.subject, []string{fmt.Sprintf("%032d@mail.example.com", i-1)}
		}
		if i%100 == 99 {
			l.id = strings.Repeat("x", 100_000)
		}
		threads.join(l)
	}
	if n := len(threads.byRoot); n > maxConversations {
		t.Errorf("%d conversations in memory", n)
	}
	b, err := json.Marshal(threads.save())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the cursor takes %d bytes", len(b))
	if len(b) > 90_000 {
		t.Errorf("the cursor takes %d bytes", len(b))
	}
	for _, secret := range []string{"merger", "Secret", "client", "@client"} {
		if strings.Contains(string(b), secret) {
			t.Errorf("the cursor holds %q", secret)
		}
	}
	if strings.Contains(string(b), fmt.Sprint(newThreads([]byte("other")).hash("subject", "secret merger 3749"))) {
		t.Error("the key does not matter")
	}
}

func FuzzThreadsRestore(f *testing.F) {
	f.Add([]byte(`[{"r":"a","s":"1","t":5,"w":"AAA=","m":"AAAA","d":-5}]`))
	f.Add([]byte(`[{"r":"a","s":"1","t":9223372036854775807,"d":9223372036854775807,"w":"AAAAAAA=","m":"AAAAAAAAAAAA"}]`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var saved []savedThread
		if json.Unmarshal(b, &saved) != nil {
			return
		}
		threads := newThreads(nil)
		threads.restore(saved)
		threads.join(on(0, "m", "Re: S", "a@x").answering("a"))
		threads.save()
	})
}
