package app

import (
	"cmp"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// renderer turns what is stored into what is shown, in the zone of the reader.
type renderer struct {
	zone    *time.Location
	home    string // the firm's currency
	rates   billing.Rates
	on      billing.Day // of which rates of matters are shown
	matters map[billing.MatterID]billing.Matter
	outbox  map[billing.EntryID]store.OutboxRow
	said    map[billing.ObservationID]bool // what the person said, rather than what was seen
}

// stated reports whether all that e rests on was said by the person.
func (r renderer) stated(e billing.Entry) bool {
	return len(e.Evidence) > 0 && !slices.ContainsFunc(e.Evidence, func(id billing.ObservationID) bool { return !r.said[id] })
}

// instant writes t in RFC 3339 with the zone's offset; "" for no instant.
func (r renderer) instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(r.zone).Format(time.RFC3339)
}

func (r renderer) observation(o billing.Observation) ObservationView {
	v := ObservationView{
		ID: string(o.ID), Source: string(o.Source), Kind: string(o.Kind),
		Start: r.instant(o.Span.Start), End: r.instant(o.Span.End), Estimated: o.Estimated,
		Subject: string(o.Subject), With: []string{}, Thread: o.Thread, Path: string(o.Path),
		Saves: o.Saves, Words: o.Words, AllDay: o.AllDay, Status: o.Status, Busy: !o.Free,
		Private: o.Private, Ignored: o.Ignored, Doubt: o.Doubt, Bulk: o.Bulk,
	}
	for _, p := range o.With {
		v.With = append(v.With, p.Label())
	}
	for _, a := range o.Attachments {
		v.Attachments = append(v.Attachments, string(a))
	}
	if who := correspondent(o); who != nil {
		v.Who, v.WhoAt = cmp.Or(string(who.Name), who.Label()), who.Label()
	}
	return v
}

// correspondent returns who wrote a message to the timekeeper, or whom the
// timekeeper wrote to first; nil when nobody is known, and for other things.
func correspondent(o billing.Observation) *billing.Party {
	want := billing.RoleFrom
	switch o.Kind {
	case billing.KindMailReceived:
	case billing.KindMailSent:
		want = billing.RoleTo
	default:
		return nil
	}
	i := slices.IndexFunc(o.With, func(p billing.Party) bool { return p.Role == want })
	if i < 0 {
		return nil
	}
	return &o.With[i]
}

func (r renderer) entry(e billing.Entry) DraftView {
	m := r.matters[e.Matter]
	v := DraftView{
		ID: string(e.ID), Day: e.WorkDate.String(),
		Matter: m.Number, MatterName: string(m.Name), Client: string(m.Client),
		Spans: []SpanView{}, WorkedSeconds: e.Worked, BilledMinutes: e.Billed, Hours: billing.FormatTenths(e.Billed),
		Narrative: string(e.Narrative), Phrases: []PhraseView{},
		TaskCode: e.TaskCode, ActivityCode: e.ActivityCode,
		NonBillable: e.NonBillable, Private: e.Private, Estimated: e.Estimated,
		Confidence: e.Confidence, Reasons: append([]string{}, e.Reasons...), Candidates: []CandidateView{}, Asks: []AskView{},
		Evidence: ids(e.Evidence), State: string(e.State), Accepted: e.Accepted,
		Edited: e.Touched && len(e.Phrases) == 0, Stated: r.stated(e),
	}
	if ask, ok := e.Asked(billing.AskDay); ok && e.State == billing.StateDrafted {
		v.AskedDay = ask.Day.String()
	}
	for _, s := range e.Spans {
		v.Spans = append(v.Spans, SpanView{r.instant(s.Start), r.instant(s.End)})
	}
	if n := len(e.Spans); n > 0 {
		v.Start, v.End = v.Spans[0].Start, v.Spans[n-1].End
	}
	for _, p := range e.Phrases {
		v.Phrases = append(v.Phrases, PhraseView{string(p.Text), ids(p.Evidence)})
	}
	for _, c := range e.Candidates {
		if cm, ok := r.matters[c.Matter]; ok {
			v.Candidates = append(v.Candidates, CandidateView{cm.Number, string(cm.Name), c.Confidence, append([]string{}, c.Reasons...)})
		}
	}
	if e.State == billing.StateDrafted {
		v.Needs = cmp.Or(e.Missing(), closed(m))
	}
	if e.State == billing.StateDrafted && !e.Accepted {
		for _, a := range e.Asks {
			v.Asks = append(v.Asks, AskView{string(a.About), a.Text})
		}
	}
	if !e.Rate.IsZero() {
		v.Rate, v.Amount = e.Rate.String(), e.Amount().String()
	}
	if row, ok := r.outbox[e.ID]; ok {
		v.Posting, v.RemoteID, v.Message = string(row.State), row.RemoteID, row.Message
	}
	return v
}

