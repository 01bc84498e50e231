package language

import (
	"fmt"
	"strings"
	"testing"
)

// sketch writes a text's clauses: class, verbs, then the phrases by what they are.
func sketch(t Text) string {
	var b strings.Builder
	names := [...]string{
		"-", "other", "draft", "review", "analyze", "research", "communicate", "confer", "appear", "ready", "strategize", "manage",
		"supervise", "clerical", "file", "organize", "gather", "travel",
	}
	for i := range t.Clauses {
		c := &t.Clauses[i]
		if i > 0 {
			b.WriteString(" // ")
		}
		b.WriteString(names[c.Class()])
		for _, s := range [...]struct {
			name    string
			phrases []Phrase
		}{{"", c.Objects}, {"with", c.With}, {"about", c.About}, {"for", c.Purpose}, {"from", c.Origin}, {"to", c.Destination}} {
			for _, ph := range s.phrases {
				fmt.Fprintf(&b, " %s(%s)", s.name, t.Source[ph.From:ph.To])
			}
		}
		if c.Same {
			b.WriteString(" same")
		}
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"Review and revise asset purchase agreement", "draft (asset purchase agreement)"},
		{"Draft motion to compel production of medical records", "draft (motion to compel production of medical records)"},
		{"Draft motion, declaration of [name], and proposed order", "draft (motion) (declaration of [name]) (proposed order)"},
		{"Prepare for and attend deposition of Dr. Wu", "appear (deposition of Dr. Wu)"},
		{"Telephone conference with opposing counsel regarding trial date", "confer with(opposing counsel) about(trial date)"},
		{"T/c w/ client re: lease", "communicate with(client) about(lease)"},
		{"Receipt and review of email from Dana Fox regarding reserve", "review (email) with(Dana Fox) about(reserve)"},
		{"Analyze complaint; email client regarding same", "analyze (complaint) // communicate (client) about(same) same"},
		{"Draft answer and research venue of claim", "draft (answer) // research (venue of claim)"},
		{"Reviewed documents produced and labeled by plaintiff", "review (documents produced) (labeled by plaintiff)"},
		{"Review complaint and answer", "review (complaint) (answer)"},
		{"Review comments and draft agreement from seller", "review (comments) (draft agreement from seller)"},
		{"Review email and letter to client regarding lien", "review (email) (letter) with(client) about(lien)"},
		{"Call client to discuss offer and request records", "communicate (client) for(discuss offer) for(request records)"},
		{"Confer with client re settlement and with opposing counsel re deposition", "confer with(client) about(settlement) // confer with(opposing counsel) about(deposition)"},
		{"Begin drafting motion to strike", "draft (motion to strike)"},
		{"Conduct legal research regarding laches", "research about(laches)"},
		{"Take deposition of Pedro Ruiz", "appear (deposition of Pedro Ruiz)"},
		{"Travel to and attend mediation", "appear (mediation)"},
		{"Traveled from Oakland to Fresno for hearing", "travel from(Oakland) to(Fresno for hearing)"},
		{"File review", "review (File review)"},
		{"E-file motion to dismiss", "file (motion to dismiss)"},
		{"Case management conference", "appear (Case management conference)"},
		{"Review terms and conditions and privacy policy", "review (terms and conditions) (privacy policy)"},
		{"Prepare privilege log in anticipation of producing and filing", "draft (privilege log) for(producing) for(filing)"},
		{"Follow up with plaintiff’s counsel regarding releases", "communicate with(plaintiff’s counsel) about(releases)"},
		{"Attention to file", "manage (file)"},
		{"Telephone call with client. Regarding lease.", "communicate with(client) about(lease)"},
		{"8.00", ""},
		{"", ""},
	} {
		if got := sketch(Parse(tc.in)); got != tc.want {
			t.Errorf("%s\n got %s\nwant %s", tc.in, got, tc.want)
		}
	}
}

