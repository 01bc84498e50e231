package narrate_test

import (
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/narrate"
)

var ids = []billing.ObservationID{"o1"}

func on(titles ...billing.Privileged) (out []narrate.Object) {
	for _, t := range titles {
		out = append(out, narrate.Object{Title: t, Evidence: ids})
	}
	return out
}

func about(subjects ...billing.Privileged) (out []narrate.Topic) {
	for _, s := range subjects {
		out = append(out, narrate.Topic{Text: s, Evidence: ids})
	}
	return out
}

func side(role billing.ContactRole, name billing.Privileged) narrate.Counterpart {
	return narrate.Counterpart{Role: role, Name: name, Evidence: ids}
}

var (
	client   = side(billing.ContactClient, "Marisol Rivera")
	opposing = side(billing.ContactOpposingCounsel, "Dana Reed")
	expert   = side(billing.ContactExpert, "Priya Nair")
	stranger = side("", "Kim Hart")
)

// work are facts of every act, by a short name.
var work = map[string]narrate.Facts{
	"call": {Clauses: []narrate.Clause{{Act: narrate.ConferredPhone, With: []narrate.Counterpart{opposing},
		Topics: about("deposition schedule"), Evidence: ids}}},
	"call both": {Clauses: []narrate.Clause{{Act: narrate.ConferredPhone, With: []narrate.Counterpart{client, expert},
		Topics: about("damages model"), Evidence: ids}}},
	"video": {Clauses: []narrate.Clause{{Act: narrate.ConferredVideo, With: []narrate.Counterpart{stranger},
		Topics: about("trust accounting"), Evidence: ids}}},
	"sent": {Clauses: []narrate.Clause{{Act: narrate.Sent, With: []narrate.Counterpart{client},
		Topics: about("letter from opposing counsel on privilege log"), Evidence: ids}}},
	"received": {Clauses: []narrate.Clause{{Act: narrate.Received, With: []narrate.Counterpart{client},
		Sent: on("settlement agreement"), Topics: about("settlement offer"), Evidence: ids}}},
	"replied": {Clauses: []narrate.Clause{{Act: narrate.Replied, With: []narrate.Counterpart{opposing},
		Topics: about("discovery responses"), Evidence: ids}}},
	"exchanged": {Clauses: []narrate.Clause{{Act: narrate.Exchanged, With: []narrate.Counterpart{client},
		Topics: about("inventory"), Evidence: ids}}},
	"drafted": {Clauses: []narrate.Clause{{Act: narrate.Drafted, Objects: []narrate.Object{{Kind: "motion to compel",
		Title: "motion to compel production", Marks: []string{"v3"}, Evidence: ids}}, Evidence: ids}}},
	"reviewed":   {Clauses: []narrate.Clause{{Act: narrate.Reviewed, Objects: on("lease redline"), Evidence: ids}}},
	"attended":   {Clauses: []narrate.Clause{{Act: narrate.Attended, Objects: on("status conference"), Evidence: ids}}},
	"prepared":   {Clauses: []narrate.Clause{{Act: narrate.PreparedFor, Objects: on("deposition of Dr. Ames"), Evidence: ids}}},
	"researched": {Clauses: []narrate.Clause{{Act: narrate.Researched, Topics: about("Smith v. Jones"), Evidence: ids}}},
	"two": {Clauses: []narrate.Clause{
		{Act: narrate.Reviewed, Objects: on("protective order"), Evidence: ids},
		{Act: narrate.Sent, With: []narrate.Counterpart{client}, Topics: about("scope of production"), Evidence: ids}}},
	"refusal": {Clauses: []narrate.Clause{{Act: narrate.Received, With: []narrate.Counterpart{opposing},
		Topics: about("refusal to produce documents without protective order"), Evidence: ids}}},
}

func words(t testing.TB, name string) (narrate.Facts, []billing.Phrase) {
	t.Helper()
	f, ok := work[name]
	if !ok {
		t.Fatalf("there is no %q", name)
	}
	return f, narrate.New(nil, me).Phrases(f)
}

