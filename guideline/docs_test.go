package guideline

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// docs/guidelines.md lists every check and parameter as the code has them.
func TestTheDocumentIsCurrent(t *testing.T) {
	const file = "../docs/guidelines.md"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(data), "writes it anew -->\n")
	_, tail, ok2 := strings.Cut(rest, "<!-- end -->")
	if !ok || !ok2 {
		t.Fatal("docs/guidelines.md has lost its marks")
	}
	fresh := head + "writes it anew -->\n" + checkList() + "<!-- end -->" + tail
	if fresh == string(data) {
		return
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Error("docs/guidelines.md does not list the checks as they are; run UPDATE=1 go test ./guideline")
}

// The example files of the document can be used as they are.
func TestTheDocumentsExamples(t *testing.T) {
	data, err := os.ReadFile("../docs/guidelines.md")
	if err != nil {
		t.Fatal(err)
	}
	all := Packs()
	examples := strings.Split(string(data), "```toml\n")[1:]
	if len(examples) != 2 {
		t.Fatalf("%d examples", len(examples))
	}
	for _, rest := range examples {
		text, _, _ := strings.Cut(rest, "```")
		g, err := ParseGuideline("example.toml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, g)
	}
	if _, err := New(all, Setting{}); err != nil {
		t.Error(err)
	}
}

// checkList is the document's list of checks.
func checkList() string {
	var b strings.Builder
	for _, c := range Checks() {
		looks := "one entry"
		if c.Bill {
			looks = "several entries"
		}
		fmt.Fprintf(&b, "\n### %s\n\nLooks at %s. %s\n", c.Name, looks, c.Doc)
		if len(c.Params) > 0 {
			b.WriteString("\n| parameter | type | default | |\n|---|---|---|---|\n")
		}
		for _, p := range c.Params {
			fmt.Fprintf(&b, "| `%s` | %s | `%s` | %s |\n", p.Name, p.Type, p.Default, strings.ReplaceAll(p.Doc, "|", `\|`))
		}
		if c.Name == "usual-time" {
			b.WriteString(usualList())
		}
	}
	return b.String() + "\n"
}

// usualList is the document's table of usual durations.
func usualList() string {
	var b strings.Builder
	b.WriteString("\n| work | named by | hours | why |\n|---|---|---|---|\n")
	for _, k := range usualKinds() {
		least := "up to "
		if k.Least > 0 {
			least = fmt.Sprintf("%g to ", k.Least)
		}
		fmt.Fprintf(&b, "| %s | %s | %s%g | %s |\n", k.Name, strings.Join(k.Words, ", "), least, k.Most, k.Reason)
	}
	return b.String()
}
