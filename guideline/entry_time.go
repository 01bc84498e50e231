package guideline

import (
	"fmt"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/guideline/language"
)

// hours writes minutes as decimal hours, "1.5".
func hours(minutes int64) string {
	hundredths := minutes * 100 / 60
	switch {
	case minutes%6 == 0:
		return fmt.Sprintf("%d.%d", minutes/60, minutes%60/6)
	case minutes%3 == 0:
		return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
	}
	return fmt.Sprintf("%d:%02d", minutes/60, minutes%60)
}

// setSeconds sets the time of an entry that a file states to the second.
func (e *Entry) setSeconds(n int64) {
	e.Minutes = (n + 30) / 60
	e.Rest = n - 60*e.Minutes
}

// seconds is an entry's time. Sums add it rather than minutes: three times 0.33
// hours are 0.99, not an hour.
func (e *Entry) seconds() int64 { return 60*e.Minutes + e.Rest }

// Quantity is an entry's time as its bill states it, to hundredths of an hour.
func (e *Entry) Quantity() billing.Quantity {
	if e.Rest == 0 {
		return billing.QuantityOf(e.Minutes)
	}
	return billing.Quantity((e.seconds() + 18) / 36)
}

// hours writes an entry's time as it was stated.
func (e *Entry) hours() string {
	if e.Rest != 0 {
		return e.Quantity().String()
	}
	return hours(e.Minutes)
}

// inHours writes a sum of seconds as hours.
func inHours(seconds int64) string { return billing.Quantity((seconds + 18) / 36).String() }

// checkIncrement finds time that is no multiple of the increment. It has no fix:
// no fix changes the time.
func checkIncrement(r *Reading, rule Rule) []Finding {
	step := rule.Params.Minutes("step")
	if step <= 0 || r.Entry.Minutes%step == 0 && r.Entry.Rest == 0 {
		return nil
	}
	return []Finding{{Message: fmt.Sprintf("%s hours are no multiple of %s.", r.Entry.hours(), hours(step))}}
}

func checkMinimum(r *Reading, rule Rule) []Finding {
	least := rule.Params.Minutes("least")
	if r.Entry.seconds() >= 60*least {
		return nil
	}
	return []Finding{{Message: fmt.Sprintf("The entry has %s hours, less than the %s that the guideline has as its least.", r.Entry.hours(), hours(least))}}
}

// kindNames are the kinds of work that the length check sets limits for.
var kindNames = map[language.Class]string{
	language.Communicate: "communicate", language.Confer: "confer", language.Appear: "appear",
	language.Review: "review", language.Analyze: "review", language.Draft: "draft", language.Research: "research",
	language.Travel: "travel", language.Ready: "prepare", language.Strategize: "strategize", language.Organize: "organize",
	language.Clerical: "organize",
}

// checkLength finds entries longer than their work should take. Where an entry
// holds several kinds of work, the most generous limit holds.
func checkLength(r *Reading, rule Rule) []Finding {
	limit, what := rule.Params.Minutes("most"), "an entry"
	if kinds := rule.Params.Caps("kinds"); len(kinds) > 0 {
		most, kind, all := int64(0), "", len(r.Text.Clauses) > 0
		for i := range r.Text.Clauses {
			name := kindNames[r.Text.Clauses[i].Class()]
			k, ok := kinds[name]
			all = all && ok
			if ok && k > most {
				most, kind = k, name
			}
		}
		if all && most < limit {
			limit, what = most, "work of the kind \""+kind+"\""
		}
	}
	if r.Entry.seconds() <= 60*limit {
		return nil
	}
	return []Finding{{Message: fmt.Sprintf("%s hours are long for %s; the limit is %s.", r.Entry.hours(), what, hours(limit))}}
}

// checkDate finds work that is not done yet, too old to bill, or recorded late.
func checkDate(r *Reading, rule Rule) []Finding {
	e := &r.Entry
	if e.Date.IsZero() {
		return nil
	}
	var out []Finding
	today := r.Setting.Today
	stale, late := int(rule.Params.Int("stale")), int(rule.Params.Int("late"))
	switch {
	case today.IsZero():
	case e.Date.Compare(today) > 0:
		out = append(out, Finding{Message: fmt.Sprintf("The work date %s is in the future.", e.Date)})
	case stale > 0 && e.Date.Add(stale).Compare(today) < 0:
		out = append(out, Finding{Message: fmt.Sprintf("The work is more than %d days old.", stale)})
	}
	if late > 0 && !e.Entered.IsZero() && e.Date.Add(late).Compare(e.Entered) < 0 {
		out = append(out, Finding{Message: fmt.Sprintf("The work was recorded on %s, more than %d days after it was done.", e.Entered, late)})
	}
	return out
}
