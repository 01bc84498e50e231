package guideline

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/tenths/tenths/billing"
)

// paramKind is the type of a parameter.
type paramKind int

const (
	paramInt     paramKind = iota // int64
	paramHours                    // hours in the file, minutes (int64) in the check
	paramFloat                    // float64, for shares; never for time or money
	paramBool                     // bool
	paramText                     // string
	paramStrings                  // []string
	paramCaps                     // table of code prefix → hours in the file, map[string]int64 of minutes in the check
	paramAmounts                  // table of code prefix → "25000.00", map[string]string in the check
)

func (k paramKind) String() string {
	return [...]string{
		"whole number", "hours", "number", "true or false", "text", "list of texts", "table of hours", "table of amounts",
	}[k]
}

// param is a parameter that a rule may set. The default has the type that the
// check reads: int64 for whole numbers, int64 minutes for hours.
type param struct {
	name     string
	kind     paramKind
	fallback any      // the default; nil is the type's zero value
	min, max float64  // for numbers, as written in the file; both zero: not negative
	oneOf    []string // for texts: what is allowed; empty: anything
	doc      string   // one line
}

// Params are the values of a rule's parameters, with defaults filled in. They
// were validated when the rule was loaded, so reading one cannot fail; reading
// one that the check does not declare is a mistake in the check and panics.
type Params struct {
	values map[string]any
	sets   map[string]map[string]bool
}

// Int returns a whole number.
func (p Params) Int(name string) int64 { return valueOf[int64](p, name) }

// Minutes returns a parameter that is written in hours, in minutes.
func (p Params) Minutes(name string) int64 { return valueOf[int64](p, name) }

// Float returns a number that is neither time nor money.
func (p Params) Float(name string) float64 { return valueOf[float64](p, name) }

// Bool returns a parameter that is true or false.
func (p Params) Bool(name string) bool { return valueOf[bool](p, name) }

// Text returns a text.
func (p Params) Text(name string) string { return valueOf[string](p, name) }

// Strings returns a list of texts as written; not to be changed.
func (p Params) Strings(name string) []string { return valueOf[[]string](p, name) }

// Has reports whether the list of texts holds word, which is in lower case;
// the list's own case does not matter.
func (p Params) Has(name, word string) bool { return p.sets[name][word] }

// Caps returns minutes by code prefix; not to be changed.
func (p Params) Caps(name string) map[string]int64 { return valueOf[map[string]int64](p, name) }

// Amounts returns limits of money by code prefix, as written: the currency is the
// matter's, and [billing.ParseLimit] reads them in it. Not to be changed.
func (p Params) Amounts(name string) map[string]string { return valueOf[map[string]string](p, name) }

func valueOf[T any](p Params, name string) T {
	v, ok := p.values[name].(T)
	if !ok {
		panic(fmt.Sprintf("guideline: the check declares no such parameter: %s %T", name, v))
	}
	return v
}

// newParams checks raw, as TOML decoded it, against what a check declares. It
// returns every mistake by parameter name, each a message for the person.
func newParams(declared []param, raw map[string]any) (Params, map[string]string) {
	p := Params{values: map[string]any{}, sets: map[string]map[string]bool{}}
	wrong := map[string]string{}
	for name := range raw {
		if !slices.ContainsFunc(declared, func(d param) bool { return d.name == name }) {
			wrong[name] = fmt.Sprintf("the check has no parameter %q; it has %s", name, paramNames(declared))
		}
	}
	for _, d := range declared {
		v := d.zero()
		if r, ok := raw[d.name]; ok {
			var err error
			if v, err = d.read(r); err != nil {
				wrong[d.name] = fmt.Sprintf("%s: %v", d.name, err)
				continue
			}
		}
		p.values[d.name] = v
		if list, ok := v.([]string); ok {
			set := make(map[string]bool, len(list))
			for _, s := range list {
				set[strings.ToLower(s)] = true
			}
			p.sets[d.name] = set
		}
	}
	return p, wrong
}

func paramNames(declared []param) string {
	if len(declared) == 0 {
		return "none"
	}
	var names []string
	for _, d := range declared {
		names = append(names, d.name)
	}
	return strings.Join(names, ", ")
}

// zero returns the default, or the zero value of the parameter's type.
func (d param) zero() any {
	if d.fallback != nil {
		switch v := d.fallback.(type) {
		case int: // so that a declaration may say 3
			if d.kind == paramFloat {
				return float64(v)
			}
			return int64(v)
		default:
			return v
		}
	}
	switch d.kind {
	case paramInt, paramHours:
		return int64(0)
	case paramFloat:
		return float64(0)
	case paramBool:
		return false
	case paramText:
		return ""
	case paramStrings:
		return []string(nil)
	case paramCaps:
		return map[string]int64(nil)
	case paramAmounts:
		return map[string]string(nil)
	}
	panic("guideline: no such kind of parameter")
}

