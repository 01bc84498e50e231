package guideline

import "strings"

// lineIndex knows in which line the keys of a guideline's file stand. The
// decoder knows it for mistakes in TOML itself, but not for what a value means.
type lineIndex struct {
	at map[lineKey]int
}

type lineKey struct {
	rule int // -1 above the first [[rule]]
	key  string
}

// line returns the line of key in a rule; of its table where there is no such
// key, and of the nearest thing above where there is no such table.
func (x lineIndex) line(rule int, key string) int {
	for _, k := range []string{key, strings.TrimPrefix(key, "params."), "params", ""} {
		if (k == "params" || k != key) && k != "" && !strings.HasPrefix(key, "params") {
			continue
		}
		if n, ok := x.at[lineKey{rule, k}]; ok {
			return n
		}
	}
	return 1
}

// indexLines finds the lines of the keys in text, which the decoder accepted.
// It knows the TOML that people write: a key begins a line, or stands in an
// inline table; strings over several lines hold no keys.
func indexLines(text string) lineIndex {
	x := lineIndex{at: map[lineKey]int{{-1, ""}: 1}}
	rule, table, until := -1, "", ""
	depth := 0 // open brackets of a value over several lines
	for i, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(line)
		switch {
		case until != "":
			if _, after, ok := strings.Cut(line, until); ok {
				until, depth = scanValue(after, depth)
			}
			continue
		case depth > 0:
			until, depth = scanValue(line, depth)
			continue
		case trimmed == "" || trimmed[0] == '#':
			continue
		case strings.HasPrefix(trimmed, "["):
			name := strings.Trim(strings.ReplaceAll(strings.TrimRight(cutComment(trimmed), " \t"), " ", ""), "[]")
			if strings.HasPrefix(trimmed, "[[") && name == "rule" {
				rule, table = rule+1, ""
				x.put(rule, "", i+1)
				continue
			}
			x.put(rule, name, i+1)
			table = strings.TrimPrefix(strings.TrimPrefix(name, "rule"), ".")
			x.put(rule, table, i+1)
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok {
			continue
		}
		name := cleanKey(key)
		if table != "" {
			name = table + "." + name
		}
		x.put(rule, name, i+1)
		if strings.HasPrefix(strings.TrimSpace(value), "{") {
			for _, part := range strings.FieldsFunc(value, func(r rune) bool { return r == '{' || r == ',' }) {
				if inner, _, ok := strings.Cut(part, "="); ok {
					x.put(rule, name+"."+cleanKey(inner), i+1)
				}
			}
		}
		until, depth = scanValue(value, 0)
	}
	return x
}

func (x lineIndex) put(rule int, key string, line int) {
	if _, ok := x.at[lineKey{rule, key}]; !ok {
		x.at[lineKey{rule, key}] = line
	}
}

func cleanKey(key string) string {
	return strings.NewReplacer(" ", "", "\t", "", `"`, "", "'", "").Replace(key)
}

func cutComment(s string) string {
	before, _, _ := strings.Cut(s, "#")
	return before
}

// scanValue reads the part of a value that stands in a line: it returns the
// quotes that end a string over several lines that is open at its end, and how
// many brackets are.
func scanValue(s string, depth int) (until string, open int) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '#':
			return "", depth
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(depth-1, 0)
		case '"', '\'':
			quotes := strings.Repeat(string(c), 3)
			if strings.HasPrefix(s[i:], quotes) {
				n := strings.Index(s[i+3:], quotes)
				if n < 0 {
					return quotes, depth
				}
				i += 3 + n + 2
				continue
			}
			i = endOfString(s, i)
		}
	}
	return "", depth
}

// endOfString returns where the string that begins at s[i] ends.
func endOfString(s string, i int) int {
	quote := s[i]
	for i++; i < len(s) && s[i] != quote; i++ {
		if s[i] == '\\' && quote == '"' {
			i++
		}
	}
	return i
}