// grammarSays pins what the narratives are that the answers below reword.
var grammarSays = map[string]string{
	"call":       "Telephone conference with opposing counsel regarding deposition schedule",
	"call both":  "Telephone conference with client and expert Priya Nair regarding damages model",
	"video":      "Video conference with Kim Hart regarding trust accounting",
	"sent":       "Draft correspondence to client regarding letter from opposing counsel on privilege log",
	"received":   "Review correspondence from client enclosing settlement agreement regarding settlement offer",
	"replied":    "Review and respond to correspondence from opposing counsel regarding discovery responses",
	"exchanged":  "Exchange correspondence with client regarding inventory",
	"drafted":    "Draft and revise motion to compel production (v3)",
	"reviewed":   "Review lease redline",
	"attended":   "Attend status conference",
	"prepared":   "Prepare for deposition of Dr. Ames",
	"researched": "Legal research regarding Smith v. Jones",
	"two":        "Review protective order; draft correspondence to client regarding scope of production",
	"refusal":    "Review correspondence from opposing counsel regarding refusal to produce documents without protective order",
}

func TestHonestRewordingsAreKept(t *testing.T) {
	for _, c := range [][2]string{
		{"call", "Telephone conference with opposing counsel regarding deposition schedule"},
		{"call", "Telephone call with opposing counsel concerning the deposition schedule."},
		{"call", "Conferred by telephone with opposing counsel about the deposition schedule"},
		{"call", "Participated in a telephone conference with opposing counsel regarding the deposition schedule"},
		{"call", "Telephone conference with opposing counsel regarding the schedule for the deposition"},
		{"call", "Phone call with opposing counsel on deposition schedule."},
		{"call both", "Conference call with client and expert Priya Nair regarding damages model"},
		{"call both", "Telephone conference with expert Priya Nair and client concerning the damages model."},
		{"call both", "Held a telephone conference with the client and expert Priya Nair about the damages model"},
		{"video", "Conferred by video with Kim Hart regarding trust accounting."},
		{"video", "Video call with Kim Hart about trust accounting"},
		{"sent", "Drafted correspondence to the client concerning the letter from opposing counsel on privilege log"},
		{"sent", "Prepare email to client regarding letter from opposing counsel on the privilege log."},
		{"sent", "Emailed the client about the letter from opposing counsel on privilege log"},
		{"received", "Reviewed correspondence from client enclosing the settlement agreement regarding the settlement offer"},
		{"received", "Received and reviewed email from client regarding settlement offer, attaching settlement agreement"},
		{"received", "Reviewed the client's correspondence with attached settlement agreement regarding settlement offer."},
		{"replied", "Reviewed and responded to opposing counsel's correspondence regarding discovery responses."},
		{"replied", "Respond to email from opposing counsel concerning the discovery responses"},
		{"replied", "Correspond with opposing counsel about discovery responses"},
		{"exchanged", "Corresponded with the client regarding the inventory."},
		{"exchanged", "Email exchange with client concerning inventory"},
		{"drafted", "Drafted and revised the motion to compel production (v3)"},
		{"drafted", "Prepare and revise motion to compel production (v3)."},
		{"reviewed", "Reviewed and analyzed the lease redline"},
		{"reviewed", "Analyze lease redline."},
		{"attended", "Appeared at the status conference."},
		{"attended", "Attended and participated in status conference"},
		{"prepared", "Prepared for the deposition of Dr. Ames."},
		{"prepared", "Preparation for deposition of Dr. Ames"},
		{"researched", "Conducted legal research regarding Smith v. Jones."},
		{"researched", "Researched Smith v. Jones"},
		{"two", "Reviewed the protective order and drafted correspondence to client regarding the scope of production."},
		{"two", "Reviewed protective order; Drafted correspondence to client regarding scope of production"},
		{"two", "Analyze protective order; email client concerning production scope"},
		{"refusal", "Reviewed email from opposing counsel concerning refusal to produce documents without protective order."},
	} {
		f, phrases := words(t, c[0])
		if got := string(narrate.Text(phrases)); got != grammarSays[c[0]] {
			t.Fatalf("%s is %q", c[0], got)
		}
		if fault := narrate.Faithful(f, phrases, c[1]); fault != "" {
			t.Errorf("%s: %q was refused: %s", c[0], c[1], fault)
		}
	}
}