// read takes a value as TOML decoded it.
func (d param) read(raw any) (any, error) {
	switch d.kind {
	case paramInt:
		n, ok := raw.(int64)
		if !ok {
			return nil, fmt.Errorf("write a whole number, not %s", tomlType(raw))
		}
		return n, d.within(float64(n))
	case paramHours:
		return d.hours(raw)
	case paramFloat:
		f, ok := number(raw)
		if !ok {
			return nil, fmt.Errorf("write a number, not %s", tomlType(raw))
		}
		return f, d.within(f)
	case paramBool:
		b, ok := raw.(bool)
		if !ok {
			return nil, fmt.Errorf("write true or false, not %s", tomlType(raw))
		}
		return b, nil
	case paramText:
		s, ok := raw.(string)
		if !ok {
			return nil, fmt.Errorf("write a text in quotes, not %s", tomlType(raw))
		}
		if len(d.oneOf) > 0 && !slices.Contains(d.oneOf, s) {
			return nil, fmt.Errorf("%q is not allowed; write one of %s", s, strings.Join(d.oneOf, ", "))
		}
		return s, nil
	case paramStrings:
		return readStrings(raw)
	case paramCaps:
		return readTable(raw, d.hours)
	case paramAmounts:
		return readTable(raw, readAmount)
	}
	panic("guideline: no such kind of parameter")
}

// hours reads a number of hours as whole minutes.
func (d param) hours(raw any) (int64, error) {
	f, ok := number(raw)
	if !ok {
		return 0, fmt.Errorf("write hours as a number such as 1.5, not %s", tomlType(raw))
	}
	if err := d.within(f); err != nil {
		return 0, err
	}
	minutes := math.Round(f * 60)
	if math.Abs(minutes-f*60) > 1e-6 || minutes > 1e9 {
		return 0, fmt.Errorf("%v hours are no whole number of minutes", f)
	}
	return int64(minutes), nil
}

func (d param) within(f float64) error {
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return fmt.Errorf("write a finite number")
	case d.min == 0 && d.max == 0 && f < 0:
		return fmt.Errorf("%v is negative", f)
	case d.min == 0 && d.max == 0:
		return nil
	case f < d.min || f > d.max:
		return fmt.Errorf("%v is out of range; write %v to %v", f, d.min, d.max)
	}
	return nil
}

func number(raw any) (float64, bool) {
	switch v := raw.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

func readStrings(raw any) ([]string, error) {
	list, ok := raw.([]any)
	if !ok {
		return nil, fmt.Errorf("write a list of texts in brackets, not %s", tomlType(raw))
	}
	out := make([]string, 0, len(list))
	for _, v := range list {
		s, ok := v.(string)
		if !ok {
			return nil, fmt.Errorf("write only texts in quotes into the list, not %s", tomlType(v))
		}
		if strings.TrimSpace(s) == "" {
			return nil, fmt.Errorf("the list holds an empty text")
		}
		out = append(out, s)
	}
	return out, nil
}

func readTable[T any](raw any, read func(any) (T, error)) (map[string]T, error) {
	table, ok := raw.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("write a table such as { L100 = … }, not %s", tomlType(raw))
	}
	out := make(map[string]T, len(table))
	for _, key := range slices.Sorted(maps.Keys(table)) {
		v, err := read(table[key])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		out[key] = v
	}
	return out, nil
}

func readAmount(raw any) (string, error) {
	s, ok := raw.(string)
	if !ok {
		return "", fmt.Errorf("write an amount in quotes such as \"25000.00\", not %s", tomlType(raw))
	}
	if _, err := billing.ParseLimit(s, "USD"); err != nil {
		return "", err
	}
	return s, nil
}

// tomlType says what a decoded value is in the words of a guideline's writer.
func tomlType(v any) string {
	switch v := v.(type) {
	case string:
		return strconv.Quote(v)
	case bool:
		return strconv.FormatBool(v)
	case int64, float64:
		return fmt.Sprint(v)
	case []any:
		return "a list"
	case map[string]any:
		return "a table"
	}
	return "a date or time"
}

// literal writes the default as a file would.
func (d param) literal() string {
	switch v := d.zero().(type) {
	case int64:
		if d.kind == paramHours {
			return strconv.FormatFloat(float64(v)/60, 'f', -1, 64)
		}
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case string:
		return strconv.Quote(v)
	case []string:
		quoted := make([]string, len(v))
		for i, s := range v {
			quoted[i] = strconv.Quote(s)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	}
	return "{}"
}
