package calendar_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/capture/calendar"
)

// message makes a calendar of one event with a METHOD.
func message(method, lines string) string {
	return strings.Replace(calendarOf(lines), "VERSION:2.0", "VERSION:2.0\r\nMETHOD:"+method, 1)
}

const (
	invitation = "UID:i\nSEQUENCE:1\nDTSTAMP:20261110T100000Z\nDTSTART:20261116T150000Z\nDTEND:20261116T160000Z\nSUMMARY:Call\n" +
		"ORGANIZER:mailto:pat@acme.example\nATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:me@firm.example\nATTENDEE:mailto:dana@firm.example"
	weeklyCall = "UID:i\nDTSTAMP:20261101T100000Z\nDTSTART:20261109T150000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2\nSUMMARY:Call"
	sent       = "UID:i\nSEQUENCE:1\nDTSTAMP:20261111T100000Z\n"
)

// A message about a meeting is none of its own, and changes what RFC 5546 lets
// it change.
func TestMessages(t *testing.T) {
	start := "DTSTART:20261116T150000Z\nDTEND:20261116T160000Z\n"
	for _, c := range []struct {
		name  string
		files []string
		want  string
	}{
		{"an invitation", []string{message("REQUEST", invitation)}, "1500 confirmed"},
		{"another's answer", []string{message("REQUEST", invitation), message("REPLY", sent+start+"ATTENDEE;PARTSTAT=DECLINED:mailto:dana@firm.example")}, "1500 confirmed"},
		{"one's own", []string{message("REQUEST", invitation), message("REPLY", sent+start+"ATTENDEE;PARTSTAT=DECLINED:mailto:Me@firm.example")}, "1500 declined"},
		{"one's own, read first and without a start", []string{message("REPLY", sent+"ATTENDEE;PARTSTAT=DECLINED:mailto:me@firm.example"), message("REQUEST", invitation)}, "1500 declined"},
		{"one's own, of other times", []string{message("REQUEST", invitation), message("REPLY", sent+"DTSTART:20261118T150000Z\nSUMMARY:Other\nATTENDEE;PARTSTAT=ACCEPTED:mailto:me@firm.example")}, "1500 confirmed"},
		{"the later of one's own", []string{
			message("REPLY", strings.Replace(sent, "20261111", "20261112", 1)+"ATTENDEE;PARTSTAT=ACCEPTED:mailto:me@firm.example"),
			message("REQUEST", invitation), message("REPLY", sent+"ATTENDEE;PARTSTAT=DECLINED:mailto:me@firm.example")}, "1500 confirmed"},
		{"one's own about one instance", []string{message("REQUEST", weeklyCall), message("REPLY", sent+"RECURRENCE-ID:20261116T150000Z\nATTENDEE;PARTSTAT=DECLINED:mailto:me@firm.example")},
			"1500 confirmed, 1500 declined"},
		{"an answer alone", []string{message("REPLY", sent+start+"ATTENDEE;PARTSTAT=ACCEPTED:mailto:me@firm.example")}, ""},
		{"a proposal", []string{message("REQUEST", invitation), message("COUNTER", sent+"DTSTART:20261116T200000Z\nDTEND:20261116T210000Z")}, "1500 confirmed"},
		{"a proposal alone", []string{message("COUNTER", sent+start)}, ""},
		{"a proposal declined, a question", []string{message("DECLINECOUNTER", sent+start), message("REFRESH", sent), message("REQUEST", invitation)}, "1500 confirmed"},
		{"withdrawn, without a start", []string{message("REQUEST", invitation), message("CANCEL", sent+"STATUS:CANCELLED")}, "1500 cancelled"},
		{"withdrawn before it was sent anew", []string{message("CANCEL", "UID:i\nSEQUENCE:0\nDTSTAMP:20261101T100000Z\nSTATUS:CANCELLED"), message("REQUEST", invitation)}, "1500 confirmed"},
		{"withdrawn from another", []string{message("REQUEST", invitation), message("CANCEL", sent+"ATTENDEE:mailto:dana@firm.example")}, "1500 confirmed"},
		{"withdrawn from oneself", []string{message("REQUEST", invitation), message("CANCEL", sent+"ATTENDEE:mailto:me@firm.example")}, "1500 cancelled"},
		{"one instance withdrawn", []string{message("REQUEST", weeklyCall), message("CANCEL", sent+"RECURRENCE-ID:20261116T150000Z\nSTATUS:CANCELLED")}, "1500 confirmed, 1500 cancelled"},
		{"a withdrawal alone", []string{message("CANCEL", sent+start+"STATUS:CANCELLED")}, "1500 cancelled"},
		{"one more instance", []string{message("REQUEST", weeklyCall), message("ADD", sent+"DTSTART:20261117T170000Z\nDURATION:PT1H")}, "1500 confirmed, 1500 confirmed, 1700 confirmed"},
		{"published", []string{message("PUBLISH", invitation)}, "1500 confirmed"},
		{"two copies, declined in one", []string{calendarOf(strings.Replace(invitation, "NEEDS-ACTION", "DECLINED", 1)), calendarOf(strings.Replace(invitation, "NEEDS-ACTION", "ACCEPTED", 1))}, "1500 declined"},
		{"two copies, cancelled in one", []string{calendarOf(invitation + "\nSTATUS:CANCELLED"), calendarOf(invitation)}, "1500 cancelled"},
		{"sent somebody else", []string{calendarOf(strings.Replace(invitation, "NEEDS-ACTION", "DELEGATED", 1))}, "1500 declined"},
	} {
		cal, problems := calendar.Parse([]byte(strings.Join(c.files, "")))
		var got []string
		for _, o := range cal.Instances(today, today.AddDate(1, 0, 0), calendar.View{Own: []string{"me@firm.example"}, Zone: time.UTC}) {
			got = append(got, o.Span.Start.Format("1504 ")+o.Status)
			if o.Subject != "" && o.Subject != "Call" {
				t.Errorf("%s: %s", c.name, o.Subject.Reveal())
			}
		}
		if s := strings.Join(got, ", "); s != c.want || len(problems) > 0 {
			t.Errorf("%s: got %q, want %q; problems %v", c.name, s, c.want, problems)
		}
	}
}
