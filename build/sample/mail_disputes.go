package sample

// disputeMail is what was written about the other contested matters.
var disputeMail = []thread{
	{slug: "hollis-reply", subject: "Reply brief: Estate of Hollis", messages: []message{
		{day: -3, at: "09:02", from: margaret, to: people(nora), text: `Dear Ms. Whitfield,

I have read Edwin’s papers. He knows that there were two appraisals because I sent him both. I have the broker’s letters if they help.
`},
		{day: -3, at: "12:20", from: nora, to: people(margaret), text: `Dear Ms. Hollis,

The letters help a good deal; please send them. The reply is due on {0}. It answers his three objections and asks the Surrogate to settle the account without a hearing.
`},
		{day: -1, at: "10:02", from: margaret, to: people(nora), text: `Dear Ms. Whitfield,

The broker’s letters went to your office this morning by post, and copies by fax. There are four of them.
`},
		{day: 0, at: "14:44", from: nora, to: people(margaret), attach: replyPDF, text: `Dear Ms. Hollis,

The reply brief is attached in the form in which I mean to file it this afternoon. Section II sets out the sale of the workshop: the two appraisals, the ninety days on the market, and the two offers. Please read that part with care and tell me at once if any date is wrong.

You need not sign anything further. Once it is filed the matter is submitted, and I expect a decision, or a date for argument, within about six weeks.
`},
	}},
	{slug: "hollis-adjourn", subject: "Estate of Hollis: adjournment of the conference", messages: []message{
		{day: -8, at: "10:31", from: gray, to: people(nora), text: `Counsel,

I have a conflict on the date set for the conference on the objections. Would you consent to {-5} at 10:30?
`},
		{day: -8, at: "11:55", from: nora, to: people(gray), text: `Mr. Gray,

I consent, on the understanding that the date for reply papers does not move. Will you write to the court, or shall I?
`},
		{day: -7, at: "09:26", from: gray, to: people(nora), text: `Counsel,

Agreed, and I have written to the court with a copy to you.
`},
	}},
	{slug: "okafor-settlement", subject: "Okafor v. Brightline: settlement", messages: []message{
		{day: -6, at: "14:10", from: susan, to: people(nora), text: `Nora,

Judge Stern is free on {3}. Brightline will attend with authority. May I tell her that we are confirmed, with statements exchanged three days before?
`},
		{day: -6, at: "15:02", from: nora, to: people(susan), text: `Susan,

Confirmed for {3}. I propose that the statements be confidential, with a one-page summary exchanged.
`},
		{day: -2, at: "17:05", from: susan, to: people(nora), text: `Nora,

Agreed as to the summary. Could we move our call from {-1} to {0} at three? I hope to have a number by then.
`},
		{day: 0, at: "15:34", from: nora, to: people(susan), text: `Susan,

Thank you for the call. As I understood you, Brightline’s figure covers overtime for two of the three years and includes nothing for liquidated damages or fees. I will take it to Mr. Okafor, but I would not want you to go to the mediation thinking that it is near.

Two things would help: the time-clock records for the last eleven months, which are still missing, and your client’s position on a neutral reference.
`},
	}},
	{slug: "okafor-questions", subject: "Questions before the mediation", messages: []message{
		{day: -4, at: "19:15", from: daniel, to: people(nora), text: `Hi Ms. Whitfield,

Do I have to speak at the mediation, and will my old manager be there?
`},
		{day: -3, at: "10:58", from: nora, to: people(daniel), text: `Mr. Okafor,

You may speak if you wish; you need not. Brightline will send someone from its head office and not your former manager. You and I will be in a room of our own for most of the day.
`},
		{day: -3, at: "12:31", from: daniel, to: people(nora), text: `Thank you, that is a relief. I found my old pay stubs and will bring them.
`},
	}},
	{slug: "harbor-mutual", subject: "Claim HM-48213: reservation of rights", messages: []message{
		{day: -7, at: "09:31", from: ruth, to: people(nora), text: `Ms. Whitfield,

Harbor Mutual’s letter reserving its rights is in the post to your client. We will defend under that reservation, and would like the transmittal of the inspection report.
`},
		{day: -7, at: "16:02", from: nora, to: people(ruth), text: `Ms. Calder,

Thank you for the letter. Northgate disputes both grounds and will answer in full within two weeks. Please send the claim notes on which the late-notice ground rests.
`},
		{day: -1, at: "18:20", from: ruth, to: people(nora), text: `Ms. Whitfield,

I can send the first notice and the adjuster’s acknowledgment. The remaining notes are privileged.
`},
		{day: 0, at: "16:12", from: nora, to: people(ruth), cc: people(paul), attach: response, text: `Ms. Calder,

Northgate’s response to the reservation of rights is attached, with the transmittal that you asked for. It shows that the inspection report reached Northgate eleven days after the policy began.

On the claim notes, I do not agree that an adjuster’s record of when notice arrived is privileged. Please let me have it, or a log that says what is withheld, before {4}.
`},
	}},
	{slug: "northgate-defense", subject: "Northgate: who pays defense costs", messages: []message{
		{day: -2, at: "09:20", from: paul, to: people(nora), text: `Nora,

Our board meets next week and will ask who is paying for the defense. Can I tell them that it is Harbor Mutual?
`},
		{day: -1, at: "12:10", from: paul, to: people(nora), text: `Nora,

One more for the board: if they withdraw later, do we have to pay the money back?
`},
		{day: 0, at: "08:18", from: nora, to: people(paul), text: `Paul,

You may tell the board that Harbor Mutual is paying for the defense now, under a reservation of rights. That means that it could ask a court later to decide that it need not have. Whether it could then recover what it spent depends on the policy, which does not say so; our position will be that it cannot.

I am finishing our answer to the reservation today and will send you a copy. Please keep every invoice from the day on which notice was given.
`},
	}},
	{slug: "marrow-lease", subject: "412 Marrow Street: lease redline", messages: []message{
		{day: -4, at: "11:30", from: irene, to: people(nora), text: `Nora,

The new tenant’s lawyer wants the right to assign without our consent. I can live with a reasonableness standard but I want to keep the guaranty.
`},
		{day: -3, at: "12:08", from: nora, to: people(irene), attach: leaseRed, text: `Irene,

A first redline is attached. Section 12 gives the reasonableness standard and keeps the guaranty through any assignment. We should speak about rent steps before it goes to Mr. Osei.
`},
		{day: -2, at: "14:44", from: irene, to: people(nora), text: `Nora,

Three per cent a year, starting after the first thirteen months. They asked for that and it is fine.
`},
		{day: 0, at: "11:57", from: nora, to: people(irene), attach: leaseRed, text: `Irene,

The second redline is attached. Section 3 now has the three per cent steps, and I have tied holding over to use and occupancy at one and one half times the last rent, which is the point that cost us at the hearing.

If you are content with it I will send it to Mr. Osei under a note that it remains subject to your approval.
`},
	}},
	{slug: "marrow-stipulation", subject: "412 Marrow: stipulation after the hearing", messages: []message{
		{day: -2, at: "12:32", from: victo, to: people(nora), text: `Counsel,

My client will take sixty days with use and occupancy paid on the first of the month. Please send a stipulation.
`},
		{day: -1, at: "09:52", from: nora, to: people(victo), text: `Mr. Osei,

The stipulation will follow from the court’s form, with the sixty days running from the date of the hearing. Please confirm that your client will leave the fixtures in Schedule B.
`},
	}},
}
