package mail_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"
)

// usualFolders are of an ordinary account.
func usualFolders() []oddFolder {
	return []oddFolder{
		{wire: "Matters", attrs: `\Noselect \HasChildren`},
		{wire: "Matters/Birch", attrs: `\HasNoChildren`, uids: []int{11, 12}},
		{wire: "Sent", attrs: `\HasNoChildren \Sent`, uids: []int{21, 22}},
		{wire: "INBOX", attrs: `\HasNoChildren`, uids: []int{31, 32, 33}},
	}
}

// oddities are what is put into a line, and where.
var oddities = []string{" ", "  ", "\t", "]", "[", "(", ")", "))", `"`, `\`, "%", "*", "{", "{x}", "NIL", "-1", "0", "99999999999", "é", "\xe9", "\x00", "\x7f", "&", "; ", "<>", "FETCH", "007"}

// damage returns the line changed in one way. Nobody can tell that one was taken
// away from a list of numbers, or became another number: they stay whole.
func damage(t *rapid.T) func(line string) string {
	odd := rapid.SampledFrom(oddities).Draw(t, "odd")
	at := rapid.IntRange(0, 120).Draw(t, "at")
	length := rapid.IntRange(1, 20).Draw(t, "length")
	how := rapid.SampledFrom([]string{"insert", "replace", "cut", "end", "tabs", "blanks", "lower", "double", "trailing", "garbage"}).Draw(t, "how")
	return func(line string) string {
		start := 2 + at%max(1, len(line)-1) // it is still a response of the same sort
		start = min(start, len(line))
		end := min(start+length, len(line))
		if strings.HasPrefix(line, "* SEARCH") && (how == "replace" || how == "cut" || how == "end") {
			start = min(start, len("* SEARCH")-1)
			end = start + 1
		}
		if i := strings.IndexByte(line[start:], ' '); strings.HasPrefix(line, "* SEARCH") && how == "insert" && i >= 0 {
			start += i
		} else if i < 0 && how == "insert" {
			start = len(line)
		}
		switch how {
		case "insert":
			return line[:start] + odd + line[start:]
		case "replace":
			return line[:start] + odd + line[end:]
		case "cut":
			return line[:start] + line[end:]
		case "end":
			return line[:start]
		case "tabs":
			return line[:2] + strings.ReplaceAll(line[2:], " ", "\t")
		case "blanks":
			return line[:2] + strings.ReplaceAll(strings.NewReplacer("(", "( ", ")", " )").Replace(line[2:]), " ", "  ")
		case "lower":
			return strings.ToLower(line)
		case "double":
			return line + "\r\n" + line
		case "trailing":
			return line + " \t "
		}
		return "* " + strings.Repeat(odd, length)
	}
}

// TestOneOddLineCostsItself: whatever is odd about one line of a server's, the
// messages that it does not tell of are observed, then and later.
func TestOneOddLineCostsItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		what := rapid.SampledFrom([]string{"* OK [CAPABILITY", "* CAPABILITY", `"/" "Matters"`, `"/" "Matters/Birch"`, `"/" "Sent"`, `"/" "INBOX"`, "* STATUS \"Matters/Birch", "* STATUS \"INBOX", "* FLAGS",
			"* OK [PERM", "EXISTS", "RECENT", "* OK [UIDV", "* OK [UIDN", "* OK [HIGH", "* SEARCH", "* 2 FETCH"}).Draw(rt, "line")
		change, before := damage(rt), rapid.Bool().Draw(rt, "it was well before")
		var on atomic.Bool
		on.Store(!before)
		server := &oddServer{folders: usualFolders(), change: func(line string) string {
			if on.Load() && strings.HasPrefix(line, "* ") && strings.Contains(line, what) {
				if head, literal, ok := strings.Cut(line, "\r\n"); ok { // the header is none of the line
					return change(head[:strings.LastIndex(head, " BODY[")]) + head[strings.LastIndex(head, " BODY["):] + "\r\n" + literal
				}
				return change(line)
			}
			return line
		}}
		source, got := server.source(t, ""), &sink{}
		for range 3 {
			if err := source.Once(context.Background(), got.cursor, got); err != nil {
				rt.Fatalf("%s damaged: %v", what, err)
			}
			missed := slices.DeleteFunc(server.missed(got), func(uid int) bool {
				switch what { // of which messages the line tells
				case "* 2 FETCH":
					return uid%10 == 2
				case `"/" "Sent"`, `"/" "Matters/Birch"`, `"/" "Matters"`:
					return uid < 30
				}
				return false
			})
			if len(missed) > 0 {
				rt.Fatalf("%s damaged: %v are missed", what, missed)
			}
			on.Store(true)
			for i := range server.folders {
				if f := &server.folders[i]; len(f.uids) > 0 {
					f.uids = append(f.uids, f.next())
				}
			}
		}
	})
}
