package note_test

import (
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/note"
)

// chambers is a second practice to read lines against: names with accents,
// hyphens and marks, two clients of one name, folders, a closed matter.
func chambers(t testing.TB) note.Context {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	matter := func(number, name, client, folder, keyword string, contacts ...string) billing.Matter {
		m := billing.Matter{ID: billing.MatterID(number), Number: number, Name: billing.Privileged(name), Client: billing.Privileged(client), Folder: billing.Privileged(folder)}
		if keyword != "" {
			m.Keywords = []billing.Privileged{billing.Privileged(keyword)}
		}
		for _, c := range contacts {
			m.Contacts = append(m.Contacts, billing.ParseContact(c))
		}
		return m
	}
	closed := matter("2019-0308", "Osprey Dairy v. Noll", "Osprey Dairy", "Osprey", "")
	closed.Closed = true
	return note.Context{
		Day: billing.Day{Year: 2026, Month: 11, Day: 19}, Zone: zone, Now: time.Date(2026, 11, 19, 17, 30, 0, 0, zone),
		Matters: []billing.Matter{
			matter("2025-0301", "Calder Shipping Ltd v. Port of Essen", "Calder Shipping Ltd", "/matters/Calder", "demurrage",
				"Nadia Brandt <nadia@calder.example> (client)", "Tom Vickers <tom@vickers.example> (opposing counsel)", "Lee Okonjo <lee@okonjo.example> (expert)"),
			matter("2025-0302", "Estate of Quill-Marsh", "Hester Quill-Marsh", "/matters/Quill", "", "Ravi Sen <ravi@sen.example> (expert)"),
			matter("2025-0303", "Żurek – O-1 petition", "Piotr Żurek", "/matters/Zurek", "O-1"),
			matter("2025-0304", "Lowe Family Trust", "Grace Lowe", "/matters/Lowe trust", ""),
			matter("2025-0305", "State v. Lowe", "Damon Lowe", "/matters/Lowe crim", ""),
			matter("2025-0306", "Finch & Daly / Oldgate – rent review", "Finch & Daly LLP", "/matters/Oldgate", "rent review",
				"Amir Daly <amir@finchdaly.example> (client)", "Beth Crane <beth@crane.example> (opposing counsel)"),
			matter("2025-0307", "Tarn – '913 patent", "Tarn Optics Inc", "/matters/Tarn", "office action", "Yuki Mori <yuki@tarn.example> (client)"),
			closed,
		},
	}
}