func TestTasks(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want int
	}{
		{"Draft motion to compel; revise motion", 1},
		{"Analyze protocol for TCPA compliance; draft summary of TCPA issues; email with [name] regarding same", 1},
		{"Prepare for deposition of Smith; attend deposition of Smith", 1},
		{"Research standing of assignee and draft memo", 1},
		{"Review file and draft answer", 1},
		{"Review lease and propose edits to notice clause", 1},
		{"Draft answer and prepare for deposition of Smith", 2},
		{"Draft answer; research laches; call with broker regarding limits", 3},
		{"Revise motion and exhibits; finalize motion", 1},
		{"Draft motion to compel and argue motion for summary judgment", 2},
		{"Draft lease; draft deed; revise lease", 2},
		{"Review complaint and draft answer", 1},
		{"Review lease and draft guaranty", 2},
		{"Draft answer; research laches; email client regarding same", 2},
		{"Review discovery responses and draft meet and confer letter", 1},
		{"Research limitations period for stress injury and summarize findings in memorandum", 1},
		{"Reviewed settlement agreement and conferred with client regarding payment terms of settlement", 1},
		{"Review lease and draft opposition to motion to strike", 2},
		{"Call with client regarding lease; left message for broker", 1},
		{"Review scheduling order; calculate expert disclosure deadlines", 1},
		{"Evaluate grounds for demurrer; review counterclaim", 1},
		{"Analyze deposition transcript of Smith; review exhibits to deposition", 1},
		{"Review lease; review merger agreement", 2},
		{"Revise licence agreement and advise client on royalty provisions", 1},
		{"Revise licence agreement and advise client on boundary lease", 2},
		{"Review order on motion in limine\nand revise opening statement accordingly", 1},
		{"Review file; call with client; draft answer to complaint", 3},
		{"Draft lease, revise plan, and prepare for deposition of Smith", 2},
		{"Draft lease, review documents, and draft opposition to motion to strike", 2},
		{"Attend and take deposition of Smith", 1},
		{"Draft lease; finalize; email client regarding same", 1},
		{"Review protective order; letter to client re scope of production", 1},
		{"Review scheduling order and email client regarding trial date", 1},
		{"Review protective order; letter to client re payroll vendor", 2},
		{"Review protective order and draft subpoena to payroll vendor", 2},
		{"Draft declaration of Smith; attend deposition of Smith", 2},
		{"Draft motion for sanctions and declaration of Smith; revise declaration of Smith", 1},
		{"Draft notice of deposition of Smith; attend deposition of Smith", 2},
		{"Draft special interrogatories regarding meal periods; draft settlement agreement regarding meal periods", 2},
		{"Draft motion to compel; draft declaration of Smith in support of motion", 1},
		{"Draft stock purchase agreement; draft disclosure schedules to stock purchase agreement", 1},
	} {
		text := Parse(tc.in)
		if _, n := text.Tasks(); n != tc.want {
			t.Errorf("%s: %d tasks, want %d", tc.in, n, tc.want)
		}
	}
}

func TestTells(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want Detail
	}{
		{"case issues", Vague}, {"discovery issues", Vague}, {"the Rivera file", Vague}, {"various documents", Vague},
		{"brief", Broad}, {"discovery", Broad}, {"lease issues", Concrete}, {"complaint", Concrete},
		{"[redacted]", Concrete}, {"plaintiff's case", Vague}, {"Judge Ito's order", Exact},
	} {
		text := Parse("Review " + tc.in)
		if got := text.TellsOf(text.Clauses[0].Objects); got != tc.want {
			t.Errorf("%s: %d, want %d", tc.in, got, tc.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"Review and revise motion to compel; email [name] re same.", "Travel to, and attend", "and and and,;.", "[", "[]]", "w/", "U.S. Trustee’s T/C re:",
		"with with to to for regarding regarding", "Réviser l’accord — §12(b)(6)", "\xff\xfe review", "Prepare for", "conduct", "take", "2 calls", "and with X",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := Parse(s)
		at := 0
		for _, tok := range text.Tokens {
			if tok.From < at || tok.To <= tok.From || tok.To > len(s) || tok.Word == nil {
				t.Fatalf("token %d:%d after %d of %d bytes", tok.From, tok.To, at, len(s))
			}
			at = tok.To
		}
		of, n := text.Tasks()
		if len(of) != len(text.Clauses) || n > len(of) {
			t.Fatalf("%d clauses, %d numbers, %d tasks", len(text.Clauses), len(of), n)
		}
		end := 0
		for i := range text.Clauses {
			c := &text.Clauses[i]
			if c.From < end || c.To <= c.From || c.To > len(s) || of[i] < 0 || of[i] >= n {
				t.Fatalf("clause %d: %d:%d after %d, task %d of %d", i, c.From, c.To, end, of[i], n)
			}
			end = c.To
			for _, phrases := range [][]Phrase{c.Objects, c.With, c.About, c.Purpose, c.Origin, c.Destination} {
				for _, ph := range phrases {
					if ph.From < c.From || ph.To > c.To || ph.From >= ph.To || ph.Head >= ph.Last || ph.Head >= 0 && ph.Head < ph.First {
						t.Fatalf("phrase %+v in clause %d:%d", ph, c.From, c.To)
					}
					text.Tells(&ph)
				}
			}
		}
	})
}

// The periods of an address end no sentence.
func TestAddressesAreOneWord(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Review correspondence from aaron.martinsen@enron.com regarding air permits",
		"Telephone conference with j.doe@mail.firm.co.uk regarding lease",
		"Review terms at https://example.org/terms.html regarding arbitration",
		"Review terms at www.example.org regarding arbitration.",
		"Analyze notice posted on example.com regarding arbitration",
	} {
		text := Parse(s)
		if _, n := text.Tasks(); n != 1 || len(text.Clauses) != 1 {
			t.Errorf("%q is %d tasks in %d clauses", s, n, len(text.Clauses))
		}
	}
	for _, s := range []string{"Draft answer to complaint.Telephone call with expert regarding report", "Draft answer to complaint. Telephone call with expert regarding report"} {
		text := Parse(s)
		if _, n := text.Tasks(); n != 2 {
			t.Errorf("%q is %d tasks", s, n)
		}
	}
}
