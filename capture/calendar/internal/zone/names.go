package zone

import (
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/tenths/tenths/capture/calendar/internal/ical"
)

//go:generate sh -c "npm pack --silent cldr-core@48.2.0 && tar xzf cldr-core-48.2.0.tgz package/supplemental/windowsZones.json && go run windows_gen.go package/supplemental/windowsZones.json && rm -r package cldr-core-48.2.0.tgz"

// Names finds zones by the TZID of one calendar.
type Names struct {
	rules map[string]*ical.Component // VTIMEZONE by TZID
	found map[string]*Zone           // nil for a TZID that means nothing
}

// NewNames prepares to find zones among the VTIMEZONE components given and the
// names known everywhere.
func NewNames(timezones []*ical.Component) *Names {
	n := &Names{rules: map[string]*ical.Component{}, found: map[string]*Zone{}}
	for _, c := range timezones {
		for i := range c.Properties {
			if id := &c.Properties[i]; id.Name == "TZID" {
				n.rules[clean(id.Value)] = c
			}
		}
	}
	return n
}

// Find returns the zone that tzid stands for, or nil. A name that IANA or
// Windows knows beats the calendar's own rules, which are often stale; rules
// beat a guess. It is not safe for concurrent use.
func (n *Names) Find(tzid string) *Zone {
	tzid = clean(tzid)
	z, ok := n.found[tzid]
	if !ok {
		z = n.find(tzid)
		n.found[tzid] = z
	}
	return z
}

func (n *Names) find(tzid string) *Zone {
	rules := n.rules[tzid]
	bare := len(tzid) <= 4 && !strings.EqualFold(tzid, "UTC") && !strings.EqualFold(tzid, "GMT") && rules != nil
	if z := Named(tzid); z != nil && !bare { // EST means -5 all year to IANA, and to few calendars
		return z
	}
	if rules == nil {
		if z := Named(strings.ReplaceAll(tzid, "-", "/")); z != nil { // US-Eastern
			return z
		}
		if z := windowsZone(numbered.ReplaceAllString(tzid, "")); z != nil { // Pacific Standard Time 1
			return z
		}
		return offsetName(tzid)
	}
	for _, hint := range []string{"X-LIC-LOCATION", "TZID-ALIAS-OF"} {
		if z := Named(clean(rules.Text(hint))); z != nil {
			return z
		}
	}
	if z, err := FromRules(rules); err == nil {
		return z
	}
	return offsetName(tzid)
}

// Named returns the zone that has a name of IANA's, whatever a program put
// before it, or one that Windows uses or shows; nil for any other.
func Named(name string) *Zone {
	name = strings.TrimPrefix(name, "tzone://Microsoft/")
	for rest := name; ; {
		if z := iana(rest); z != nil {
			return z
		}
		_, after, cut := strings.Cut(rest, "/")
		if !cut || !strings.Contains(after, "/") {
			break
		}
		rest = after
	}
	return windowsZone(name)
}

// windowsZone returns the zone that Windows has under a name, or nil.
func windowsZone(name string) *Zone {
	if id, ok := windowsName(name); ok {
		return iana(id)
	}
	return nil
}

// numbered is what programs put behind the name of a zone that they have twice.
var numbered = regexp.MustCompile(` *\(?[0-9]{1,3}\)?$`)

var known sync.Map // string → *Zone, nil for an unknown name

// iana returns the zone with an IANA name, in any case and with spaces for
// underscores, or nil.
func iana(name string) *Zone {
	lower := strings.ToLower(name)
	if name == "" || len(name) > 64 || lower == "local" || lower == "factory" ||
		strings.HasPrefix(lower, "posix/") || strings.HasPrefix(lower, "right/") {
		return nil
	}
	if strings.EqualFold(name, "UTC") || strings.EqualFold(name, "Z") {
		return UTC
	}
	if z, ok := known.Load(name); ok {
		return z.(*Zone)
	}
	var z *Zone
	for _, spelling := range []string{name, strings.ReplaceAll(name, " ", "_"), titled(name)} {
		if loc, err := time.LoadLocation(spelling); err == nil {
			z = In(loc)
			known.Store(name, z) // only names that exist: there are few
			break
		}
	}
	return z
}

// titled writes europe/isle_of_man as Europe/Isle_of_Man.
func titled(name string) string {
	b := []byte(strings.ToLower(strings.ReplaceAll(name, " ", "_")))
	for i, c := range b {
		start := i == 0 || b[i-1] == '/' || b[i-1] == '_' || b[i-1] == '-'
		small := strings.HasPrefix(string(b[i:]), "of_") || strings.HasPrefix(string(b[i:]), "es_")
		if start && !small && c >= 'a' && c <= 'z' {
			b[i] = c - 32
		}
	}
	return string(b)
}

// clean removes what surrounds a TZID in careless calendars.
func clean(tzid string) string {
	tzid = strings.Trim(strings.TrimSpace(ical.Unescape(tzid)), `"' `)
	return strings.TrimPrefix(tzid, "TZID=")
}

// offsetName reads names that say nothing but an offset, such as UTC+01,
// (GMT-03:00) or GMT +0100. A name with words behind it, whose zone may have
// summer time, is taken at its offset too: it is all there is.
func offsetName(name string) *Zone {
	s := strings.TrimLeft(strings.ToUpper(name), "( ")
	if !strings.HasPrefix(s, "UTC") && !strings.HasPrefix(s, "GMT") {
		return nil
	}
	s = strings.TrimLeft(s[3:], " ")
	if s == "" || strings.HasPrefix(s, ")") {
		return UTC
	}
	if s[0] != '+' && s[0] != '-' {
		return nil
	}
	end := 1
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == ':') {
		end++
	}
	digits := strings.ReplaceAll(s[1:end], ":", "")
	switch len(digits) {
	case 1:
		digits = "0" + digits + "00"
	case 2:
		digits += "00"
	case 3:
		digits = "0" + digits
	}
	offset, err := ical.ParseOffset(s[:1] + digits)
	if err != nil {
		return nil
	}
	return Fixed(offset)
}