func TestHallucinationsAreRefused(t *testing.T) {
	for _, c := range []struct {
		of, answer string
		want       narrate.Fault // "" for any
	}{
		// somebody or something else
		{"call", "Telephone conference with Dana Reed regarding deposition schedule", narrate.FaultName},
		{"call", "Telephone conference with opposing counsel Reed regarding deposition schedule", narrate.FaultName},
		{"call", "Telephone conference with opposing counsel regarding Ames deposition schedule", narrate.FaultName},
		{"video", "Video conference with Kim Hart and Paul Orchard regarding trust accounting", narrate.FaultName},
		{"video", "Video conference with Kim Harte regarding trust accounting", narrate.FaultName},
		{"video", "Video conference with kim hart regarding trust accounting", ""},
		{"video", "Zoom conference with Kim Hart regarding trust accounting", ""},
		{"researched", "Researched Smith v. Jones and Westlaw", narrate.FaultName},
		{"researched", "Legal research regarding Smith v. Johnson", narrate.FaultName},
		{"prepared", "Prepare for deposition of Mr. Ames", narrate.FaultName},
		{"reviewed", "Review Lease Redline", narrate.FaultName},
		{"call", "Telephone conference with орposing counsel regarding deposition schedule", ""},
		// other sides
		{"call", "Telephone conference with client regarding deposition schedule", narrate.FaultRole},
		{"call", "Telephone conference with the court regarding deposition schedule", ""},
		{"call", "Telephone conference with opposing counsel and expert regarding deposition schedule", ""},
		{"sent", "Draft correspondence to opposing counsel regarding letter from client on privilege log", narrate.FaultSense},
		{"sent", "Draft correspondence to opposing counsel regarding letter from opposing counsel on privilege log", narrate.FaultSense},
		{"sent", "Draft letter to client regarding correspondence from opposing counsel on privilege log", narrate.FaultSense},
		{"received", "Review correspondence to client enclosing settlement agreement regarding settlement offer", narrate.FaultSense},
		{"exchanged", "Exchange correspondence to client regarding inventory", narrate.FaultSense},
		{"call both", "Telephone conference with expert and client Priya Nair regarding damages model", narrate.FaultSense},
		{"call both", "Telephone conference with expert Priya Nair regarding damages model of client", narrate.FaultSense},
		{"two", "Review protective order from client; draft correspondence regarding scope of production", narrate.FaultSense},
		{"two", "Review protective order; Production of draft correspondence to client regarding scope", ""},
		{"two", "Draft protective order; review correspondence to client regarding scope of production", narrate.FaultSense},
		{"two", "Draft correspondence to client regarding protective order; review scope of production", narrate.FaultSense},
		// numbers, dates, amounts
		{"call", "Telephone conference with opposing counsel regarding 3 deposition schedules", ""},
		{"call", "Two telephone conferences with opposing counsel regarding deposition schedule", narrate.FaultNumber},
		{"call", "Telephone conference with opposing counsel regarding deposition schedule for March", narrate.FaultNumber},
		{"call", "Telephone conference with opposing counsel regarding deposition schedule on November 20", narrate.FaultNumber},
		{"call", "Telephone conference with opposing counsel regarding deposition schedule (0.5)", narrate.FaultNumber},
		{"received", "Review correspondence from client enclosing settlement agreement regarding settlement offer of $50,000", ""},
		{"received", "Review correspondence from client enclosing settlement agreement regarding settlement offer of fifty thousand dollars", narrate.FaultNumber},
		{"drafted", "Draft and revise motion to compel production (v4)", narrate.FaultNumber},
		{"drafted", "Draft and revise motion to compel production (v3, 12 pages)", narrate.FaultNumber},
		{"reviewed", "Review second lease redline", narrate.FaultNumber},
		{"reviewed", "Review multiple lease redlines", narrate.FaultNumber},
		{"attended", "Attend status conference on Friday", narrate.FaultNumber},
		// more was done than was seen
		{"reviewed", "Draft lease redline", narrate.FaultAct},
		{"reviewed", "Review and revise lease redline", narrate.FaultAct},
		{"reviewed", "Negotiate lease redline", narrate.FaultAct},
		{"received", "Review and respond to correspondence from client enclosing settlement agreement regarding settlement offer", ""},
		{"received", "Telephone conference with client regarding settlement offer", ""},
		{"exchanged", "Telephone conference with client regarding inventory", ""},
		{"exchanged", "Conference with client regarding inventory", ""},
		{"sent", "Draft and revise letter to client from opposing counsel on privilege log", ""},
		{"drafted", "Draft and file motion to compel production (v3)", narrate.FaultAct},
		{"drafted", "Finalize motion to compel production (v3)", narrate.FaultAct},
		{"drafted", "Draft, revise and serve motion to compel production (v3)", ""},
		{"attended", "Argue at status conference", narrate.FaultAct},
		{"attended", "Prepare for and attend status conference", narrate.FaultAct},
		{"prepared", "Attend deposition of Dr. Ames", narrate.FaultAct},
		{"prepared", "Prepare for and take deposition of Dr. Ames", ""},
		{"researched", "Legal research and analysis regarding Smith v. Jones", ""},
		{"call", "Negotiated with opposing counsel regarding deposition schedule", narrate.FaultAct},
		{"call", "Strategize with opposing counsel regarding deposition schedule", narrate.FaultAct},
		{"call", "Spoke with opposing counsel regarding deposition schedule", narrate.FaultAct},
		// other documents and proceedings
		{"drafted", "Draft and revise brief in support of motion to compel production (v3)", ""},
		{"drafted", "Draft and revise motion to compel production and affidavit (v3)", narrate.FaultDocument},
		{"reviewed", "Review lease agreement redline", narrate.FaultDocument},
		{"reviewed", "Review lease redline and exhibits", narrate.FaultDocument},
		{"attended", "Attend status conference and hearing", narrate.FaultDocument},
		{"received", "Review correspondence from client enclosing settlement agreement and release regarding settlement offer", narrate.FaultDocument},
		{"call", "Telephone conference with opposing counsel regarding deposition schedule and subpoena", narrate.FaultDocument},
		// outcomes and praise
		{"call", "Extensive telephone conference with opposing counsel regarding deposition schedule", narrate.FaultJudges},
		{"call", "Telephone conference with opposing counsel regarding complex deposition schedule", narrate.FaultJudges},
		{"call", "Successful telephone conference with opposing counsel regarding deposition schedule", narrate.FaultJudges},
		{"call", "Telephone conference with opposing counsel; agreed deposition schedule", narrate.FaultJudges},
		{"reviewed", "Thoroughly review lease redline", narrate.FaultJudges},
		{"reviewed", "Carefully reviewed the lease redline", narrate.FaultJudges},
		{"attended", "Attend status conference; motion granted", ""},
		{"received", "Review correspondence from client accepting settlement offer, enclosing settlement agreement", ""},
		{"drafted", "Draft and revise persuasive motion to compel production (v3)", narrate.FaultJudges},
		// denials, turned around
		{"call", "Telephone conference with opposing counsel not regarding deposition schedule", narrate.FaultDenies},
		{"reviewed", "Review lease without redline", narrate.FaultDenies},
		{"refusal", "Review correspondence from opposing counsel regarding refusal to produce protective order without documents", narrate.FaultSense},
		{"refusal", "Review correspondence from opposing counsel without refusal regarding to produce documents protective order", narrate.FaultSense},
		{"refusal", "Review correspondence from opposing counsel denying documents without protective order", ""},
		// left out
		{"call", "Telephone conference with opposing counsel", narrate.FaultSense},
		{"call both", "Telephone conference with client regarding damages model", narrate.FaultSense},
		{"two", "Review protective order", narrate.FaultSense},
		// not a narrative
		{"call", "", narrate.FaultEmpty},
		{"call", " \n ", narrate.FaultEmpty},
		{"call", ".", narrate.FaultEmpty},
		{"call", "I called opposing counsel regarding deposition schedule", narrate.FaultPerson},
		{"call", "Our telephone conference with opposing counsel regarding deposition schedule", narrate.FaultPerson},
		{"call", "Here is the rephrased entry: Telephone conference with opposing counsel regarding deposition schedule", ""},
		{"call", `"Telephone conference with opposing counsel regarding deposition schedule"`, narrate.FaultMarks},
		{"call", "**Telephone conference** with opposing counsel regarding deposition schedule", narrate.FaultMarks},
		{"call", "- Telephone conference with opposing counsel regarding deposition schedule", ""},
		{"call", "Telephone conference with opposing counsel\nregarding deposition schedule", narrate.FaultMarks},
		{"call", "Telephone conference with opposing counsel. Regarding deposition schedule.", ""},
		{"call", "Telephone conference with opposing counsel regarding deposition schedule!", narrate.FaultMarks},
		{"call", "{\"text\": \"Telephone conference\"}", narrate.FaultMarks},
		{"call", "Telephone conference with opposing counsel regarding deposition schedule\u202e", narrate.FaultMarks},
		{"call", "Telephone conference with opposing counsel regarding deposition schedule, deposition schedule, deposition schedule", narrate.FaultSense},
		{"call", strings.Repeat("Telephone conference with opposing counsel regarding deposition schedule ", 3), narrate.FaultLong},
		{"call", "telephone with conference counsel opposing schedule regarding deposition", narrate.FaultSense},
		{"call", "Conférence téléphonique avec l'avocat adverse", ""},
	} {
		f, phrases := words(t, c.of)
		got := narrate.Faithful(f, phrases, c.answer)
		if got == "" || c.want != "" && got != c.want {
			t.Errorf("%s: %q: got %q, want %q", c.of, c.answer, got, c.want)
		}
	}
}
