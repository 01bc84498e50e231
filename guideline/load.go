package guideline

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/tenths/tenths/billing"
)

// Mistake is one thing wrong with a guideline's file.
type Mistake struct {
	Line int // from 1
	Msg  string
}

// FileError is all that is wrong with a guideline's file.
type FileError struct {
	Name     string
	Mistakes []Mistake // by line, never empty
}

// Error lists the mistakes, one a line, each as "file:line: what and what is allowed".
func (e *FileError) Error() string {
	lines := make([]string, len(e.Mistakes))
	for i, m := range e.Mistakes {
		lines[i] = fmt.Sprintf("%s:%d: %s", e.Name, m.Line, m.Msg)
	}
	return strings.Join(lines, "\n")
}

// maxFile is more than any guideline needs, in bytes.
const maxFile = 1 << 20

// idForm is what guidelines and rules may be called: an id is also a file's name.
var idForm = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$`)

// ParseGuideline reads a guideline from TOML 1.0; name is what errors call the
// file. The error is a [*FileError] with every mistake, but that a file which
// is no TOML at all has only the first.
func ParseGuideline(name string, data []byte) (Guideline, error) {
	if len(data) > maxFile {
		return Guideline{}, &FileError{name, []Mistake{{1, "the file is larger than a megabyte; that is no guideline"}}}
	}
	raw := map[string]any{}
	if _, err := toml.Decode(string(data), &raw); err != nil {
		m := Mistake{1, "this is no TOML: " + err.Error()}
		if p, ok := errors.AsType[toml.ParseError](err); ok {
			m = Mistake{max(p.Position.Line, 1), "this is no TOML: " + p.Message}
		}
		return Guideline{}, &FileError{name, []Mistake{m}}
	}
	r := &fileReader{lines: indexLines(string(data))}
	g := r.guideline(raw)
	if len(r.mistakes) > 0 {
		slices.SortStableFunc(r.mistakes, func(a, b Mistake) int { return a.Line - b.Line })
		return Guideline{}, &FileError{name, r.mistakes}
	}
	return g, nil
}

// fileReader takes a decoded file apart and collects what is wrong with it.
type fileReader struct {
	lines    lineIndex
	mistakes []Mistake
}

// section is one table of the file, whose keys are ticked off as they are read.
type section struct {
	r    *fileReader
	rule int // index of [[rule]], -1 for the top
	raw  map[string]any
	read map[string]bool
}

func (s section) wrong(key, format string, args ...any) {
	s.r.mistakes = append(s.r.mistakes, Mistake{s.r.lines.line(s.rule, key), fmt.Sprintf(format, args...)})
}

func (s section) text(key string) string {
	s.read[key] = true
	v, ok := s.raw[key]
	if !ok {
		return ""
	}
	t, ok := v.(string)
	if !ok {
		s.wrong(key, "%s: write a text in quotes, not %s", key, tomlType(v))
	}
	return strings.TrimSpace(t)
}

func (s section) needText(key, example string) string {
	t := s.text(key)
	if _, isText := s.raw[key].(string); t == "" && (isText || s.raw[key] == nil) {
		s.wrong(key, "%s is missing; write %s = %s", key, key, example)
	}
	return t
}

func (s section) id(key, example string) string {
	id := s.needText(key, example)
	if id != "" && !idForm.MatchString(id) {
		s.wrong(key, "%s %q: use small letters, digits and hyphens, at most 64, such as %s", key, id, example)
	}
	return id
}

func (s section) flag(key string) bool {
	s.read[key] = true
	v, ok := s.raw[key]
	b, isBool := v.(bool)
	if ok && !isBool {
		s.wrong(key, "%s: write true or false, not %s", key, tomlType(v))
	}
	return b
}

func (s section) texts(key string) []string {
	s.read[key] = true
	v, ok := s.raw[key]
	if !ok {
		return nil
	}
	list, err := readStrings(v)
	if err != nil {
		s.wrong(key, "%s: %v", key, err)
	} else if len(list) == 0 {
		s.wrong(key, "%s: the list is empty; leave it out for all", key)
	}
	return list
}

func (s section) day(key string) billing.Day {
	s.read[key] = true
	v, ok := s.raw[key]
	if !ok {
		return billing.Day{}
	}
	text := fmt.Sprint(v)
	if t, isTime := v.(interface{ Format(string) string }); isTime {
		text = t.Format("2006-01-02")
	}
	d, err := billing.ParseDay(text)
	if err != nil {
		s.wrong(key, "%s: %s", key, billing.Message(err))
	}
	return d
}

// rest reports the keys that nothing read.
func (s section) rest(allowed string) {
	for key := range s.raw {
		if !s.read[key] {
			s.wrong(key, "%q is nothing that a file holds here; allowed are %s", key, allowed)
		}
	}
}

func (r *fileReader) guideline(raw map[string]any) Guideline {
	s := section{r, -1, raw, map[string]bool{}}
	g := Guideline{
		ID: s.id("id", `"acme-2026"`), Title: s.needText("title", `"Outside counsel guidelines of Acme"`),
		Source: s.needText("source", `"Acme, Outside Counsel Guidelines, March 2026"`),
		From:   s.day("from"), Until: s.day("until"),
		Clients: s.texts("clients"), Matters: s.texts("matters"),
		Optional: s.flag("optional"), Include: s.texts("include"),
	}
	if !g.From.IsZero() && !g.Until.IsZero() && g.Until.Compare(g.From) < 0 {
		s.wrong("until", "until %s is before from %s", g.Until, g.From)
	}
	for _, id := range g.Include {
		if id == g.ID {
			s.wrong("include", "a guideline cannot include itself")
		}
	}
	s.read["rule"] = true
	rules, ok := raw["rule"].([]map[string]any)
	if !ok && raw["rule"] != nil {
		s.wrong("rule", "rule: begin each rule with a line [[rule]]")
	}
	if len(rules) == 0 && len(g.Include) == 0 && raw["rule"] == nil {
		s.wrong("rule", "there is no rule; add one with [[rule]], or include = [...] another guideline")
	}
	r.rules(&g, rules)
	s.rest("id, title, source, from, until, clients, matters, include, optional and [[rule]]")
	return g
}

func (r *fileReader) rules(g *Guideline, raw []map[string]any) {
	seen := map[string]int{}
	for i, m := range raw {
		s := section{r, i, m, map[string]bool{}}
		line := r.lines.line(i, "")
		id := s.text("id")
		if first, twice := seen[id]; twice && id != "" {
			s.wrong("id", "id %q stands in line %d already", id, first)
		}
		seen[id] = r.lines.line(i, "id")
		if s.flag("off") {
			r.exception(g, s, id, line)
			continue
		}
		rule := Rule{ID: s.id("id", `"block-billing"`), Clause: s.needText("clause", `"section 4.2"`), Quote: s.text("quote"), Line: line}
		rule.Severity = s.severity()
		s.check(&rule)
		s.rest("id, check, clause, quote, severity, params, off and reason")
		g.Rules = append(g.Rules, rule)
	}
}

// exception reads a rule with off = true.
func (r *fileReader) exception(g *Guideline, s section, id string, line int) {
	x := Exception{Rule: id, Reason: s.needText("reason", `"agreed with the client on 3 March"`), Line: line}
	pack, rule, two := strings.Cut(id, "/")
	if !two {
		pack, rule = "x", id
	}
	if !idForm.MatchString(pack) || !idForm.MatchString(rule) {
		s.wrong("id", `id %q: name the rule to switch off, such as "block-billing" or "general/block-billing"`, id)
	}
	s.rest("id, off and reason, where off = true")
	g.Off = append(g.Off, x)
}

func (s section) severity() Severity {
	severity := Severity(s.needText("severity", `"warning"`))
	if severity != "" && severity != Error && severity != Warning && severity != Note {
		s.wrong("severity", "severity %q: write error, warning or note", string(severity))
	}
	return severity
}

// check resolves a rule's check and its parameters.
func (s section) check(rule *Rule) {
	rule.Check = s.needText("check", `"block-billing"`)
	s.read["params"] = true
	if rule.Check == "" {
		return
	}
	c, ok := checks[rule.Check]
	if !ok {
		s.wrong("check", "there is no check %q; there are %s", rule.Check, strings.Join(checkNames(), ", "))
		return
	}
	raw, isTable := s.raw["params"].(map[string]any)
	if !isTable && s.raw["params"] != nil {
		s.wrong("params", "params: write a table, [rule.params] or params = { … }")
		return
	}
	params, wrong := newParams(c.params, raw)
	for name, msg := range wrong {
		s.wrong("params."+name, "%s", msg)
	}
	if len(wrong) == 0 {
		rule.Params = params
		if c.prepare != nil {
			rule.prepared = c.prepare(params)
		}
	}
}

func checkNames() []string {
	var names []string
	for name := range checks {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
