package sample

import (
	"path"
	"strings"
)

// paperAt returns what the document at the path says. Drafts of one paper
// share its text, and so does what was exported from it.
func paperAt(name string) paper {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	if strings.HasPrefix(base, "motion to compel") {
		base = "motion to compel"
	}
	d, ok := documents[base]
	if !ok {
		panic("sample: no text for " + name) // a misprint in a table
	}
	return d
}

var documents = map[string]paper{
	"motion to compel": {"Plaintiff’s Motion to Compel Production of Documents", []string{
		"Rivera v. Acme Logistics, Inc., No. 24-cv-01877. Plaintiff Elena Rivera moves under Federal Rule of Civil Procedure 37(a)(3)(B)(iv) for an order compelling defendant Acme Logistics, Inc. to produce documents responsive to Requests 4, 7 and 11 of her First Requests for Production.",
		"I. Introduction. This action concerns forty-one shipments that Acme accepted, invoiced and did not deliver on time. The documents that show when each shipment was dispatched, and on whose instruction it was held, are in Acme’s possession alone. Acme has produced its invoices. It has not produced its dispatch records, the messages between its dispatch desk and its drivers, or the reports that its scheduling system makes each night.",
		"II. The requests and Acme’s responses. Request 4 seeks dispatch logs for the forty-one shipments listed in Schedule A. Request 7 seeks messages between the dispatch desk and the drivers assigned to those shipments. Request 11 seeks the nightly exception reports for the period of the contract. To each Acme answered that the request was “overly broad and unduly burdensome” and that it would produce “responsive, non-privileged documents, if any, at a mutually convenient time.” No such time has come.",
		"III. Argument. A. The documents are relevant. Whether Acme held the shipments back, and why, goes to breach and to the limitation of liability on which Acme relies. The contract excuses delay that is beyond the carrier’s control; the dispatch records will show what was within it.",
		"B. Acme’s objections are insufficient. A party that resists discovery must state with specificity the grounds for objecting, and whether responsive materials are being withheld. Fed. R. Civ. P. 34(b)(2)(B)–(C). Acme has done neither. It offered no declaration as to volume, cost or time, and counsel confirmed on the telephone that the dispatch system exports to a spreadsheet.",
		"C. The requests are proportional. They are limited to forty-one shipments, seven drivers and a period of eleven months. The amount in controversy exceeds $1.4 million, the information is available from no other source, and plaintiff has offered to accept an export of the system in place of individual logs. Fed. R. Civ. P. 26(b)(1).",
		"IV. Certification. Under Rule 37(a)(1) and the Court’s individual practices, counsel certifies that she conferred in good faith with counsel for Acme by letter, by electronic mail and by telephone on {-1}, and that the parties remain at an impasse as to Requests 4, 7 and 11.",
		"V. Conclusion. Plaintiff asks that the Court direct Acme to produce the documents within fourteen days, direct it to state what it withholds and on what ground, and award the reasonable expenses of this motion under Rule 37(a)(5)(A).",
	}},
	"meet and confer log": {"Meet and confer log – Rivera v. Acme", []string{
		"Deficiency letter sent to D. Reed identifying Requests 4, 7 and 11; response requested within seven days.",
		"Response from D. Reed: burden objection maintained; no estimate of volume given.",
		"Telephone conference {-1}, 4:30 p.m., with D. Reed and M. Bell. Request 4: Acme confirms that the dispatch system exports to a spreadsheet, declines to produce it. Request 7: Acme has not searched the dispatch desk’s messages. Request 11: Acme will ask whether the nightly reports were kept.",
		"Impasse on Requests 4 and 7. Acme to say about Request 11.",
	}},
	"Acme privilege log": {"Acme Logistics – privilege log as served", []string{
		"Entries 1–14: communications between Acme and outside counsel; no challenge at present.",
		"Entries 15–31: communications within the claims department, withheld as work product. Several predate the first demand letter; compare the dates in the complaint.",
		"Entries 32–38: incident reports prepared in the ordinary course. Challenge these.",
	}},
	"deposition outline - Elena Rivera": {"Deposition preparation – Elena Rivera", []string{
		"Background: founding of Rivera Freight, the contract with Acme, who signed and when.",
		"The forty-one shipments: how each was booked, what Acme confirmed, when the client learned of the delay.",
		"Mitigation: substitute carriers, what they charged, how they were chosen.",
		"Documents she will be shown: the contract, Schedule A, the notices of claim, the messages with the dispatch desk.",
		"Reminders: listen to the question, answer that question, ask for the document.",
	}},
	"complaint": {"Complaint – Rivera v. Acme Logistics, Inc.", []string{
		"Plaintiff Elena Rivera, doing business as Rivera Freight, alleges against defendant Acme Logistics, Inc. as follows.",
		"First claim: breach of contract. Defendant accepted forty-one shipments listed in Schedule A and failed to deliver them within the time agreed.",
		"Plaintiff demands judgment for damages in an amount to be proved at trial, with interest and costs, and a trial by jury.",
	}},
	"Acme responses to first requests": {"Defendant’s Responses to Plaintiff’s First Requests for Production", []string{
		"Response to Request 4: Defendant objects that the request is overly broad and unduly burdensome.",
		"Response to Request 7: Defendant objects that the request is overly broad and unduly burdensome.",
		"Response to Request 11: Defendant objects that the request is overly broad and unduly burdensome, and will produce responsive, non-privileged documents, if any, at a mutually convenient time.",
	}},
	"reply brief on objections": {"Reply Memorandum in Support of the Executor’s Accounting", []string{
		"In the Matter of the Estate of Walter Hollis, Deceased. Margaret Hollis, as executor, submits this reply in further support of her petition to settle her account and in answer to the objections of Edwin Hollis.",
		"I. The objections to Schedule C fail for want of particulars. The objectant must come forward with evidence that the account is inaccurate or incomplete; only then does the burden pass to the fiduciary. The objections identify no payment that was not made, and no asset that was left out.",
		"II. The sale of the workshop was prudent. The executor obtained two appraisals, listed the property with a broker for ninety days, and accepted the better of the two offers received. That the market rose in the following year does not make the sale a breach. Prudence is judged by the circumstances at the time and not by their sequel.",
		"III. The funeral and administration expenses were reasonable. Each is supported by an invoice, and together they come to less than two per cent of the estate. The objectant was given copies when he asked for them.",
		"IV. The request for a surcharge is unsupported. A surcharge requires a loss and a breach that caused it. The objections allege neither a sum nor an act.",
		"V. No hearing is required. Where the objections raise no question of fact, the court may dismiss them on the papers and settle the account.",
		"Conclusion. The executor asks that the objections be dismissed, that her account be judicially settled, and that letters of discharge issue.",
	}},
	"proposed decree settling account": {"Decree Settling Account – Estate of Hollis (proposed)", []string{
		"Margaret Hollis, as executor, having petitioned for the settlement of her account, and Edwin Hollis having filed objections, and the court having considered the petition, the objections and the papers in reply, it is",
		"ORDERED, ADJUDGED AND DECREED that the objections are dismissed; and that the account, as stated in its Schedules A through K, is judicially settled and allowed; and that the executor be discharged upon filing proof of the payments that it directs.",
	}},
	"objections to accounting": {"Objections to the Executor’s Account", []string{
		"Edwin Hollis, a residuary beneficiary, objects to the account of Margaret Hollis, executor, as follows.",
		"Objection 1: Schedule C overstates the expenses of administration. Objection 2: the workshop was sold below its value. Objection 3: the executor should be surcharged.",
	}},
	"412 Marrow lease redline": {"412 Marrow Street – Lease, landlord’s redline", []string{
		"Section 3 (Rent). Annual increase of three per cent in place of the index; first increase thirteen months from commencement.",
		"Section 7 (Repairs). Tenant to maintain the storefront glass and the interior; landlord the roof, the structure and the service lines.",
		"Section 12 (Assignment). Consent not to be unreasonably withheld; recapture right struck at the tenant’s request, guaranty retained.",
		"Section 19 (Holding over). Use and occupancy at one and one half times the last monthly rent, without creating a new term.",
	}},
	"412 Marrow lease 2019": {"Lease – 412 Marrow Street", []string{
		"Agreement of lease between Marrow Street Realty LLC, landlord, and the tenant named below, for the store and basement at 412 Marrow Street.",
		"The term is five years. The tenant shall surrender the premises broom clean on its last day.",
	}},
	"holdover hearing notes": {"412 Marrow Street – notes for the hearing", []string{
		"Predicate notice served and filed; affidavit of service in the file.",
		"Tenant asks for ninety days. Client will agree to sixty with use and occupancy paid current.",
		"If no stipulation: ask for a trial date and an order for use and occupancy pending trial.",
	}},
	"response to reservation of rights": {"Response to Reservation of Rights – Claim HM-48213", []string{
		"Dear Ms. Calder: We write for Northgate Marine Supply Co. in answer to Harbor Mutual’s letter reserving its rights under the policy.",
		"The late-notice ground. Northgate gave notice within nine days of learning of the claim. The policy asks for notice as soon as practicable, and Harbor Mutual has identified no prejudice.",
		"The prior-knowledge ground. The letter relies on an inspection report that Northgate did not receive until after the policy began. The transmittal is enclosed.",
		"The duty to defend. The complaint alleges property damage during the policy period. The duty to defend is measured by the allegations, and it is owed now.",
		"Northgate asks that Harbor Mutual confirm within fourteen days that it will defend without reservation as to the grounds above, and that it reimburse the defense costs incurred since notice.",
	}},
	"reservation of rights letter": {"Reservation of Rights – Claim HM-48213", []string{
		"Harbor Mutual acknowledges receipt of the claim and reserves its rights under the policy, including on the grounds of late notice and prior knowledge.",
		"Nothing in this letter waives any term of the policy.",
	}},
	"mediation position statement": {"Okafor v. Brightline Stores – Mediation Position Statement", []string{
		"Confidential; submitted for mediation only. Daniel Okafor worked for Brightline Stores for six years as an assistant manager paid by salary.",
		"Brightline treated him as exempt. His duties were those of a stock clerk: he had no authority to hire, to discipline or to set a schedule, and he worked fifty-five hours in an ordinary week.",
		"Damages. Unpaid overtime for the period within the statute comes to $118,400 before liquidated damages and interest.",
		"Settlement. Mr. Okafor would accept a sum that reflects the overtime, part of the liquidated damages, and a neutral reference.",
	}},
	"vendor agreement redline": {"Lumen Valley Foods – Master Vendor Agreement, redline", []string{
		"Section 4 (Supply terms). Forecasts are not commitments; minimum purchase struck.",
		"Section 9 (Indemnity). Made mutual; third-party claims only; cap at twice the annual fees, with recalls outside the cap.",
		"Section 11 (Insurance). Certificates within ten days; additional-insured endorsement for product liability.",
		"Section 15 (Governing law). New York, in place of Québec, for the Montréal supplier; mediation before suit.",
	}},
	"declaration of Amadou Diallo": {"Declaration of Amadou Diallo in Support of Form I-589", []string{
		"I, Amadou Diallo, declare under penalty of perjury that the following is true and correct.",
		"I was a teacher of mathematics. I helped to organize the teachers of my district, and I spoke at two public meetings.",
		"After the second meeting I was detained for four days. When I was released I was told not to teach again.",
		"I left my country the following month. I have not returned, and I am afraid to return.",
		"This declaration was read to me in a language that I understand before I signed it.",
	}},
	"pre-bills worksheet": {"Pre-bills for {month}", []string{
		"Rivera: ready. Hollis: hold until the reply is filed. Okafor: ready; travel at half rate.",
		"Northgate: the insurer’s guidelines want a task code on each line. Marrow Street: flat fee for the hearing, hourly for the lease.",
		"Diallo: pro bono; report the hours, no invoice.",
	}},
	"notes on lease and vendor agreement": {"Notes", []string{
		"Two guaranties that ought to read alike: the tenant’s, which survives assignment, and the vendor’s parent, which does not yet.",
		"Ask each client before borrowing a word from the other’s paper.",
	}},
	"scan 0012": {"Signature page", []string{
		"The undersigned acknowledges receipt of the document to which this page is attached.",
	}},
}
