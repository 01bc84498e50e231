package agreement_test

import "strings"

// exception is why readers find something else than Tenths in some series.
type exception struct {
	differs string // who finds something else: python, libical or both
	reason  string
	series  []series // the file as its name ends; the UID "*" stands for any
}

// named is a series of an exception, with who differs.
type named struct {
	differs string
	series  series
}

// excepted returns what excepts s, of which some find something else.
func excepted(s series, differs string) (named, bool) {
	for _, e := range exceptions {
		for _, one := range e.series {
			if e.differs == differs && (one.uid == "*" || one.uid == s.uid) && (strings.HasSuffix(s.file, "__"+one.file) || strings.HasSuffix(s.file, "/"+one.file)) {
				return named{differs, one}, true
			}
		}
	}
	return named{}, false
}

// exceptions are all series in which not everybody agrees. Sections are those
// of RFC 5545 unless another RFC is named.
var exceptions = []exception{
	{"both", "what begins at midnight and ends in the last minutes of a day is a matter of dates, as deadlines are written; the readers keep the minute that lacks", []series{
		{"invalid__lastfm.ics", "*"},
	}},
	{"both", "RFC 5546 3.2.5: a CANCEL without RECURRENCE-ID takes the whole series back, which the readers list beside it", []series{
		{"test__itip.ics", "0981234-1234234-23@example.com"},
	}},
	{"both", "3.8.2.2 wants DTEND to be later than DTSTART; where it is the same date, the day of 3.6.1 is left", []series{
		{"calendars__example.ics", "*"},
		{"Germany_Holidays.ics", "*"},
	}},
	{"both", "3.3.10: COUNT=1, and DTSTART always counts as the first occurrence even where the rule does not give it", []series{
		{"Christian32Holidays.ics", "9C89EE14-4E3C-11D9-A619-000A958A3252"},
	}},
	{"libical", "3.3.10: DTSTART always counts as the first occurrence, libical gives one more than COUNT", []series{
		{"multiple_rrule.ics", "*"},
	}},
	{"both", "3.2.13 and 3.8.4.4: RANGE=THISANDFUTURE moves the later instances too, which neither reader does", []series{
		{"issue_75_range_parameter.ics", "210"},
	}},
	{"both", "3.2.19: a TZID without VTIMEZONE means what its name says to CLDR or IANA, or the offset in it; the readers take the time for UTC or X-WR-TIMEZONE's", []series{
		{"issue_313_globally_unique_tzid.ics", "mozilla-lightning@issue-313"},
		{"invalid__schedule-unstable.ics", "20060825T153859Z-23493-100-1-52@embrace"},
		{"invalid__phpicalendar_sample.ics", "20030425T023455Z-5454-500-1-0@lbt-laplinux.voiping.com"},
		{"Office-2012-owa.ics", "*"},
		{"music-school-weekly-until.ics", "*"},
		{"windows-quoted-tz-rrule.ics", "*"},
	}},
	{"both", "3.2.19: libical does not know the Windows zone; 3.3.10: UNTIL is inclusive, Python loses the last instance", []series{
		{"issue_107_omitting_last_event.ics", ""},
	}},
	{"python", "3.2.19: Python does not know the zone behind the vendor's prefix, with or without its VTIMEZONE", []series{
		{"issue_313_globally_unique_tzid.ics", "libical-evolution@issue-313"},
		{"issue_313_globally_unique_tzid.ics", "multipart-olson@issue-313"},
		{"issue_466_convert_tzid_with_slash.ics", "*"},
		{"valid__evolution.ics", "*"},
	}},
	{"libical", "3.6.5: the VTIMEZONE lacks the observance in effect at the time, or is one that never changes; the TZID is IANA's and RFC 7809 lets a client use its own data", []series{
		{"rfc5545sec4__input2.ics", "*"},
		{"expected__input2.ics", "*"},
		{"valid__rfc5545-sec4.2.ics", "*"},
		{"valid__Earth32Seasons.ics", "*"},
		{"valid__bitfire1.ics", "*"},
		{"valid__stacksize.ics", "*"},
		{"fablab_cottbus.ics", "*"},
	}},
	{"libical", "3.2.19: the TZID stands in its VTIMEZONE with a space before it, which libical keeps", []series{
		{"test_with_int_tzid.ics", "*"},
	}},
	{"libical", "3.3.5 leaves floating times to where one is; X-WR-TIMEZONE says where, and libical does not read it", []series{
		{"invalid__OZMovies.ics", "*"},
		{"invalid__phpicalendar_sample.ics", "20030822T181536Z-23921-100-1-13@walker"},
		{"mixed-timezone-handling.ics", "*"},
		{"tv-show-episode.ics", "*"},
		{"issue_86_x_wr_timezone_without_time_zone_in_dt.ics", "*"},
	}},
	{"python", "3.3.5: a time in UTC stays what it is; Python moves it to X-WR-TIMEZONE and expands the rule there, over a change of clocks", []series{
		{"biweekly-exdate-until.ics", "1234567-ABCD-ABCD-ABCD-123456789012"},
	}},
	{"python", "3.6.1: a date without DTEND lasts its day, Python gives it no length", []series{
		{"issue_1426_value_parameters.ics", "*"},
		{"issue_178_custom_component_contains_other.ics", "*"},
		{"multiple_calendar_components.ics", "*"},
		{"rfc_7265_appendix_example_1_ical.ics", "*"},
		{"events__rfc_7265_example_4.ics", "*"},
		{"invalid__phpicalendar_sample.ics", "holiday0009@icaldates.com"},
		{"invalid__phpicalendar_sample.ics", "holiday0010@icaldates.com"},
		{"invalid__phpicalendar_sample.ics", "holiday0013@icaldates.com"},
		{"valid__rfc5545-sec3.6.1.ics", "*"},
		{"bad_custom_ms_tz.ics", "*"},
		{"bad_custom_ms_tz2.ics", "*"},
		{"test_daily_recurring.ics", "*"},
		{"issue_179_example.ics", "*"},
	}},
	{"both", "RFC 7529: a rule in a calendar scale that is not known gives no more than DTSTART, libical knows them; Python gives a date no length against 3.6.1", []series{
		{"rfc_7529.ics", "4.3.3"},
	}},
	{"libical", "RFC 7529: a rule in a calendar scale that is not known gives no more than DTSTART, libical knows them", []series{
		{"rfc_7529.ics", "4.3.1"},
		{"rfc_7529.ics", "4.3.2"},
	}},
	{"both", "3.8.2.5: the DURATION of a date is in days or weeks; ten hours are not, and the day of 3.6.1 is left", []series{
		{"issue_201_test_matrix.ics", "VEVENT-DATE-HOURS"},
	}},
	{"python", "3.3.6: PT1W is no duration; the day of 3.6.1 is left, which Python does not give", []series{
		{"test_date_duration.ics", "*"},
	}},
	{"libical", "3.8.5.3: DTSTART is the first instance even where the rule does not give it, or ends before it", []series{
		{"issue_157_removes_trailing_semicolon.ics", "*"},
		{"valid__Christian32Holidays.ics", "*"},
		{"valid__derryn.ics", "*"},
		{"valid__lotr.ics", "*"},
		{"valid__lotr-updated.ics", "*"},
		{"issue_117_until_before_dtstart.ics", "*"},
	}},
	{"both", "3.8.5.2 in RFC 2445 4.8.5.2: EXRULE takes instances out by the event's own clock; Python has none, libical misses those of winter and leaves DTSTART out", []series{
		{"valid__friday13-NOT.ics", "*"},
	}},
	{"libical", "3.8.5.2: RDATE may be a list of PERIODs, with lengths of their own; libical leaves them out", []series{
		{"issue_156_RDATE_with_PERIOD.ics", "*"},
		{"issue_156_RDATE_with_PERIOD_list.ics", "*"},
		{"issue_464_invalid_rdate.ics", "*"},
		{"issue_1426.ics", "*"},
		{"issue_722_missing_timezones.ics", "*"},
		{"rfc_7265_appendix_example_2_ical.ics", "*"},
		{"valid__calconnect2.ics", "*"},
		{"valid__calconnect4.ics", "*"},
		{"valid__calconnect8.ics", "*"},
		{"valid__calconnect9.ics", "*"},
		{"issue_113_period_in_rdate.ics", "*"},
		{"issue_113_period_rdate_duration.ics", "*"},
	}},
	{"libical", "3.8.5.2: RDATE with a TZID is in that zone, libical takes it for UTC", []series{
		{"rdate_falls_on_rrule_until.ics", "*"},
	}},
	{"libical", "3.8.4.4: RECURRENCE-ID ought to be a date as DTSTART is; midnight in a zone means that date, not the day before", []series{
		{"valid__Australian32Holidays.ics", "D41658EB-C414-11D6-BA97-003065F198AC"},
		{"exchange_whole_day_moved_recurrence.ics", "*"},
		{"issue_28_rrule_with_UTC_endinginZ.ics", "*"},
	}},
	{"libical", "3.8.2.2: DTEND is later than DTSTART; an end before the start makes a moment, libical a negative time", []series{
		{"daily-count-exdate-recurrence-id.ics", "*"},
		{"rfc2446.ics", "*"},
		{"test-data__2446.ics", "*"},
		{"end_before_start_event.ics", "*"},
		{"issue_132_swapped_start_and_end.ics", "*"},
	}},
	{"libical", "3.6.1: DTEND and DURATION exclude each other; DTEND was taken, libical takes neither", []series{
		{"test-data__restriction.ics", "*"},
	}},
	{"libical", "3.3.12 and 3.3.6: an end that cannot be read is none, libical makes something of it", []series{
		{"test-data__incoming.ics", "*"},
		{"invalid_duration.ics", "*"},
	}},
	{"libical", "3.3.4: 30 February and the like are no dates and are reported, libical goes on to March", []series{
		{"large-file-with-late-error.ics", "*"},
	}},
	{"libical", "3.3.4: a date with a Z behind it is still one, libical reads none", []series{
		{"timeparsing.ics", "*"},
	}},
	{"libical", "3.3.10: what a rule says beyond the known parts is passed over, libical drops the rule", []series{
		{"badRRULE.ics", "*"},
		{"bad_rrule_missing_until_event.ics", "*"},
	}},
	{"libical", "3.1: a fold goes on behind a blank line, which CR CR LF makes; libical reads none", []series{
		{"multiple_calendar_components.ics", "956630271"},
	}},
	{"python", "3.3.10: spaces in a BYDAY list are passed over, Python drops the rule", []series{
		{"issue_165_missing_event.ics", "*"},
	}},
	{"python", "3.3.10: UNTIL without a zone is in that of DTSTART and inclusive, Python takes it for UTC", []series{
		{"non-utc-until-ny.ics", "*"},
	}},
	{"python", "3.1: spaces at the end of values and lone CRs at that of lines; Python reads no such event", []series{
		{"invalid__13-MoonPhase.ics", "*"},
		{"invalid__phpicalendar_sample.ics", "D9040425-RID"},
	}},
	{"python", "3.8.4.4: each of a day's overrides is an instance of its own, Python keeps one for each day", []series{
		{"recurrence-sequence.ics", "*"},
	}},
	{"python", "3.8.4.7, RFC 5546 2.1.5: of events with one UID the highest SEQUENCE counts, Python keeps what the older had too", []series{
		{"issue_148_exdate_and_rdate_updated.ics", "*"},
		{"issue_148_ignored_exdate.ics", "*"},
		{"valid__incoming.ics", "calsrv.example.com-873970198738777@example.com"},
		{"test-data__classify.ics", "calsrv.example.com-873970198738777@example.com"},
	}},
}
