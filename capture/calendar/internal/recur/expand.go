package recur

import (
	"iter"
	"slices"

	"github.com/tenths/tenths/capture/calendar/internal/civil"
)

// Expansion says which part of a rule's times are wanted.
type Expansion struct {
	Start civil.Time // the event's DTSTART
	Date  bool       // the event has dates without times: parts below a day are passed over
	// Seek allows to leave out times before it; a rule with a COUNT ignores it.
	Seek civil.Time
	// End is the first time no longer wanted.
	End civil.Time
	// Exists reports whether the clocks of the event's place ever show a time.
	// One that does not exist is neither given nor counted (RFC 5545 section
	// 3.3.10). Nil stands for a place where every time exists.
	Exists func(civil.Time) bool
	// Beyond reports whether a time is past UNTIL; nil compares civil times.
	Beyond func(civil.Time) bool
	// CountStart counts Start against COUNT even where the rule does not give
	// it, as RFC 5545 section 3.8.5.3 has it for events.
	CountStart bool
	// Budget is how many steps may still be taken; Expand lowers it, and stops
	// when there are none left. It bounds what a hostile rule can cost.
	Budget *int
}

// Expand gives the rule's times from Start on, in order, each once. Start
// itself is given only where the rule gives it.
func (r Rule) Expand(e Expansion) iter.Seq[civil.Time] {
	return func(yield func(civil.Time) bool) {
		if e.Date && r.Freq < Daily {
			return
		}
		x := &expander{Expansion: e, Rule: &r, calendar: newCalendar(&r, e.Start), yield: yield, last: e.Start - 1}
		if x.Count > 0 {
			x.Seek = e.Start
		}
		x.clocks()
		if r.Freq < Daily {
			x.fixedPeriods()
		} else {
			x.dayPeriods()
		}
	}
}

type expander struct {
	Expansion
	*Rule
	calendar *calendar
	yield    func(civil.Time) bool

	times []int64 // seconds within a day, or within a shorter period, sorted
	last  civil.Time
	count int64
}

// clocks works out the times of day, or of an hour or minute, that the rule
// chooses in each period.
func (x *expander) clocks() {
	clock := x.Start.Clock()
	if x.Date {
		x.times = []int64{0}
		return
	}
	or := func(list []int, own int64) []int {
		if len(list) == 0 {
			return []int{int(own)}
		}
		return list
	}
	hours, minutes, seconds := []int{0}, []int{0}, []int{0}
	if x.Freq >= Daily {
		hours = or(x.ByHour, clock/3600)
	}
	if x.Freq >= Hourly {
		minutes = or(x.ByMinute, clock/60%60)
	}
	if x.Freq >= Minutely {
		seconds = or(x.BySecond, clock%60)
	}
	for _, h := range hours {
		for _, m := range minutes {
			for _, s := range seconds {
				if s < 60 { // a leap second never comes in civil time
					x.times = append(x.times, int64(h*3600+m*60+s))
				}
			}
		}
	}
}

// emit gives the times of one period, chosen by BYSETPOS from all
// combinations of bases and clock times. It reports whether to go on.
func (x *expander) emit(bases []int64) bool {
	slices.Sort(bases)
	bases = slices.Compact(bases)
	total := len(bases) * len(x.times)
	at := func(i int) civil.Time { return civil.Time(bases[i/len(x.times)] + x.times[i%len(x.times)]) }
	if len(x.BySetPos) == 0 {
		for i := range total {
			if !x.give(at(i)) {
				return false
			}
		}
		return true
	}
	chosen := make([]int, 0, len(x.BySetPos))
	for _, n := range x.BySetPos {
		i := n - 1
		if n < 0 {
			i = total + n
		}
		if i >= 0 && i < total {
			chosen = append(chosen, i)
		}
	}
	slices.Sort(chosen)
	for _, i := range slices.Compact(chosen) {
		if !x.give(at(i)) {
			return false
		}
	}
	return true
}

// give hands one time on, if it is one, and reports whether to go on.
func (x *expander) give(t civil.Time) bool {
	if !x.spend() {
		return false
	}
	if t <= x.last {
		return true
	}
	x.last = t
	beyond := x.HasUntil && t > x.untilTime()
	if x.Beyond != nil && x.HasUntil {
		beyond = x.Beyond(t)
	}
	if t >= x.End || beyond {
		return false
	}
	if x.Exists != nil && !x.Exists(t) {
		return true
	}
	if x.CountStart && x.count == 0 && t != x.Start {
		x.count = 1
	}
	x.count++
	if x.Count > 0 && x.count > x.Count {
		return false
	}
	if t < x.Seek {
		return true
	}
	return x.yield(t)
}

