package recur

import (
	"slices"
	"time"

	"github.com/tenths/tenths/capture/calendar/internal/civil"
)

// calendar finds the days that a rule chooses in a period. Days are counted
// from 1970-01-01.
type calendar struct {
	*Rule
	month, monthDay int // of the start
	weekday         time.Weekday
	weekdays        uint8 // bit set of BYDAY's days, whatever their ordinals
	months          uint16
}

func newCalendar(r *Rule, start civil.Time) *calendar {
	c := &calendar{Rule: r, weekday: civil.Weekday(start.Days())}
	_, c.month, c.monthDay = civil.Date(start.Days())
	for _, d := range r.ByDay {
		c.weekdays |= 1 << d.Day
	}
	for _, m := range r.ByMonth {
		c.months |= 1 << m
	}
	return c
}

// yearly appends the days of a year, or of a week-numbered year where weeks
// are asked for (RFC 5545's table of expansions and limits).
func (c *calendar) yearly(days []int64, year int) []int64 {
	switch {
	case len(c.ByWeekNo) > 0:
		return c.weeks(days, year)
	case len(c.ByYearDay) > 0:
		for _, n := range c.ByYearDay {
			if day, ok := c.nth(civil.Days(year, 1, 1), civil.Days(year+1, 1, 1), n); ok &&
				c.inMonths(day) && c.onMonthDay(day) && c.onOrdinalDay(day) {
				days = append(days, day)
			}
		}
	case len(c.ByMonthDay) > 0 && len(c.ByMonth) == 0 && len(c.ByDay) == 0:
		// What a rule leaves out comes from the start: the month, as libical
		// and most people read FREQ=YEARLY;BYMONTHDAY=29.
		days = c.monthDays(days, year, c.month)
	case len(c.ByMonthDay) > 0 || len(c.ByMonth) > 0 && len(c.ByDay) == 0:
		for month := 1; month <= 12; month++ {
			if c.months == 0 || c.months&(1<<month) != 0 {
				days = c.monthDays(days, year, month)
			}
		}
	case len(c.ByDay) > 0 && len(c.ByMonth) > 0:
		for _, month := range c.ByMonth {
			days = c.ordinals(days, civil.Days(year, month, 1), civil.Days(year, month+1, 1))
		}
	case len(c.ByDay) > 0:
		days = c.ordinals(days, civil.Days(year, 1, 1), civil.Days(year+1, 1, 1))
	default:
		days = c.dayOfMonth(days, year, c.month, c.monthDay)
	}
	return days
}

// monthly appends the days of a month.
func (c *calendar) monthly(days []int64, year, month int) []int64 {
	if c.months != 0 && c.months&(1<<month) == 0 {
		return days
	}
	from := len(days)
	if len(c.ByMonthDay) == 0 && len(c.ByDay) > 0 {
		days = c.ordinals(days, civil.Days(year, month, 1), civil.Days(year, month+1, 1))
	} else {
		days = c.monthDays(days, year, month)
	}
	if len(c.ByYearDay) == 0 {
		return days
	}
	return append(days[:from], slices.DeleteFunc(days[from:], func(day int64) bool { return !c.onYearDay(day) })...)
}

// weekly appends the days of the week that begins with first.
func (c *calendar) weekly(days []int64, first int64) []int64 {
	wanted := c.weekdays
	if wanted == 0 {
		wanted = 1 << c.weekday
	}
	for day := first; day < first+7; day++ {
		if wanted&(1<<civil.Weekday(day)) != 0 && c.inMonths(day) && c.onMonthDay(day) && c.onYearDay(day) {
			days = append(days, day)
		}
	}
	return days
}

// allows reports whether a rule that is daily or more frequent may fall on day.
func (c *calendar) allows(day int64) bool {
	return c.inMonths(day) && c.onMonthDay(day) && c.onYearDay(day) && c.inWeeks(day) &&
		(c.weekdays == 0 || c.weekdays&(1<<civil.Weekday(day)) != 0)
}

// weeks appends the days of the numbered weeks of a year. Week 1 is the first
// with four days in the year, so a week may reach into its neighbours.
func (c *calendar) weeks(days []int64, year int) []int64 {
	first, next := c.weekOne(year), c.weekOne(year+1)
	count := int(next-first) / 7
	wanted := c.weekdays
	if wanted == 0 && len(c.ByMonthDay) == 0 && len(c.ByYearDay) == 0 {
		wanted = 1 << c.weekday
	}
	for _, n := range c.ByWeekNo {
		if n < 0 {
			n += count + 1
		}
		if n < 1 || n > count {
			continue
		}
		for day := first + int64(n-1)*7; day < first+int64(n)*7; day++ {
			if (wanted == 0 || wanted&(1<<civil.Weekday(day)) != 0) &&
				c.inMonths(day) && c.onMonthDay(day) && c.onYearDay(day) {
				days = append(days, day)
			}
		}
	}
	return days
}

