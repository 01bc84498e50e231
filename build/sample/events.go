package sample

// event is an entry of the calendar, on a working day or, when weekly, on that
// day of every week since before the clocks last changed.
type event struct {
	slug     string // names it for good
	day      int    // working days from the day to look at
	from, to string // New York time; both empty for a whole day
	title    string
	place    string
	with     []person // the others
	by       person   // the organizer when it is not the timekeeper

	answer  string // the timekeeper's own PARTSTAT: DECLINED, NEEDS-ACTION; "" for ACCEPTED
	free    bool   // shown as free
	private bool

	weekly  bool
	monday  bool     // weekly on Mondays whatever the day is
	except  []int    // weeks before the day's in which it was struck out
	cancel  bool     // the instance of the day's week is called off
	moved   *instant // where the instance of the day's week went
	windows bool     // written by a program that names zones as Windows does
}

// instant is a time on a working day.
type instant struct {
	day      int
	from, to string
}

var events = []event{
	// The day to look at.
	{slug: "rivera-status", from: "09:00", to: "09:30", title: "Call with Elena Rivera re discovery status", place: "Telephone",
		with: []person{elena}, windows: true},
	{slug: "rivera-cocounsel", from: "11:00", to: "11:30", title: "Weekly call with Marcus Bell re motion to compel",
		place: "Video", with: []person{marcus}, by: marcus, weekly: true, except: []int{2}},
	{slug: "okafor-weekly", day: -1, from: "10:00", to: "10:30", title: "Call with Susan Lindqvist re settlement", place: "Telephone",
		with: []person{susan}, weekly: true, moved: &instant{0, "15:00", "15:30"}},
	{slug: "firm-meeting", from: "16:15", to: "16:45", title: "Firm meeting with June Park re billing and conflicts check", place: "Office", with: []person{june}},
	{slug: "dentist", from: "12:00", to: "12:45", title: "Dentist", place: "Riverside Dental", private: true},
	{slug: "bar-luncheon", from: "12:15", to: "13:30", title: "Bar Association luncheon", place: "Bar Association, second floor",
		by: bar, answer: "DECLINED"},
	{slug: "northgate-weekly", from: "14:00", to: "14:30", title: "Weekly call with Paul Desmond re Harbor Mutual coverage", place: "Telephone",
		with: []person{paul}, by: paul, weekly: true, cancel: true},
	{slug: "focus-hollis", from: "13:00", to: "15:00", title: "Keep clear: Hollis reply brief", free: true},
	{slug: "hollis-due", title: "Reply brief due: Estate of Hollis"},

	// The working days before it.
	{slug: "docket-call", monday: true, from: "07:50", to: "08:05", title: "Docket call (firm meeting)", place: "Office", with: []person{june}, weekly: true},
	{slug: "rivera-depo-prep", day: -1, from: "13:30", to: "14:30", title: "Deposition prep call with Elena Rivera", place: "Video", with: []person{elena, marcus}},
	{slug: "rivera-confer", day: -1, from: "16:30", to: "17:00", title: "Meet and confer with Dana Reed re Acme’s document production", place: "Telephone", with: []person{dana, marcus}},
	{slug: "marrow-hearing", day: -2, from: "09:30", to: "10:45", title: "Hearing: 412 Marrow Street holdover", place: "Housing Part, Room 512", with: []person{irene, victo}, windows: true},
	{slug: "northgate-strategy", day: -3, from: "14:00", to: "14:45", title: "Call with Paul Desmond re reservation of rights", place: "Telephone", with: []person{paul}, by: paul},
	{slug: "school-conference", day: -3, from: "17:00", to: "17:30", title: "School conference", private: true},
	{slug: "diallo-interview", day: -4, from: "11:00", to: "12:15", title: "Interview with Amadou Diallo re asylum declaration", place: "Harbor Legal Aid", with: []person{amadou, hannah}, by: hannah},
	{slug: "lumen-terms", day: -4, from: "15:30", to: "16:00", title: "Call with Rosa Téllez re vendor agreement", place: "Video", with: []person{rosa}, by: rosa},
	{slug: "hollis-objections", day: -5, from: "10:30", to: "11:15", title: "Conference on the objections: Estate of Hollis", place: "Surrogate's Court", with: []person{gray}},

	// The working days after it.
	{slug: "acme-deposition", day: 1, from: "10:00", to: "13:00", title: "Deposition: Acme dispatch manager", place: "Reed Holt LLP", with: []person{dana, marcus}, by: dana},
	{slug: "cle", day: 2, title: "CLE: Evidence in Commercial Cases"},
	{slug: "nair-prep", day: 2, from: "15:00", to: "15:45", title: "Prep call with Dr. Nair re damages report", place: "Video", with: []person{nair}, by: nair, answer: "NEEDS-ACTION"},
	{slug: "okafor-mediation", day: 3, from: "09:30", to: "12:30", title: "Mediation: Okafor v. Brightline", place: "Resolution Center", with: []person{mediator, susan, daniel}, by: mediator},
	{slug: "lumen-review", day: 4, from: "11:00", to: "11:30", title: "Call with Rosa Téllez re vendor agreement", place: "Video", with: []person{rosa}, by: rosa},
}

// eventNamed returns the event with the slug.
func eventNamed(slug string) event {
	for _, e := range events {
		if e.slug == slug {
			return e
		}
	}
	panic("sample: no event " + slug) // a misprint in a table
}