// untilTime returns the last civil time that UNTIL allows: a date stands for
// all of that day.
func (x *expander) untilTime() civil.Time {
	if x.Until.Date && !x.Date {
		return x.Until.Time + civil.Day - 1
	}
	return x.Until.Time
}

func (x *expander) spend() bool {
	if x.Budget == nil {
		return true
	}
	*x.Budget--
	return *x.Budget > 0
}

// dayPeriods goes through years, months, weeks or days.
func (x *expander) dayPeriods() {
	if x.Freq == Yearly && len(x.ByWeekNo) > 0 {
		x.weekYears()
		return
	}
	startYear, startMonth, _ := civil.Date(x.Start.Days())
	seekYear, seekMonth, _ := civil.Date(max(x.Seek, x.Start).Days())
	week := x.calendar.weekStart(x.Start.Days())
	// skip is how many periods lie wholly before Seek, less one to be safe.
	skip := func(periods int64) int64 { return max(0, periods/x.Interval-1) * x.Interval }
	var n int64
	switch x.Freq {
	case Yearly:
		n = skip(int64(seekYear - startYear))
	case Monthly:
		n = skip(int64((seekYear-startYear)*12 + seekMonth - startMonth))
	case Weekly:
		n = skip((max(x.Seek, x.Start).Days() - week) / 7)
	case Daily:
		n = skip(max(x.Seek, x.Start).Days() - x.Start.Days())
	}
	var days []int64
	for ; x.spend(); n += x.Interval {
		days = days[:0]
		var first int64
		switch x.Freq {
		case Yearly:
			year := startYear + int(n)
			first = civil.Days(year, 1, 1)
			days = x.calendar.yearly(days, year)
		case Monthly:
			first = civil.Days(startYear, startMonth+int(n), 1)
			year, month, _ := civil.Date(first)
			days = x.calendar.monthly(days, year, month)
		case Weekly:
			first = week + 7*n
			days = x.calendar.weekly(days, first)
		case Daily:
			first = x.Start.Days() + n
			if x.calendar.allows(first) {
				days = append(days, first)
			}
		}
		if (first-1)*civil.Day >= int64(x.End) || !x.emitDays(days) {
			return
		}
	}
}

// weekYears goes through the years that number weeks. They begin up to three
// days before or after New Year: the first is the one that the start's week
// belongs to if the rule still has a time there, else the start's own year.
func (x *expander) weekYears() {
	year, _, _ := civil.Date(x.Start.Days())
	if of := x.calendar.weekYear(x.Start.Days()); of != year {
		days := x.calendar.weeks(nil, of)
		if of < year && x.Interval == 1 || slices.ContainsFunc(days, func(d int64) bool { return d >= x.Start.Days() }) {
			year = of
		}
	}
	for ; x.spend(); year += int(x.Interval) {
		first := x.calendar.weekOne(year)
		if first*civil.Day >= int64(x.End) || !x.emitDays(x.calendar.weeks(nil, year)) {
			return
		}
	}
}

func (x *expander) emitDays(days []int64) bool {
	for i := range days {
		days[i] *= civil.Day
	}
	return len(days) == 0 || x.emit(days)
}

// fixedPeriods goes through hours, minutes or seconds, which all have the same
// length on the wall, and jumps over days and hours that the rule shuts out.
func (x *expander) fixedPeriods() {
	unit := map[Freq]int64{Hourly: 3600, Minutely: 60, Secondly: 1}[x.Freq]
	step := unit * x.Interval
	base := int64(x.Start) - (int64(x.Start)%unit+unit)%unit
	t := base
	if x.Seek > x.Start {
		t += max(0, (int64(x.Seek)-base)/step-1) * step
	}
	jump := func(to int64) int64 { return base + (to-base+step-1)/step*step }
	day, allowed := int64(0), false
	bases := make([]int64, 1)
	for first := true; t < int64(x.End) && x.spend(); first = false {
		at := civil.Time(t)
		if d := at.Days(); first || d != day {
			day, allowed = d, x.calendar.allows(d)
		}
		clock := int(at.Clock())
		switch {
		case !allowed:
			t = jump((day + 1) * civil.Day)
		case len(x.ByHour) > 0 && !slices.Contains(x.ByHour, clock/3600):
			t = jump(t - int64(clock%3600) + 3600)
		case x.Freq < Hourly && len(x.ByMinute) > 0 && !slices.Contains(x.ByMinute, clock/60%60):
			t = jump(t - int64(clock%60) + 60)
		case x.Freq < Minutely && len(x.BySecond) > 0 && !slices.Contains(x.BySecond, clock%60):
			t += step
		default:
			bases[0] = t
			if !x.emit(bases) {
				return
			}
			t += step
		}
	}
}