// needing is a draft that wants a person, with what its mail has in common.
func (d *dayRecord) needing(r renderer, e billing.Entry) DraftView {
	v := r.entry(e)
	row, ok := draft.RowOf(e, d.evidence(e))
	if !ok {
		return v
	}
	v.Row = &RowView{By: string(row.By), Title: row.With, Messages: row.Messages}
	switch row.By {
	case draft.RowPerson:
		v.Row.Title = "mail with " + row.With
	case draft.RowOrganization:
		v.Row.Title = "mail with people at " + row.With
	case draft.RowLikely:
		v.Row.Title = "mail that looks like " + string(r.matters[e.Candidates[0].Matter].Name)
	case draft.RowOther:
		v.Row.Title = "other mail"
	}
	return v
}

// evidence returns what e rests on, as far as it is of the day.
func (d *dayRecord) evidence(e billing.Entry) []billing.Observation {
	out := make([]billing.Observation, 0, len(e.Evidence))
	for _, o := range d.observations {
		if slices.Contains(e.Evidence, o.ID) {
			out = append(out, o)
		}
	}
	return out
}

// ask adds a question that accepting the draft would answer, if there is one.
func (v *DraftView) ask(question billing.Ask) {
	if question.Text == "" {
		return
	}
	v.Asks = append(v.Asks, AskView{string(question.About), question.Text})
	if v.Needs == "" {
		v.Needs = question.Text
	}
}

func (r renderer) matter(m billing.Matter) MatterView {
	v := MatterView{
		Number: m.Number, Name: string(m.Name), Client: string(m.Client), Folder: string(m.Folder),
		Contacts: []string{}, Keywords: []string{}, Internal: m.Internal, Closed: m.Closed,
	}
	for _, c := range m.Contacts {
		if c.Address != "" {
			v.Contacts = append(v.Contacts, string(c.Address))
		} else {
			v.Contacts = append(v.Contacts, string(c.Name))
		}
	}
	for _, k := range m.Keywords {
		v.Keywords = append(v.Keywords, string(k))
	}
	if rate := r.rates.On(m.ID, r.on); rate.Matter == m.ID && !rate.Price.IsZero() {
		v.Rate = rate.Price.String()
	}
	return v
}

// groups puts entries under their matters, in the order of the matters'
// numbers; those without a matter are left out.
func (r renderer) groups(matters []billing.Matter, entries []billing.Entry) []MatterGroup {
	out := []MatterGroup{}
	for _, m := range matters {
		g := MatterGroup{Matter: r.matter(m)}
		var hours billing.Quantity
		var amounts billing.Amounts
		for _, e := range entries {
			if e.Matter != m.ID {
				continue
			}
			g.BilledMinutes += e.Billed
			hours += billing.QuantityOf(e.Billed)
			amounts = amounts.Plus(e.Amount())
			g.Drafts = append(g.Drafts, r.entry(e))
		}
		if g.Drafts == nil {
			continue
		}
		g.Hours = hours.String()
		if !amounts.IsZero() {
			g.Amount = amounts.Text(r.home)
		}
		out = append(out, g)
	}
	return out
}

func ids[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}
