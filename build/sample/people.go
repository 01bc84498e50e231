package sample

import (
	"net/mail"

	"github.com/tenths/tenths/billing"
)

// person is someone in the sample practice.
type person struct {
	name, address string
	signature     string // lines below the name under a message
}

// full returns the person as in a From header, in ASCII.
func (p person) full() string { return (&mail.Address{Name: p.name, Address: p.address}).String() }

// plain returns the person as a matter list or a quotation writes it.
func (p person) plain() string { return p.name + " <" + p.address + ">" }

// The timekeeper, and the people of each matter.
var (
	nora = person{"Nora Whitfield", "nora@whitfieldlaw.example", "Whitfield Law PLLC\n(212) 555-0142"}

	elena    = person{"Elena Rivera", "elena@riverafreight.example", "Rivera Freight, Inc."}
	dana     = person{"Dana Reed", "dana.reed@reedholt.example", "Reed Holt LLP\nAttorneys for Acme Logistics, Inc."}
	marcus   = person{"Marcus Bell", "mbell@bellward.example", "Bell & Ward LLP"}
	nair     = person{"Dr. Priya Nair", "pnair@forensicledger.example", "Forensic Ledger Group"}
	chambers = person{"Chambers of Judge Alder", "alder.chambers@district.court.example", ""}
	ecf      = person{"CM/ECF Notice", "ecf@district.court.example", ""}

	margaret = person{"Margaret Hollis", "margaret.hollis@mailbox.example", ""}
	gray     = person{"Thomas Gray", "tgray@graypatterson.example", "Gray Patterson PC\nAttorneys for Edwin Hollis"}
	clerk    = person{"Probate Clerk", "probate@surrogate.court.example", ""}

	daniel   = person{"Daniel Okafor", "d.okafor@postbox.example", ""}
	susan    = person{"Susan Lindqvist", "slindqvist@lindqvistmoor.example", "Lindqvist Moor LLP\nAttorneys for Brightline Stores, Inc."}
	mediator = person{"Hon. Carol Stern (Ret.)", "stern@resolution.example", "Mediator"}

	paul = person{"Paul Desmond", "pdesmond@northgatemarine.example", "Northgate Marine Supply Co."}
	ruth = person{"Ruth Calder", "rcalder@harbormutual.example", "Senior Claims Counsel\nHarbor Mutual Insurance"}

	irene = person{"Irene Castell", "irene@marrowstreet.example", "Marrow Street Realty LLC"}
	victo = person{"Victor Osei", "vosei@oseilaw.example", "Osei Law\nAttorney for the tenant"}

	rosa = person{"Rosa Téllez", "rtellez@lumenvalley.example", "General Counsel\nLumen Valley Foods, Inc."}

	amadou = person{"Amadou Diallo", "a.diallo@postbox.example", ""}
	hannah = person{"Hannah Weiss", "hweiss@harborlegalaid.example", "Pro Bono Coordinator\nHarbor Legal Aid"}

	june = person{"June Park", "june@parkbooks.example", "Park Bookkeeping"}

	// Those who belong to no matter.
	leland   = person{"Leland Marsh", "leland.marsh@inbox.example", ""}
	dentist  = person{"Riverside Dental", "frontdesk@riversidedental.example", ""}
	school   = person{"Cedar Lane School", "office@cedarlane.example", ""}
	bar      = person{"County Bar Association", "events@countybar.example", ""}
	practice = person{"Civil Practice Weekly", "editor@civilpractice.example", ""}
	barPost  = person{"Simon Achterberg", "simon@achterberglegal.example", ""}
	research = person{"Casefinder", "notifications@casefinder.example", ""}
	parking  = person{"Pearl Street Garage", "no-reply@pearlgarage.example", ""}
	clerkBot = person{"Surrogate's Court", "no-reply@surrogate.court.example", ""}
)

// timekeeper returns whose practice it is.
func timekeeper() billing.Timekeeper {
	return billing.Timekeeper{
		Name:      billing.Privileged(nora.name),
		Addresses: []billing.Privileged{billing.Privileged(nora.address), "nwhitfield@mailbox.example"},
		Zone:      Zone,
		Rate:      billing.Money{Cents: 350_00, Currency: "USD"},
	}
}
