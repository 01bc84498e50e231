package sample

// litigationMail is what was written about Rivera v. Acme Logistics.
var litigationMail = []thread{
	{slug: "acme-production", subject: "Acme’s document production", messages: []message{
		{day: -7, at: "14:20", from: nora, to: people(dana), cc: people(marcus), text: `Dana,

I write about Acme’s responses to our First Requests for Production. As to Requests 4, 7 and 11, the responses object to burden without stating what the burden is, and do not say whether documents are being withheld, as Rule 34(b)(2)(C) requires.

Please let me have amended responses, and the dispatch records themselves, within seven days. I would rather resolve this between us than trouble the Court.
`},
		{day: -5, at: "16:45", from: dana, to: people(nora), cc: people(marcus), text: `Nora,

Acme stands on its objections. The dispatch system has since been replaced and collecting forty-one shipments’ worth of logs would take our client’s staff many weeks. We are willing to discuss a sample.
`},
		{day: -4, at: "09:48", from: nora, to: people(dana), cc: people(marcus), text: `Dana,

A sample of which shipments, chosen by whom? I understand from your client’s own manual that the system exports to a spreadsheet; one export would answer Requests 4 and 11 together.

May we speak on {-1} at 4:30? If we cannot agree I will need to move.
`},
		{day: -3, at: "11:05", from: dana, to: people(nora), cc: people(marcus), text: `Nora,

{-1} at 4:30 works. I will ask the client about the export before then.
`},
		{day: -1, at: "17:22", from: dana, to: people(nora), cc: people(marcus), flagged: true, text: `Nora,

Following our call: Acme will not produce the dispatch export or search the dispatch desk’s messages. I expect to have an answer about the nightly exception reports by the morning of {0}.
`},
		{day: 0, at: "08:38", from: nora, to: people(dana), cc: people(marcus), text: `Dana,

Thank you for the call and for writing so promptly. I confirm that we are at an impasse as to Requests 4 and 7, and that each of us has explained her position by letter and by telephone for the purposes of Rule 37(a)(1).

I will hold Request 11 until noon so that you can tell me whether the nightly exception reports were kept. If they were, I would ask for the eleven months of the contract, in whatever form the system gives them.
`},
		{day: 0, at: "10:44", from: dana, to: people(nora), cc: people(marcus), text: `Nora,

The nightly reports were kept from the second month on. Acme maintains its objection to Request 11 but would consider producing four months of them without prejudice.
`},
		{day: 0, at: "17:18", from: nora, to: people(dana), cc: people(marcus), text: `Dana,

Four months out of eleven leaves out the period in which most of the shipments were held, so I cannot take that as an answer to Request 11. We will include it in the motion, and I will say in the certification that you made the offer.

If your client is prepared to produce all of the reports I am glad to withdraw that part at any time before the hearing. I will serve the papers by electronic filing on {1}.
`},
	}},
	{slug: "rivera-next-steps", subject: "[2024-0113] Next steps", messages: []message{
		{day: -2, at: "10:12", from: elena, to: people(nora), text: `Nora,

My accountant asks whether we should expect a trial this year. Also, Acme’s sales person called me to ask whether we would ship with them again. I did not call back. Should I?
`},
		{day: -2, at: "15:31", from: nora, to: people(elena), text: `Elena,

No trial this year; discovery has months to run and the Court sets a date only after that. Please do not return the call. Anything that you say about the shipments could be repeated, and anything that they want to say can come through Dana Reed.

Shall we speak on {0} at nine? I will explain the motion that I mean to file.
`},
		{day: 0, at: "08:22", from: elena, to: people(nora), text: `Nora,

Nine is fine, on my mobile. I would like to understand what the motion costs, and whether I need to be at my deposition for the whole day.
`},
		{day: 0, at: "09:33", from: nora, to: people(elena), text: `Elena,

To confirm what we decided this morning. You authorize the motion to compel the dispatch records, the dispatch desk’s messages and the nightly reports; my estimate for the motion through argument is the one that I gave you on the telephone. If we win we will ask that Acme pay for it.

Please send me the notices of claim that you found in the second mailbox, as they are and without forwarding each one. We will prepare for your deposition together next week, in two sessions; the deposition itself should take most of one day.
`},
	}},
	{slug: "motion-draft", subject: "Draft motion to compel", messages: []message{
		{day: -1, at: "13:12", from: nora, to: people(marcus), attach: motion, text: `Marcus,

The draft motion to compel is attached. I have moved the proportionality argument behind the one on specificity. Could you look at Section III before our call on {0} at eleven?
`},
		{day: 0, at: "10:21", from: marcus, to: people(nora), text: `Nora,

This reads well. Two thoughts on Section III: lead with the spreadsheet, which is the best fact we have, and quote the response to Request 11 in full. I have the schedule of shipments if you want it as an exhibit.
`},
	}},
	{slug: "damages-report", subject: "Damages report: what I need", messages: []message{
		{day: -6, at: "11:40", from: nair, to: people(nora), html: true, text: `Dear Nora,

For the damages report I need the substitute carriers’ invoices, the contract’s rate schedule, and the date on which each shipment was tendered. I can work from copies.
`},
		{day: -5, at: "09:15", from: nora, to: people(nair), text: `Dr. Nair,

The invoices and the rate schedule are on their way to you today. The tender dates depend on Acme’s dispatch records, which we do not have yet; please leave that column open and tell me what the report can say without it.
`},
		{day: -3, at: "15:52", from: nair, to: people(nora), text: `Dear Nora,

Received, thank you. Without the tender dates I can give a range for thirty-three of the forty-one shipments. I will send an invitation for a call once I have a first table.
`},
	}},
	{slug: "nair-invitation", subject: "Invitation: Prep call with Dr. Nair re damages report", messages: []message{
		{day: -1, at: "12:05", from: nair, to: people(nora), invite: "nair-prep", text: `Dear Nora,

I have a first table. Would {2} at three suit you?
`},
	}},
	{slug: "ecf-order", subject: "Activity in Case 24-cv-01877 Rivera v. Acme Logistics: Order", messages: []message{
		{day: -4, at: "13:02", from: ecf, to: people(nora), text: `This is an automatic notice. The following was entered on the docket.

Case name: Rivera v. Acme Logistics, Inc.
Case number: 24-cv-01877
Document: 38
Order: discovery motions are to be preceded by a conference of counsel and shall not exceed fifteen pages.
`},
	}},
	{slug: "ecf-schedule", subject: "Activity in Case 24-cv-01877 Rivera v. Acme Logistics: Scheduling Order", messages: []message{
		{day: -2, at: "16:30", from: ecf, to: people(nora), flagged: true, text: `This is an automatic notice. The following was entered on the docket.

Case name: Rivera v. Acme Logistics, Inc.
Case number: 24-cv-01877
Document: 39
Scheduling order: motions to compel are to be filed on or before {1}; opposition within fourteen days.
`},
	}},
}
