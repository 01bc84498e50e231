package research

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCleanTitle(t *testing.T) {
	for _, c := range []struct{ title, site, want string }{
		{"Smith v. Jones | Westlaw", "Westlaw", "Smith v. Jones"},
		{"Smith v. Jones - Westlaw Edge", "Westlaw", "Smith v. Jones"},
		{"Westlaw Precision - Smith v. Jones", "Westlaw", "Smith v. Jones"},
		{"Smith v. Jones, 123 F.3d 456 – Lexis+", "Lexis+", "Smith v. Jones, 123 F.3d 456"},
		{"Lexis® - Smith v. Jones", "Lexis", "Smith v. Jones"},
		{"Miranda v. Arizona :: 384 U.S. 436 (1966) :: Justia US Supreme Court Center", "Justia", "Miranda v. Arizona"},
		{"42 U.S. Code § 1983 - Civil action | U.S. Code | US Law | LII / Legal Information Institute", "Legal Information Institute", "42 U.S. Code § 1983 - Civil action"},
		{"Okafor v. Lind – CourtListener.com", "CourtListener", "Okafor v. Lind"},
		{"Westlaw v. Lexis | Westlaw", "Westlaw", "Westlaw v. Lexis"},
		{"(3)  Smith\tv.\nJones", "Westlaw", "Smith v. Jones"},
		{"Sign In | Westlaw", "Westlaw", ""},
		{"Search Results - Westlaw", "Westlaw", ""},
		{"Westlaw", "Westlaw", ""},
		{"", "Westlaw", ""},
		{"https://1.next.westlaw.com/Document/I1?x=y", "Westlaw", ""},
		{"1.next.westlaw.com/Document/I1", "Westlaw", ""},
		{"Smith v.\u202e Jones\x00", "Westlaw", "Smith v. Jones"},
		{"In re A - B - C", "Westlaw", "In re A - B - C"},
	} {
		if got := cleanTitle(c.title, c.site); got != c.want {
			t.Errorf("cleanTitle(%q, %q) = %q, want %q", c.title, c.site, got, c.want)
		}
	}
}

func FuzzCleanTitle(f *testing.F) {
	f.Add("Smith v. Jones | Westlaw", "Westlaw")
	f.Add(" | - :: ", "")
	f.Add("(99+) \xff\u202e https://x", "Lexis+")
	f.Fuzz(func(t *testing.T, title, site string) {
		got := cleanTitle(title, site)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > longestTitle || strings.TrimSpace(got) != got ||
			strings.ContainsFunc(got, unicode.IsControl) || strings.Contains(got, "://") {
			t.Errorf("cleanTitle(%q, %q) = %q", title, site, got)
		}
	})
}

// addresses are of the default list's sites, or of none.
var addresses = map[string]string{
	"https://1.next.westlaw.com/Document/I1":       "Westlaw",
	"https://WWW.Westlaw.COM.:8443/":               "Westlaw",
	"https://plus.lexis.com/search":                "Lexis+",
	"https://advance.lexis.com/search":             "Lexis",
	"https://pacer.uscourts.gov/":                  "PACER",
	"https://ecf.nysd.uscourts.gov/doc1/1":         "Federal courts",
	"https://www.courts.ca.gov/opinions":           "State courts",
	"https://iapps.courts.state.ny.us/webcivil":    "State courts",
	"https://www.nycourts.gov/":                    "State courts",
	"https://scholar.google.com/scholar_case?case": "Google Scholar",
	"https://scholar.google.com/scholar_cases":     "",
	"https://scholar.google.com/citations":         "",
	"https://www.google.com/search?q=westlaw.com":  "",
	"https://westlaw.com.evil.example/":            "",
	"https://notwestlaw.com/":                      "",
	"https://westlaw.com@evil.example/":            "",
	"https://www.sec.gov/Archives/edgar/data/1":    "EDGAR",
	"https://www.sec.gov/news":                     "",
	"https://user:word@westlaw.com:8080?x":         "Westlaw",
	"http://ecfr.gov#top":                          "eCFR",
}

func TestMatch(t *testing.T) {
	sites := DefaultSites()
	for address, want := range addresses {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got, listed := sites.Match(u); got != want || listed != (want != "") {
			t.Errorf("%s is %q, want %q", address, got, want)
		}
	}
}

func TestParseSites(t *testing.T) {
	_, err := ParseSites("# mine\r\nwestlaw.com\r\n\r\nhttps://lexis.com Lexis\ncom Everything\n*.co.uk Britain\nwww.*.com Much\nexa mple..com x\na.example/b?c x\n  vlex.com/a/  vLex # fine\n\xff x\n*.gov G\ncourts.*.us x\n")
	if err == nil {
		t.Fatal("no mistake was found")
	}
	for n, wrong := range map[string]bool{"1": false, "2": true, "4": true, "5": true, "6": true, "7": true, "8": true, "9": true, "10": false, "11": true, "12": true, "13": true} {
		if strings.Contains(err.Error(), "line "+n+":") != wrong {
			t.Errorf("line %s is in %v: want %v", n, err, wrong)
		}
	}
	if DefaultSites().Len() < 50 {
		t.Error("the list that comes with Tenths is short")
	}
}

func FuzzParseSites(f *testing.F) {
	f.Add("westlaw.com Westlaw\n*.uscourts.gov/x Courts # x\n", "https://ecf.uscourts.gov/x/y")
	f.Add("*", "https://x")
	f.Add("\ufeff[ b\n", "x")
	f.Fuzz(func(t *testing.T, text, address string) {
		sites, err := ParseSites(text)
		if err != nil {
			if !strings.Contains(err.Error(), "line ") {
				t.Errorf("%v names no line", err)
			}
			return
		}
		if len(sites.globs()) > sites.Len() {
			t.Error("more globs than sites")
		}
		if u, err := url.Parse(address); err == nil {
			if name, listed := sites.Match(u); listed && (name == "" || u.Hostname() == "") {
				t.Errorf("%q is listed as %q", address, name)
			}
		}
	})
}

// A host below a listed one is listed, and one that merely ends alike is not.
func TestHostLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		label := rapid.StringMatching(`[a-z][a-z0-9]{1,8}`)
		host := rapid.StringMatching(`[a-z][a-z0-9]{7,9}`).Draw(t, "own") + "." + rapid.SampledFrom([]string{"com", "org", "law", "co.uk"}).Draw(t, "suffix")
		sites, err := ParseSites(host + " Name")
		if err != nil {
			t.Fatal(err)
		}
		more := label.Draw(t, "more")
		for h, want := range map[string]bool{host: true, more + "." + host: true, more + host: false, host + "." + more: false} {
			if _, got := sites.Match(&url.URL{Scheme: "https", Host: h, Path: "/"}); got != want {
				t.Fatalf("%s in a list of %s is %v", h, host, got)
			}
		}
	})
}
