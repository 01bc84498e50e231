package language

import "strings"

// fields are the words of one field of work. A letter about one of them, written
// after reading another, is about what was read: "review protective order;
// letter to client regarding scope of production". They tell nothing of two
// papers that are written: both may be of one field and yet two tasks.
var fields = wordFields(
	`protective_order production confidentiality privilege privilege_log document_production protocol custodian metadata clawback
		requests_for_production request_for_production subpoena discovery_responses discovery_request interrogatory interrogatories
		special_interrogatories form_interrogatories deficiency`,
	`settlement_agreement settlement demand demand_letter offer release mediation mediation_brief mediation_statement payment
		counteroffer authority settlement_release marital_settlement_agreement bracket`,
	`class_certification predominance typicality commonality numerosity adequacy ascertainability decertification`,
	`meal_periods rest_breaks meal_and_rest_breaks overtime wage_statements premium timekeeping_records pay_records payroll_records
		time_records off-the-clock_work rounding`,
	`deposition transcript deposition_transcript testimony errata witness deponent notice_of_deposition deposition_notice`,
	`notice_of_removal removal remand diversity`,
	`verdict jury_instruction jury_instructions voir_dire juror trial trial_brief witness_list exhibit_list motion_in_limine motions_in_limine pretrial_order`,
	`lease rent landlord tenant premises assignment sublease estoppel_certificate`,
	`policy coverage coverage_opinion reservation_of_rights tender tender_letter exclusion endorsement insurer`,
	`arbitration motion_to_compel_arbitration arbitrator delegation_clause class_waiver`,
	`complaint amended_complaint answer demurrer motion_to_dismiss pleading defense service`,
	`scheduling_order case_management_statement continuance extension stipulation trial_date cutoff case_management_conference
		trial deadline schedule`,
	`purchase_agreement stock_purchase_agreement asset_purchase_agreement closing indemnification escrow disclosure_schedule closing_checklist earnout`,
	`privacy_policy privacy ccpa consent disclosure opt-in`,
)

// wordFields gives each word the fields that it is of, as bits.
func wordFields(lists ...string) map[uint32]uint32 {
	out := map[uint32]uint32{}
	for i, list := range lists {
		for w := range strings.FieldsSeq(list) {
			out[hash(strings.ReplaceAll(w, "_", " "))] |= 1 << i
		}
	}
	return out
}

// tellsOf reports whether b tells somebody of what was read in a: talk or a
// letter about the field that a's papers are of.
func (t *Text) tellsOf(a, b *Clause) bool {
	switch a.Class() {
	case Review, Analyze, Gather, Research, Appear:
	default:
		return false
	}
	if !b.talks() && !(b.Class() == Draft && len(b.Objects) == 1 && b.Objects[0].HeadKinds&Message != 0 && len(b.About) > 0) {
		return false
	}
	return t.fieldsOf(a.Objects, a.About)&t.fieldsOf(b.About, b.Purpose) != 0
}

func (t *Text) fieldsOf(lists ...[]Phrase) uint32 {
	bits := uint32(0)
	for _, phrases := range lists {
		for i := range phrases {
			for k := phrases[i].First; k < phrases[i].Last; k++ {
				bits |= fields[t.Tokens[k].Stem]
			}
		}
	}
	return bits
}

// apart reports whether two clauses make two things, each of its own sort, so
// that a name or a subject that both mention does not make them one task: "draft
// declaration of Smith; attend deposition of Smith". What is made for the other
// names it ("declaration in support of the motion").
func (t *Text) apart(a, b *Clause) bool {
	x, y := t.made(a), t.made(b)
	return x != nil && y != nil && t.Tokens[x.Head].Stem != t.Tokens[y.Head].Stem && !t.names(a, y) && !t.names(b, x)
}

// made returns the paper that the clause writes or the event that it attends;
// nil where it does neither, or where the word for it stands for no certain one.
func (t *Text) made(c *Clause) *Phrase {
	if class := c.Class(); class != Draft && class != Appear || c.Has(Ready) || c.Same || len(c.Objects) == 0 {
		return nil
	}
	ph := &c.Objects[0]
	if ph.Head < 0 || ph.HeadKinds&(Filing|Document|Event) == 0 || ph.HeadKinds&(Meeting|Exhibit|Generic) != 0 && ph.HeadKinds&Named == 0 {
		return nil
	}
	if ph.HeadKinds&Event == 0 && t.Tokens[ph.Head].Detail < Concrete || products[t.Tokens[ph.Head].Stem] || drafts[t.Tokens[ph.Head].Stem] {
		return nil
	}
	return ph
}

// drafts are papers that serve another, or are its parts.
var drafts = map[uint32]bool{
	hash("objection"): true, hash("amendment"): true, hash("addendum"): true, hash("form"): true, hash("template"): true, hash("consent"): true,
	hash("resolution"): true, hash("separate statement"): true, hash("points and authorities"): true, hash("proposed order"): true,
	hash("memorandum of points and authorities"): true, hash("privilege log"): true, hash("redline"): true, hash("checklist"): true,
}

// names reports whether the clause has a word for the paper or event of ph: the
// head itself, or a part of its name ("arbitration" of "motion to compel arbitration").
func (t *Text) names(c *Clause, ph *Phrase) bool {
	head := &t.Tokens[ph.Head]
	for _, phrases := range [...][]Phrase{c.Objects, c.About, c.Purpose} {
		for i := range phrases {
			for k := phrases[i].First; k < phrases[i].Last; k++ {
				w := &t.Tokens[k]
				if w.Stem == head.Stem || w.Kinds&Filing != 0 && w.Detail == Broad && head.Kinds&Filing != 0 {
					return true
				}
			}
		}
	}
	return false
}
