package guideline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/guideline/language"
)

// keeperDay is one timekeeper's day.
type keeperDay struct {
	keeper string
	day    billing.Day
}

func keeperDayOf(it *item) (keeperDay, bool) {
	e := &it.Entry
	return keeperDay{string(e.Timekeeper), e.Date}, e.Timekeeper != "" && !e.Date.IsZero()
}

// dayMinutes is what a day has, but for the one on which clocks go back.
const dayMinutes = 24 * 60

func checkDayLimit(b *Bill, r Rule) []Finding {
	limit := r.Params.Minutes("limit")
	var out []Finding
	for _, day := range grouped(b.items, keeperDayOf) {
		total := int64(0)
		longest := day[0]
		for _, it := range day {
			total += it.Entry.seconds()
			if it.Entry.Minutes > longest.Entry.Minutes {
				longest = it
			}
		}
		if total <= 60*limit {
			continue
		}
		over := ""
		if total > 60*dayMinutes {
			over = ", more than a day has"
		}
		if limit < dayMinutes {
			over += "; the most is " + billing.FormatTenths(limit) + " h"
		}
		msg := fmt.Sprintf("This timekeeper's entries of %s come to %s h%s. Check their dates and times.", longest.Entry.Date, inHours(total), over)
		out = append(out, Finding{Entry: longest.Entry.ID, Others: ids(day, longest), Message: msg,
			Question: "Which of these entries has the wrong date or time?"})
	}
	return out
}

// claim is a stretch of time that an entry claims.
type claim struct {
	billing.Span
	by *item
}

func checkOverlap(b *Bill, r Rule) []Finding {
	tolerance := time.Duration(r.Params.Int("tolerance")) * time.Minute
	var out []Finding
	for _, items := range grouped(b.items, func(it *item) (string, bool) { return string(it.Entry.Timekeeper), len(it.Entry.Spans) > 0 }) {
		shared, order := sharedTime(claims(items))
		for _, it := range order {
			if f, ok := overlapFinding(it, shared[it], tolerance); ok {
				out = append(out, f)
			}
		}
	}
	return out
}

// claims returns all stretches that items claim, by start.
func claims(items []*item) []claim {
	var out []claim
	for _, it := range items {
		for _, s := range it.Entry.Spans {
			if !s.Empty() {
				out = append(out, claim{s, it})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b claim) int { return a.Start.Compare(b.Start) })
	return out
}

// sharedTime returns for each item how long it claims what another claimed
// before it, and the items in the order of their claims.
func sharedTime(sorted []claim) (shared map[*item]map[*item]time.Duration, order []*item) {
	shared = map[*item]map[*item]time.Duration{}
	var open []claim
	for _, c := range sorted {
		open = slices.DeleteFunc(open, func(o claim) bool { return !o.End.After(c.Start) })
		for _, o := range open {
			if o.by == c.by {
				continue
			}
			if shared[c.by] == nil {
				shared[c.by] = map[*item]time.Duration{}
				order = append(order, c.by)
			}
			shared[c.by][o.by] += time.Duration(c.Intersect(o.Span).Seconds()) * time.Second
		}
		if len(open) < maxOpen {
			open = append(open, c)
		}
	}
	return shared, order
}

// maxOpen bounds with how many entries at one moment another is compared: who
// has that many at once has been told.
const maxOpen = 16

func overlapFinding(it *item, shared map[*item]time.Duration, tolerance time.Duration) (Finding, bool) {
	var others []string
	most := time.Duration(0)
	for other, d := range shared {
		if d > tolerance {
			others = append(others, other.Entry.ID)
			most = max(most, d)
		}
	}
	slices.Sort(others)
	if len(others) == 0 {
		return Finding{}, false
	}
	return Finding{Entry: it.Entry.ID, Others: others,
		Message:  fmt.Sprintf("It claims %d minutes that another entry of this timekeeper claims too. Time can be billed once.", int64(most/time.Minute)),
		Question: "Which entry do these minutes belong to?"}, true
}

func checkLate(r *Reading, rule Rule) []Finding {
	e := &r.Entry
	days := rule.Params.Int("days")
	if e.Date.IsZero() || e.Entered.IsZero() || !before(e.Date.Add(int(days)), e.Entered) {
		return nil
	}
	noon := func(d billing.Day) time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC) }
	late := int64(noon(e.Entered).Sub(noon(e.Date)).Hours()) / 24
	return []Finding{{Message: fmt.Sprintf("It was made %d days after the work; the most is %d. Keep what shows that the time is right.", late, days)}}
}

// budgetKey is a matter and the beginning of its task codes.
type budgetKey struct{ matter, prefix string }