// weekOne returns the first day of week 1 of a year, by the rule's week start.
func (c *calendar) weekOne(year int) int64 { return c.weekStart(civil.Days(year, 1, 4)) }

// weekStart returns the first day of the week that day is in.
func (c *calendar) weekStart(day int64) int64 {
	return day - int64((civil.Weekday(day)-c.Wkst+7)%7)
}

// weekYear returns the year to which the week of day belongs.
func (c *calendar) weekYear(day int64) int {
	year, _, _ := civil.Date(c.weekStart(day) + 3)
	return year
}

// monthDays appends the days of a month by BYMONTHDAY, or by the start's.
func (c *calendar) monthDays(days []int64, year, month int) []int64 {
	if len(c.ByMonthDay) == 0 {
		return c.dayOfMonth(days, year, month, c.monthDay)
	}
	for _, n := range c.ByMonthDay {
		days = c.dayOfMonth(days, year, month, n)
	}
	return days
}

func (c *calendar) dayOfMonth(days []int64, year, month, n int) []int64 {
	if day, ok := c.nth(civil.Days(year, month, 1), civil.Days(year, month+1, 1), n); ok && c.onOrdinalDay(day) {
		return append(days, day)
	}
	return days
}

// nth returns the nth day of [first, next), from its end when n is negative.
// Where there is none, SKIP says what is taken instead.
func (c *calendar) nth(first, next int64, n int) (int64, bool) {
	day := first + int64(n) - 1
	if n < 0 {
		day = next + int64(n)
	}
	switch {
	case day >= first && day < next:
		return day, true
	case c.Skip == Forward:
		return max(first, min(day, next)), true
	case c.Skip == Backward:
		return max(first-1, min(day, next-1)), true
	}
	return 0, false
}

// ordinals appends the days of [first, next) that BYDAY names.
func (c *calendar) ordinals(days []int64, first, next int64) []int64 {
	for _, d := range c.ByDay {
		begin := first + int64((d.Day-civil.Weekday(first)+7)%7)
		switch {
		case d.N == 0:
			for day := begin; day < next; day += 7 {
				days = append(days, day)
			}
		case d.N > 0:
			if day := begin + 7*int64(d.N-1); day < next {
				days = append(days, day)
			}
		default:
			last := begin + (next-1-begin)/7*7
			if day := last + 7*int64(d.N+1); day >= first {
				days = append(days, day)
			}
		}
	}
	return days
}

// onOrdinalDay reports whether BYDAY, as a limit, lets day through. Ordinals
// count within the month where the rule goes by months, else within the year.
func (c *calendar) onOrdinalDay(day int64) bool {
	if c.weekdays == 0 {
		return true
	}
	if c.weekdays&(1<<civil.Weekday(day)) == 0 {
		return false
	}
	year, month, _ := civil.Date(day)
	first, next := civil.Days(year, 1, 1), civil.Days(year+1, 1, 1)
	if c.Freq == Monthly || len(c.ByMonth) > 0 {
		first, next = civil.Days(year, month, 1), civil.Days(year, month+1, 1)
	}
	for _, d := range c.ByDay {
		if d.Day != civil.Weekday(day) {
			continue
		}
		if d.N == 0 || int64(d.N) == (day-first)/7+1 || int64(-d.N) == (next-1-day)/7+1 {
			return true
		}
	}
	return false
}

func (c *calendar) inMonths(day int64) bool {
	if c.months == 0 {
		return true
	}
	_, month, _ := civil.Date(day)
	return c.months&(1<<month) != 0
}

func (c *calendar) onMonthDay(day int64) bool {
	if len(c.ByMonthDay) == 0 {
		return true
	}
	year, month, n := civil.Date(day)
	return slices.Contains(c.ByMonthDay, n) || slices.Contains(c.ByMonthDay, n-civil.MonthLength(year, month)-1)
}

func (c *calendar) onYearDay(day int64) bool {
	if len(c.ByYearDay) == 0 {
		return true
	}
	year, _, _ := civil.Date(day)
	first, next := civil.Days(year, 1, 1), civil.Days(year+1, 1, 1)
	return slices.Contains(c.ByYearDay, int(day-first)+1) || slices.Contains(c.ByYearDay, int(day-next))
}

func (c *calendar) inWeeks(day int64) bool {
	if len(c.ByWeekNo) == 0 {
		return true
	}
	year := c.weekYear(day)
	first, next := c.weekOne(year), c.weekOne(year+1)
	n := int(day-first)/7 + 1
	return slices.Contains(c.ByWeekNo, n) || slices.Contains(c.ByWeekNo, n-int(next-first)/7-1)
}
