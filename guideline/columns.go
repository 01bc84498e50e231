package guideline

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tenths/tenths/table"
)

// Column is what an entry has beside its time and narrative, and a file of
// entries may lack.
type Column string

// The columns that checks need.
const (
	ColumnDate           Column = "date"
	ColumnTimekeeper     Column = "timekeeper"
	ColumnClassification Column = "classification"
	ColumnClient         Column = "client"
	ColumnMatter         Column = "matter"
	ColumnTask           Column = "task_code"
	ColumnActivity       Column = "activity_code"
	ColumnRate           Column = "rate"
	ColumnEntered        Column = "entered" // when the entry was made
	ColumnSpans          Column = "start and end"
)

// The columns that no check needs by name.
const (
	columnID        = "id"
	columnHours     = "hours"
	columnMinutes   = "minutes" // beside hours
	columnNarrative = "narrative"
	columnBill      = "bill"
	columnAmount    = "amount"
	columnCurrency  = "currency"
	columnKind      = "kind"
	columnExpense   = "expense_code"
	columnBillable  = "billable"
	columnUnbilled  = "non_billable"
)

// columns are the columns of bills with the names that practice management
// systems, e-billing (LEDES 1998B) and people give them.
var columns = []table.Column{
	{Name: columnHours, Need: true, Also: []string{"billed hours", "billable hours", "duration hours", "hours billed", "hours worked", "worked hours", "hrs", "line item number of units",
		"quantity in hours", "quantity hours", "time hours", "duration", "quantity", "qty", "units", "time", "time spent", "time worked", "total hours", "actual hours", "bill hours", "net hours", "h",
		"billed minutes", "minutes", "mins", "min", "duration minutes", "stunden", "dauer"}},
	{Name: columnMinutes, Also: []string{"mins", "min"}},
	{Name: columnNarrative, Need: true, Also: []string{"description", "line item description", "narrative text", "work description", "service description", "services rendered", "description of services",
		"activity description", "task description", "billing description", "time entry description", "details", "services", "service", "work performed", "work", "memo", "note", "notes", "text",
		"entry", "tätigkeit", "beschreibung", "leistung"}},
	{Name: columnID, Also: []string{"entry id", "time entry id", "line item number", "line item", "line number", "line no", "line", "item", "no", "#", "activity id"}},
	{Name: string(ColumnDate), Also: []string{"work date", "line item date", "service date", "date of service", "date worked", "activity date", "entry date", "transaction date", "trans date", "day", "datum"}},
	{Name: string(ColumnTimekeeper), Also: []string{"timekeeper name", "tk name", "tkpr", "tk", "biller", "attorney", "lawyer", "professional", "fee earner", "user", "employee", "staff", "person",
		"timekeeper id", "initials", "who", "name", "bearbeiter"}},
	{Name: string(ColumnClassification), Also: []string{"timekeeper classification", "timekeeper level", "tk level", "timekeeper title", "level", "position", "role", "rank", "title", "class"}},
	{Name: columnBill, Also: []string{"bill number", "bill no", "invoice number", "invoice no", "invoice", "invoice id", "bill id", "rechnung"}},
	{Name: string(ColumnClient), Also: []string{"client name", "client id", "client number", "client no", "mandant"}},
	{Name: string(ColumnMatter), Also: []string{"matter number", "matter no", "client matter id", "client matter number", "law firm matter id", "matter id", "file number", "file no", "case number",
		"case no", "display number", "matter name", "case", "file", "akte", "aktenzeichen"}},
	{Name: string(ColumnTask), Also: []string{"line item task code", "utbms task code", "utbms task", "utbms code", "task", "phase task", "phase"}},
	{Name: string(ColumnActivity), Also: []string{"line item activity code", "utbms activity code", "utbms activity", "activity"}},
	{Name: string(ColumnRate), Also: []string{"hourly rate", "billing rate", "line item unit cost", "timekeeper rate", "unit cost", "unit price", "price", "stundensatz"}},
	{Name: string(ColumnEntered), Also: []string{"date entered", "entered on", "entered at", "entry made", "created", "created at", "created on", "date created", "recorded", "recorded on"}},
	{Name: columnAmount, Also: []string{"line item total", "line total", "total", "billed amount", "net amount", "total amount", "fee amount", "fees", "fee", "value", "extended", "betrag"}},
	{Name: columnCurrency, Also: []string{"currency code", "invoice currency"}},
	{Name: columnKind, Also: []string{"type", "exp/fee/inv_adj_type", "entry type", "line type", "item type", "fee or expense"}},
	{Name: columnExpense, Also: []string{"line item expense code", "expense type", "expense", "cost code"}},
	{Name: columnBillable, Also: []string{"is billable", "bill status"}},
	{Name: columnUnbilled, Also: []string{"nonbillable", "no charge", "is non billable"}},
}

