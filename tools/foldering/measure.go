package main

import (
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/draft/associate"
	"github.com/tenths/tenths/tools/internal/filed"
)

// setting says how a mailbox is measured.
type setting struct {
	block    int
	feedback bool
	without  []string
}

// wanted is the precision that mail is assigned at.
const wanted = 0.95

// practice is a list of matters that grows as labels are seen, and what was
// learned of it.
type practice struct {
	matters []billing.Matter
	known   map[string]bool
	index   *associate.Index
	model   *associate.Model
}

// file learns where messages were filed, together. Labels become matters whose
// names they are: only then may they be candidates.
func (p *practice) file(messages ...filed.Message) {
	lessons := make([]associate.Lesson, len(messages))
	for i, m := range messages {
		lessons[i] = associate.Lesson{Observation: m.Seen, Matter: billing.MatterID(m.Label)}
	}
	p.index.Learn(p.model, nil, lessons...)
	for _, m := range messages {
		if !p.known[m.Label] {
			p.known[m.Label] = true
			p.matters = append(p.matters, billing.Matter{ID: billing.MatterID(m.Label), Name: billing.Privileged(m.Label)})
			p.index = associate.New(p.matters, billing.Timekeeper{})
		}
	}
}

// measure predicts and learns, in the order of time.
func measure(mailbox []filed.Message, s setting) (*result, error) {
	p := &practice{known: map[string]bool{}, index: associate.New(nil, billing.Timekeeper{}), model: associate.NewModel()}
	for _, what := range s.without {
		if leaveOut(mailbox, what) {
			continue
		}
		if err := p.model.Disregard(what); err != nil {
			return nil, err
		}
	}
	out := &result{feedback: s.feedback, block: s.block}
	first := min(s.block, len(mailbox))
	for _, m := range mailbox[:first] {
		p.file(m) // nothing is predicted yet
	}
	for start := first; start < len(mailbox); start += s.block {
		block := mailbox[start:min(start+s.block, len(mailbox))]
		threshold := p.model.Threshold(wanted, draft.DefaultPolicy.Threshold)
		for _, m := range block {
			if s.feedback {
				threshold = p.model.Threshold(wanted, draft.DefaultPolicy.Threshold)
			}
			began := time.Now()
			judged := p.index.Rank([]billing.Observation{m.Seen}, nil, threshold, p.model)[0]
			out.ranking += time.Since(began)
			out.add(m, judged, threshold, p.known[m.Label])
			if s.feedback {
				began = time.Now()
				p.file(m)
				out.learning += time.Since(began)
			}
		}
		if !s.feedback {
			began := time.Now()
			p.file(block...)
			out.learning += time.Since(began)
		}
	}
	saved, err := p.model.MarshalBinary()
	out.size = len(saved)
	return out, err
}

// firstDay ranks every message as if it were the first that was ever seen: all
// labels are in the list of matters and nothing was learned. It returns how many
// would be assigned without asking, and how many of those wrongly.
func firstDay(mailbox []filed.Message) (assigned, wrong int) {
	var matters []billing.Matter
	known := map[string]bool{}
	for _, m := range mailbox {
		if !known[m.Label] {
			known[m.Label] = true
			matters = append(matters, billing.Matter{ID: billing.MatterID(m.Label), Name: billing.Privileged(m.Label)})
		}
	}
	index, threshold := associate.New(matters, billing.Timekeeper{}), draft.DefaultPolicy.Threshold
	for _, m := range mailbox {
		best, sure := index.Rank([]billing.Observation{m.Seen}, nil, threshold, nil)[0].Best()
		if sure && best.Confidence >= threshold {
			assigned++
			if string(best.Matter) != m.Label {
				wrong++
			}
		}
	}
	return assigned, wrong
}

// leaveOut takes a part out of every message, and reports whether it is one.
func leaveOut(mailbox []filed.Message, part string) bool {
	for i := range mailbox {
		o := &mailbox[i].Seen
		switch part {
		case "terms":
			o.Terms, o.Quoted = nil, nil
		case "quoted":
			o.Quoted, o.QuotedFrom = nil, nil
		case "people":
			o.With, o.QuotedFrom = nil, nil
		case "subject":
			o.Subject = ""
		case "thread":
			o.Thread = ""
		default:
			return false
		}
	}
	return true
}
