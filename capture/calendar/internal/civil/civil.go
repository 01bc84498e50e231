// Package civil counts what a clock on the wall shows, without a zone. It must
// not know instants: turning one into the other is the work of package zone.
package civil

import "time"

// Day is the number of seconds that every civil day has here; a day on which
// clocks change is a matter of zones.
const Day = 24 * 60 * 60

// Time is a civil date and time of the proleptic Gregorian calendar, as
// seconds after 1970-01-01 00:00:00 on the same wall.
type Time int64

// Of returns the civil time of a date, whose fields must be in range, and a
// time of day, whose fields may overflow.
func Of(year, month, day, hour, minute, second int) Time {
	return Time(Days(year, month, day)*Day + int64(hour)*3600 + int64(minute)*60 + int64(second))
}

// FromUnix returns what a wall clock offset seconds east of UTC shows at the
// Unix time unix.
func FromUnix(unix int64, offset int) Time { return Time(unix + int64(offset)) }

// Days returns the days from 1970-01-01 to t, rounded down.
func (t Time) Days() int64 { return floorDiv(int64(t), Day) }

// Clock returns the seconds after midnight.
func (t Time) Clock() int64 { return int64(t) - t.Days()*Day }

// String returns t as 2006-01-02T15:04:05.
func (t Time) String() string { return time.Unix(int64(t), 0).UTC().Format("2006-01-02T15:04:05") }

// Days returns the days from 1970-01-01 to a date. Months and days out of
// range carry over as in [time.Date].
func Days(year, month, day int) int64 {
	month--
	year += int(floorDiv(int64(month), 12))
	month = month - int(floorDiv(int64(month), 12))*12 + 1
	y := int64(year)
	if month <= 2 {
		y--
	}
	era := floorDiv(y, 400)
	yearOfEra := y - era*400
	shifted := int64((month + 9) % 12) // March is 0
	dayOfYear := (153*shifted+2)/5 + int64(day) - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return era*146097 + dayOfEra - 719468
}

// Date returns the date that lies days after 1970-01-01.
func Date(days int64) (year, month, day int) {
	days += 719468
	era := floorDiv(days, 146097)
	dayOfEra := days - era*146097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	shifted := (5*dayOfYear + 2) / 153
	day = int(dayOfYear - (153*shifted+2)/5 + 1)
	month = int(shifted + 3)
	year = int(yearOfEra + era*400)
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

// Weekday returns the day of the week of the date days after 1970-01-01.
func Weekday(days int64) time.Weekday {
	return time.Weekday(days + 4 - 7*floorDiv(days+4, 7)) // 1970-01-01 was a Thursday
}

// MonthLength returns the number of days of a month.
func MonthLength(year, month int) int { return int(Days(year, month+1, 1) - Days(year, month, 1)) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
