package sample

import (
	"bytes"
	"encoding/csv"
	"strings"

	"github.com/tenths/tenths/billing"
)

// matter is a line of the matter list.
type matter struct {
	number, client, name string
	contacts             []contact
	keywords             []string
	folder               string // under documents
	rate                 string // per hour; "" for the timekeeper's own
	internal             bool
}

type contact struct {
	person
	role billing.ContactRole
}

var matters = []matter{
	{
		number: "2024-0113", client: "Elena Rivera", name: "Rivera v. Acme Logistics", folder: "Rivera v Acme",
		contacts: []contact{
			{elena, billing.ContactClient}, {dana, billing.ContactOpposingCounsel}, {marcus, billing.ContactCoCounsel},
			{nair, billing.ContactExpert}, {chambers, billing.ContactCourt},
		},
		keywords: []string{"Acme", "motion to compel", "document production", "interrogatories", "24-cv-01877"},
	},
	{
		number: "2024-0187", client: "Margaret Hollis", name: "Estate of Hollis", folder: "Hollis Estate",
		contacts: []contact{{margaret, billing.ContactClient}, {gray, billing.ContactOpposingCounsel}, {clerk, billing.ContactCourt}},
		keywords: []string{"Hollis", "reply brief", "executor", "accounting", "objections"},
	},
	{
		number: "2025-0022", client: "Daniel Okafor", name: "Okafor v. Brightline Stores", folder: "Okafor v Brightline",
		contacts: []contact{{daniel, billing.ContactClient}, {susan, billing.ContactOpposingCounsel}, {mediator, billing.ContactOther}},
		keywords: []string{"Brightline", "mediation", "wage claim", "position statement"},
	},
	{
		number: "2025-0031", client: "Northgate Marine Supply Co.", name: "Northgate – Harbor Mutual Coverage", folder: "Northgate Coverage",
		contacts: []contact{{paul, billing.ContactClient}, {ruth, billing.ContactOther}},
		keywords: []string{"Harbor Mutual", "reservation of rights", "coverage", "HM-48213"},
	},
	{
		number: "2025-0044", client: "Marrow Street Realty LLC", name: "412 Marrow Street – Lease and Holdover", folder: "Marrow Street",
		contacts: []contact{{irene, billing.ContactClient}, {victo, billing.ContactOpposingCounsel}},
		keywords: []string{"lease", "holdover", "412 Marrow", "tenant"},
	},
	{
		number: "2025-0052", client: "Lumen Valley Foods, Inc.", name: "Lumen Valley – Vendor Agreements", folder: "Lumen Valley",
		contacts: []contact{{rosa, billing.ContactClient}},
		keywords: []string{"vendor agreement", "supply terms", "indemnity", "Montréal"},
		rate:     "325.00",
	},
	{
		number: "2025-0060", client: "Amadou Diallo", name: "Diallo – Asylum Application (pro bono)", folder: "Diallo",
		contacts: []contact{{amadou, billing.ContactClient}, {hannah, billing.ContactOther}},
		keywords: []string{"asylum", "I-589", "country conditions", "declaration"},
		rate:     "0.00",
	},
	{
		number: "9999-0001", client: "Whitfield Law PLLC", name: "Firm administration", folder: "Firm",
		contacts: []contact{{june, billing.ContactOther}},
		keywords: []string{"firm meeting", "CLE", "billing", "conflicts check", "pre-bills"},
		internal: true,
	},
}

// mattersCSV returns the matter list as a person would import it.
func mattersCSV() []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out) // a bytes.Buffer takes every write
	_ = w.Write([]string{"number", "client", "name", "contacts", "keywords", "folder", "rate", "internal"})
	for _, m := range matters {
		var contacts []string
		for _, c := range m.contacts {
			contacts = append(contacts, c.plain()+" ("+string(c.role)+")")
		}
		internal := ""
		if m.internal {
			internal = "yes"
		}
		_ = w.Write([]string{m.number, m.client, m.name, strings.Join(contacts, "; "), strings.Join(m.keywords, ";"), m.folder, m.rate, internal})
	}
	w.Flush()
	return out.Bytes()
}
