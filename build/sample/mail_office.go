package sample

// officeMail is what was written about advice, the pro bono matter and the firm.
var officeMail = []thread{
	{slug: "lumen-montreal", subject: "Lumen Valley: supplier in Montréal", messages: []message{
		{day: -3, at: "08:41", from: rosa, to: people(nora), text: `Nora,

The supplier in Montréal has sent its own form. They want Québec law and a cap on the indemnity at three months’ fees. Could you mark it up against our master?
`},
		{day: -2, at: "16:58", from: nora, to: people(rosa), text: `Rosa,

I can have a markup to you by {0}. Before I start: is there any volume that you must commit to, or can the minimum purchase come out altogether?
`},
		{day: -1, at: "08:12", from: rosa, to: people(nora), text: `Nora,

It can come out. Please make sure that a recall is outside whatever cap we agree.
`},
		{day: 0, at: "17:37", from: nora, to: people(rosa), attach: vendor, text: `Rosa,

The redline of the vendor agreement is attached. The minimum purchase is out, the indemnity is mutual and limited to third-party claims, and recalls sit outside a cap of twice the annual fees.

I have put New York law in place of Québec with mediation before suit; if the supplier resists, I would give way on the law before the cap.
`},
	}},
	{slug: "diallo-declaration", subject: "Diallo: declaration and country conditions", messages: []message{
		{day: -5, at: "10:20", from: hannah, to: people(nora), text: `Nora,

The interpreter is booked for {-4} at eleven. We have a country conditions packet from last year that you are welcome to.
`},
		{day: -4, at: "15:05", from: nora, to: people(hannah), text: `Hannah,

Thank you; the interview went well and Mr. Diallo was very clear. I will have a first declaration by {-1}. Please send the packet; I would like the two reports on teachers’ unions in particular.
`},
		{day: -1, at: "15:48", from: hannah, to: people(nora), html: true, text: `Nora,

The packet is in the shared folder, with the two reports marked. The filing window is comfortable: we have until the end of next month.
`},
		{day: -1, at: "16:08", from: nora, to: people(hannah), attach: declaration, text: `Hannah,

A first declaration is attached. Could the interpreter read it back to Mr. Diallo next week, so that he can correct it before he signs?
`},
	}},
	{slug: "pre-bills", subject: "Pre-bills for {month}", messages: []message{
		{day: -1, at: "16:02", from: june, to: people(nora), text: `Nora,

The {month} pre-bills are ready for you to go through: six matters, and the Diallo hours for the report. Hollis has two lines without a narrative.
`},
		{day: 0, at: "08:29", from: nora, to: people(june), text: `June,

I have been through the pre-bills: Rivera, Okafor and Northgate may go; please hold Hollis until the reply is filed. I have filled in the two narratives, and written off the half hour that I spent on the wrong exhibit. Can we take the rest, and the new conflicts check form, at our meeting this afternoon?
`},
	}},
	{slug: "cle-credits", subject: "CLE credits for the year", messages: []message{
		{day: -6, at: "13:25", from: june, to: people(nora), text: `Nora,

You are four CLE credits short for the period. The evidence program on {2} carries six.
`},
		{day: -6, at: "13:50", from: nora, to: people(june), text: `June,

Please sign me up for it and block the day.
`},
	}},
}

// strayMail belongs to no matter.
var strayMail = []thread{
	{slug: "partnership", subject: "Leaving a partnership", messages: []message{
		{day: 0, at: "14:02", from: leland, to: people(nora), text: `Dear Ms. Whitfield,

A friend gave me your name. I own a third of a small design studio and my partners want me to leave. I do not know what I am entitled to. Do you take matters like this, and what would a first meeting cost?
`},
		{day: 0, at: "17:03", from: nora, to: people(leland), text: `Dear Mr. Marsh,

Thank you for writing. Before we speak about the substance I need to be sure that I am free to advise you. Please send me the names of the studio and of your partners, and nothing else for the moment.

If there is no difficulty I can offer half an hour early next week, without charge. Until we have both signed an engagement letter I do not act for you.
`},
	}},
	{slug: "dentist", subject: "Your appointment on {0}", messages: []message{
		{day: -1, at: "09:00", from: dentist, to: people(nora), text: `This is a reminder of your appointment on {0} at 12:00 noon. Please call us if you cannot come.
`},
	}},
	{slug: "field-trip", subject: "Field trip: permission slip", messages: []message{
		{day: 0, at: "12:20", from: school, to: people(nora), unread: true, text: `Dear parents,

Please return the permission slip for the museum trip by {3}. Children should bring a packed lunch.
`},
	}},
	{slug: "newsletter-1", subject: "Civil Practice Weekly: proportionality revisited", listID: "Civil Practice Weekly <weekly.civilpractice.example>", messages: []message{
		{day: -6, at: "06:30", from: practice, to: people(nora), html: true, unread: true, text: `This week: proportionality under Rule 26, a note on privilege logs, and three decisions on the cost of discovery motions.

You receive this because you subscribed.
`},
	}},
	{slug: "newsletter-2", subject: "Civil Practice Weekly: mediation season", listID: "Civil Practice Weekly <weekly.civilpractice.example>", messages: []message{
		{day: -1, at: "06:30", from: practice, to: people(nora), html: true, unread: true, text: `This week: what mediators wish that lawyers would send them, and a survey of hourly rates in fee applications.

You receive this because you subscribed.
`},
	}},
	{slug: "newsletter-3", subject: "Civil Practice Weekly: the reply brief", listID: "Civil Practice Weekly <weekly.civilpractice.example>", messages: []message{
		{day: 0, at: "06:30", from: practice, to: people(nora), html: true, unread: true, text: `This week: what belongs in a reply brief, and a reader’s question about footnotes.

You receive this because you subscribed.
`},
	}},
	{slug: "bar-list", subject: "[litigation] Recommendation for a handwriting examiner?", listID: "Litigation section <litigation.countybar.example>", messages: []message{
		{day: 0, at: "10:47", from: barPost, to: people(bar), text: `Colleagues,

Can anyone recommend an examiner of questioned documents within an hour of the city? Please answer off the list.
`},
	}},
	{slug: "research-notice", subject: "Your saved search has 3 new results", fields: "Auto-Submitted: auto-generated\nFeedback-ID: 7:saved-search:casefinder\n", messages: []message{
		{day: 0, at: "07:05", from: research, to: people(nora), unread: true, text: `There are three new results for “liquidated damages lease surrender”. Sign in to read them.
`},
	}},
	{slug: "garage-receipt", subject: "Receipt for your monthly space", messages: []message{
		{day: 0, at: "08:02", from: parking, to: people(nora), unread: true, text: `Thank you. Your card was charged for space 41. Nobody reads answers to this address.
`},
	}},
	{slug: "surrogate-notice", subject: "Estate of Hollis: filing received", fields: "Auto-Submitted: auto-generated\nPrecedence: bulk\n", messages: []message{
		{day: 0, at: "16:41", from: clerkBot, to: people(nora), text: `The filing named below was received and waits for review by the clerk. Nobody reads answers to this address.
`},
	}},
	{slug: "bar-luncheon", subject: "Bar Association luncheon", messages: []message{
		{day: -5, at: "10:10", from: bar, to: people(nora), text: `Our next luncheon will be held on {0} at 12:15. The speaker will talk about legal writing.
`},
		{day: -4, at: "08:33", from: nora, to: people(bar), text: `Thank you for the invitation. I am sorry that I cannot come this time.
`},
	}},
}