// identifiers are the columns that a spreadsheet damages.
var identifiers = []Column{columnID, ColumnMatter, ColumnClient, columnBill}

func lacking(t *table.Table) map[Column]bool {
	out := map[Column]bool{ColumnSpans: true}
	for _, c := range []Column{ColumnDate, ColumnTimekeeper, ColumnClassification, ColumnClient, ColumnMatter, ColumnTask, ColumnActivity, ColumnRate, ColumnEntered} {
		if !t.Has(string(c)) {
			out[c] = true
		}
	}
	return out
}

// demand is what a check needs of the entries' columns.
type demand struct {
	all  []Column // it cannot be made without each of them
	any  []Column // nor without at least one of these
	each []Column // it looks at each by itself, and leaves out those that are not there
	rest bool     // besides each there is something to look at
}

var (
	ofPeople = demand{all: []Column{ColumnTimekeeper, ColumnDate}}
	ofCodes  = []Column{ColumnTask, ColumnActivity}
)

// demands are what the checks need; those that are not here need time and
// narrative alone.
var demands = map[string]func(Params) demand{
	"code-narrative":    func(Params) demand { return demand{any: ofCodes} },
	"codes":             codesDemand,
	"budget":            budgetDemand,
	"conference-hours":  func(Params) demand { return ofPeople },
	"date":              dateDemand,
	"day-limit":         func(Params) demand { return ofPeople },
	"duplicate":         func(Params) demand { return ofPeople },
	"late-entry":        func(Params) demand { return demand{all: []Column{ColumnDate, ColumnEntered}} },
	"level":             func(Params) demand { return demand{all: []Column{ColumnClassification}} },
	"other-party":       func(Params) demand { return demand{all: []Column{ColumnMatter}} },
	"overlap":           func(Params) demand { return demand{all: []Column{ColumnSpans}} },
	"repeated-wording":  func(Params) demand { return ofPeople },
	"several-attendees": func(Params) demand { return ofPeople },
	"small-items":       func(Params) demand { return ofPeople },
}

func codesDemand(p Params) demand {
	d := demand{}
	if p.Bool("task") || len(p.Strings("forbidden")) > 0 {
		d.each = append(d.each, ColumnTask)
	}
	if p.Bool("activity") || len(p.Strings("forbidden")) > 0 {
		d.each = append(d.each, ColumnActivity)
	}
	return d
}

func budgetDemand(p Params) demand {
	d := demand{}
	if len(p.Amounts("fees")) > 0 {
		d.each = append(d.each, ColumnRate)
	}
	for prefix := range p.Caps("hours") {
		switch {
		case prefix == "":
			d.rest = true
		case !slices.Contains(d.each, ColumnTask):
			d.each = append(d.each, ColumnTask)
		}
	}
	return d
}

func dateDemand(p Params) demand {
	d := demand{all: []Column{ColumnDate}, rest: true}
	if p.Int("late") > 0 {
		d.each = append(d.each, ColumnEntered)
	}
	return d
}

// wants returns the columns that a rule goes without, and whether it cannot be
// tested at all.
func wants(r *Rule, lacks map[Column]bool) (missing []Column, unmade bool) {
	of := demands[r.Check]
	if of == nil || len(lacks) == 0 {
		return nil, false
	}
	d := of(r.Params)
	gone := func(list []Column) (out []Column) {
		for _, c := range list {
			if lacks[c] {
				out = append(out, c)
			}
		}
		return out
	}
	all, any, each := gone(d.all), gone(d.any), gone(d.each)
	if len(any) < len(d.any) {
		any = nil
	}
	missing = slices.Concat(all, any, each)
	return missing, len(all)+len(any) > 0 || !d.rest && len(each) > 0 && len(each) == len(d.each)
}

// Unmade is a rule that could not be tested, or not all of it, because the
// entries lack columns.
type Unmade struct {
	Guideline, Rule, Check, Clause string

	Columns []Column // that it would need
	Partly  bool     // what needs no other column was tested
}

// Unmade returns the rules that hold for some of entries and could not be
// tested for want of a column, by guideline.
func (c *Checker) Unmade(entries []Entry) []Unmade {
	seen := map[*plan]bool{}
	known := map[string]bool{}
	var out []Unmade
	for i := range entries {
		p := c.planner.of(&entries[i])
		if seen[p] {
			continue
		}
		seen[p] = true
		for _, u := range p.unmade {
			if k := u.Guideline + "/" + u.Rule; !known[k] {
				known[k] = true
				out = append(out, u)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Unmade) int {
		return cmp.Or(strings.Compare(a.Guideline, b.Guideline), strings.Compare(a.Rule, b.Rule))
	})
	return out
}
