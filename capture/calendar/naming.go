package calendar

import (
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/calendar/internal/civil"
	"github.com/tenths/tenths/capture/calendar/internal/ical"
	"github.com/tenths/tenths/capture/calendar/internal/zone"
)

// copyOf returns what tells e apart from other copies of it.
func (e *event) copyOf(said []*event, own []string) billing.Copy {
	c := billing.Copy{Sequence: e.sequence, Answer: answerOf(e, said, own)}
	if e.changed != 0 {
		c.Stamp = time.Unix(min(max(int64(e.changed), earliest), latest), 0).UTC()
	}
	return c
}

// naming names the instances of a series for whatever calendar they are seen in.
type naming struct {
	uid   string // "" where the series has no name of its own
	only  string // the instance, where the UID says which one it is
	days  days
	local *zone.Zone
}

// naming returns what names the instances of s. A UID that names one instance
// of a series, or the later part of one, is that of the series; a UID that two
// meetings were given names neither without its start.
func (s *series) naming(local *zone.Zone) naming {
	e := s.master
	if e == nil {
		e = s.overrides[0]
	}
	n := naming{local: local, days: e.days(local)}
	if !e.named {
		return n
	}
	id := readUID(e.uid)
	n.uid = id.base
	if e.overrides || e.recurs() {
		return n
	}
	start := e.start.unix(local)
	switch {
	case s.clash:
		n.only = "at " + n.instant(start)
	case id.later:
		n.only = n.instant(start)
	case id.day != 0 && !n.days.are: // the date alone is known, and that it begins when it does
		z := e.start.in(local)
		if e.start.form == utc {
			z = local
		}
		n.only = n.instant(z.Unix(id.day + civil.Time(z.Civil(start).Clock())))
	case id.day != 0:
		n.only = dateName(id.day.Days())
	case id.at != 0 && n.days.are:
		n.only = dateName(id.at.Days())
	case id.at != 0:
		n.only = n.instant(int64(id.at))
	}
	return n
}

// same returns the [billing.Observation.Same] of the instance at k.
func (n *naming) same(k key) string {
	if n.uid == "" {
		return ""
	}
	instance := n.only
	switch k.form {
	case single:
	case date:
		instance = dateName(k.at / civil.Day)
	case floating:
		instance = n.instant(n.local.Unix(civil.Time(k.at)))
	default:
		instance = n.instant(k.at)
	}
	return billing.SameAs("event", n.uid, instance)
}

// instant names an instance by where its series puts it: by the date, where it
// is a matter of dates, else by the instant, however it is written.
func (n *naming) instant(at int64) string {
	if n.days.are && !n.days.plain {
		return dateName(n.days.day(at))
	}
	return strconv.FormatInt(at, 10)
}

func dateName(days int64) string { return "day " + strconv.FormatInt(days, 10) }

// uid is what a UID says.
type uid struct {
	base  string
	at    civil.Time // of the one instance that it names, in UTC; 0 for none
	day   civil.Time // the date of that, where it says no more
	later bool       // it names the later part of a series
}

// googleUID is that of an instance, or of the later part, of one of Google's series:
// abc_20261116T150000Z@google.com, abc_20261116@google.com,
// abc_R20261116T150000@google.com.
var googleUID = regexp.MustCompile(`^(.+)_(R?)(\d{8})(T\d{6}Z?)?(@google\.com)$`)

func readUID(s string) uid {
	if id, ok := exchangeUID(s); ok {
		return id
	}
	if !strings.HasSuffix(s, "@google.com") {
		return uid{base: s}
	}
	m := googleUID.FindStringSubmatch(s)
	if m == nil {
		return uid{base: s}
	}
	base := m[1] + m[5]
	at, err := ical.ParseStamp(m[3] + m[4])
	switch {
	case err != nil:
		return uid{base: s}
	case m[2] != "":
		return uid{base: base, later: true}
	case at.Date:
		return uid{base: base, day: at.Time}
	}
	return uid{base: base, at: at.Time}
}

// A GlobalObjectId of Exchange (MS-OXOCAL section 2.2.1.27), in hexadecimal: 16
// bytes that are always the same, the date of the instance in four, when it was
// made in eight, eight of nothing, the length of what follows in four.
const (
	globalID   = "040000008200E00074C5B7101A82E008"
	globalDate = len(globalID)
	globalData = globalDate + 8 + 16 + 16 + 8
	// foreignID begins what follows where another program made the UID, which
	// stands behind it.
	foreignID = "vCal-Uid\x01\x00\x00\x00"
)

func exchangeUID(s string) (uid, bool) {
	if len(s) < globalDate || !strings.EqualFold(s[:globalDate], globalID) {
		return uid{}, false
	}
	upper := strings.ToUpper(s)
	data, err := hex.DecodeString(upper)
	if err != nil || len(upper) < globalData {
		return uid{base: upper}, true
	}
	id := uid{base: upper[:globalDate] + "00000000" + upper[globalDate+8:]}
	d := data[globalDate/2:]
	year, month, day := int(d[0])<<8|int(d[1]), int(d[2]), int(d[3])
	if year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= civil.MonthLength(year, month) {
		id.day = civil.Of(year, month, day, 0, 0, 0)
	}
	if foreign, ok := strings.CutPrefix(string(data[globalData/2:]), foreignID); ok {
		if id.base, _, _ = strings.Cut(foreign, "\x00"); id.base == "" {
			return uid{base: upper}, true
		}
	}
	return id, true
}
