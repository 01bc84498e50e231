package mail

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestAddressWrittenIsAddressRead: whatever the names in a list are and in
// whichever of the usual ways it is written, with quotes left out too, the
// addresses are read, in their order, and no others.
func TestAddressWrittenIsAddressRead(t *testing.T) {
	name := rapid.StringMatching(`[A-Z][a-zü]{1,8}(, [A-Z][a-z]{1,8})?( [A-Z]\.)?( \([A-Z][a-z, -]{0,8}\))?( [A-Z][a-z]{1,8})?`)
	rapid.Check(t, func(t *rapid.T) {
		var items, want []string
		for range rapid.IntRange(1, 5).Draw(t, "how many") {
			addr := rapid.StringMatching(`[a-z][a-z0-9.+_-]{0,6}[a-z]@[a-z]{1,8}\.example`).Draw(t, "address")
			name := name.Draw(t, "name")
			plain, _, _ := strings.Cut(strings.ReplaceAll(name, ",", ""), " (")
			want = append(want, addr)
			items = append(items, rapid.SampledFrom([]string{
				name + " <" + addr + ">", `"` + name + `" <` + addr + ">", addr, "<" + addr + ">", addr + " (" + plain + ")", `"` + name + `"  ` + addr, plain + " " + addr,
				name + " [mailto:" + addr + "]", "'" + name + "' <" + addr + ">", "=?utf-8?q?" + strings.NewReplacer(" ", "_", "ü", "=C3=BC").Replace(name) + "?= <" + addr + ">",
				`"other@elsewhere.example" <` + addr + ">", plain + " <mailto:" + strings.ToUpper(addr) + ">", name + " < " + addr + " >", plain + " <" + addr + "> (" + plain + ")",
				plain + " ＜" + addr + "＞", strings.Replace(addr, "@", "＠", 1),
			}).Draw(t, "form"))
		}
		list := strings.Join(items, rapid.SampledFrom([]string{", ", ",", "; ", " ,\t"}).Draw(t, "between"))
		list = rapid.SampledFrom([]string{"", "Team: "}).Draw(t, "group") + list
		var got []string
		for _, a := range parseAddresses(list, "") {
			got = append(got, a.addr)
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Fatalf("%q reads %q, want %q", list, got, want)
		}
	})
}

// Several addresses between two brackets are several.
func TestAddressesInOneBracket(t *testing.T) {
	for _, s := range []string{"<dana@reed.example, sam@reed.example>", "Counsel <dana@reed.example;sam@reed.example>"} {
		if got := parseAddresses(s, ""); len(got) != 2 || got[0].addr != "dana@reed.example" || got[1].addr != "sam@reed.example" {
			t.Errorf("%q reads %v", s, got)
		}
	}
}

func FuzzAddresses(f *testing.F) {
	for _, s := range []string{`Reed, Dana [mailto:d@x], "b" <c@d`, `=?utf-8?q?a,b?= <a@b>;(c@d) g: e@f;`, `<<a@b>>, [a@b]@c [`, `a@[1.2.3.4] @ b`, "\"\\", `x <"y <a@b>">`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, a := range parseAddresses(s, "") {
			if strings.Count(a.addr, "@") < 1 || strings.ContainsAny(a.addr, " \t\r\n<>") || a.addr != strings.ToLower(a.addr) {
				t.Errorf("%q holds the address %q", s, a.addr)
			}
		}
	})
}