// budget is what is agreed for a matter's task codes that begin alike, and what
// was used, in seconds or cents.
type budget struct {
	limits map[string]int64
	used   map[budgetKey]int64
	passed map[budgetKey]string // the entry that passed the cap
	text   func(amount int64) string
}

// add counts amount for an entry and returns the findings for the caps that it
// passes or that were passed before it.
func (u *budget) add(it *item, amount int64) []Finding {
	var out []Finding
	for _, p := range slices.Sorted(maps.Keys(u.limits)) {
		if !strings.HasPrefix(it.Entry.TaskCode, p) {
			continue
		}
		k, limit := budgetKey{it.matter(), p}, u.limits[p]
		was := u.used[k]
		u.used[k] += amount
		f := Finding{Entry: it.Entry.ID}
		switch {
		case u.used[k] <= limit || amount == 0:
			continue
		case was <= limit:
			u.passed[k] = it.Entry.ID
			f.Message = fmt.Sprintf("With it %s comes to %s; %s is agreed. Have the client agree to more before going on.", phase(p), u.text(u.used[k]), u.text(limit))
		default:
			f.Message = fmt.Sprintf("With it %s comes to %s; the %s that is agreed was used up before.", phase(p), u.text(u.used[k]), u.text(limit))
			f.Others = []string{u.passed[k]}
		}
		out = append(out, f)
	}
	return out
}

func checkBudget(b *Bill, r Rule) []Finding {
	hours := budget{map[string]int64{}, map[budgetKey]int64{}, map[budgetKey]string{}, func(n int64) string { return inHours(n) + " h" }}
	for p, minutes := range r.Params.Caps("hours") {
		hours.limits[p] = 60 * minutes
	}
	fees := map[string]*budget{} // by currency: what is agreed is in that of the matter's rate
	items := slices.Clone(b.billable())
	slices.SortStableFunc(items, func(x, y *item) int { return compareDays(x.Entry.Date, y.Entry.Date) })
	var out []Finding
	for _, it := range items {
		out = append(out, hours.add(it, it.Entry.seconds())...)
		if it.Entry.Rate.IsZero() {
			continue
		}
		amount := it.Entry.Quantity().At(it.Entry.Rate)
		if fees[amount.Currency] == nil {
			fees[amount.Currency] = feesIn(amount.Currency, r)
		}
		out = append(out, fees[amount.Currency].add(it, amount.Cents)...)
	}
	return out
}

// feesIn returns the budget of the fees in one currency.
func feesIn(currency string, r Rule) *budget {
	fees := &budget{map[string]int64{}, map[budgetKey]int64{}, map[budgetKey]string{}, func(n int64) string { return billing.Money{Cents: n, Currency: currency}.String() }}
	for p, text := range r.Params.Amounts("fees") {
		if limit, err := billing.ParseLimit(text, currency); err == nil { // else it is beyond all amounts in that currency
			fees.limits[p] = limit.Cents
		}
	}
	return fees
}

func phase(prefix string) string {
	if prefix == "" {
		return "the matter"
	}
	return "phase " + prefix
}

// keeperMatterDay is what one timekeeper did on one day for one matter.
type keeperMatterDay struct {
	keeperDay
	matter string
}

func checkSmallItems(b *Bill, r Rule) []Finding {
	least, count := r.Params.Minutes("least"), int(r.Params.Int("count"))
	groups := grouped(b.billable(), func(it *item) (keeperMatterDay, bool) {
		day, ok := keeperDayOf(it)
		return keeperMatterDay{day, it.matter()}, ok && it.Entry.Minutes == least
	})
	var out []Finding
	for _, items := range groups {
		if len(items) < count {
			continue
		}
		messages := 0
		for _, it := range items {
			if smallTalk(&it.Text) {
				messages++
			}
		}
		if 2*messages < len(items) {
			continue
		}
		last := items[len(items)-1]
		out = append(out, Finding{Entry: last.Entry.ID, Others: ids(items, last),
			Message: fmt.Sprintf("%d entries of this day are at the least time of %s h, %s h in all. Short calls and messages of a day belong in one entry with the time that they took together.",
				len(items), billing.FormatTenths(least), billing.FormatTenths(least*int64(len(items)))),
			Question: "How long did they take together?"})
	}
	return out
}

// smallTalk reports whether an entry is of calls or messages.
func smallTalk(t *language.Text) bool {
	return len(t.Clauses) > 0 && (isTalk(&t.Clauses[0]) || isMessage(t, &t.Clauses[0]))
}

// longestFirst returns items by their time.
func longestFirst(items []*item) []*item {
	out := slices.Clone(items)
	slices.SortStableFunc(out, func(a, b *item) int { return cmp.Compare(b.Entry.Minutes, a.Entry.Minutes) })
	return out
}
