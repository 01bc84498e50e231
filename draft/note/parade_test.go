package note_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/note"
)

// parade is a third practice to read lines against: a matter or two of every
// kind, one client with two of them, a closed one and the firm's own.
func parade(t testing.TB) note.Context {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	in := note.Context{Day: billing.Day{Year: 2026, Month: 11, Day: 19}, Zone: zone, Now: time.Date(2026, 11, 19, 20, 0, 0, 0, zone)}
	for _, row := range strings.Split(strings.TrimSpace(paradeMatters), "\n") {
		c := strings.Split(row, "|")
		for i := range c {
			c[i] = strings.TrimSpace(c[i])
		}
		m := billing.Matter{ID: billing.MatterID(c[0]), Number: c[0], Client: billing.Privileged(c[1]), Name: billing.Privileged(c[2]), Folder: billing.Privileged(c[5]),
			Closed: c[6] == "closed", Internal: c[6] == "internal"}
		for _, contact := range strings.Split(c[3], ";") {
			if contact = strings.TrimSpace(contact); contact != "" {
				m.Contacts = append(m.Contacts, billing.ParseContact(contact))
			}
		}
		for _, k := range strings.Split(c[4], ";") {
			if k != "" {
				m.Keywords = append(m.Keywords, billing.Privileged(k))
			}
		}
		in.Matters = append(in.Matters, m)
	}
	return in
}

const paradeMatters = `
27-0201 | Brandvold Logistics LLC | Brandvold v. Meridian Cold Storage | Nina Brandvold <nina@brandvold.example> (client); Arthur Sykes <as@sykeslaw.example> (opposing counsel); Priya Raman <pr@raman.example> (expert) | Meridian | Brandvold |
27-0202 | Celia Ortega-Byrne | Estate of Ortega-Byrne | Celia Ortega-Byrne <cob@post.example> (client); Jon Abel <ja@abelcpa.example> (expert) | probate;accounting | Ortega |
27-0203 | Łukasz Zając | Zając – L-1A petition | Łukasz Zając <lz@post.example> (client) | L-1A;USCIS;RFE | Zajac |
27-0204 | Marta Quist | Quist v. Quist | Marta Quist <mq@post.example> (client); Dale Ames-Ford <daf@ames.example> (opposing counsel) | custody;visitation | Quist |
27-0205 | Darnell Boone | Commonwealth v. Boone | Darnell Boone <db@post.example> (client); ADA Feeney <feeney@da.example> (opposing counsel) | suppression | Boone crim |
27-0206 | Darnell Boone | Boone Family Trust | Loretta Boone <lb@post.example> (client) | trust amendment | Boone trust |
27-0207 | Fernhill Partners Ltd | Fernhill – 12 Mill Lane purchase | Ian Fern <if@fernhill.example> (client); Kate Olsen <ko@olsen.example> (opposing counsel) | Mill Lane;title;survey | Fernhill |
27-0208 | Vantage Optics Inc | Vantage – '771 patent prosecution | Mei Tanaka <mt@vantage.example> (client) | office action;771 patent | Vantage |
27-0209 | Ruth Adeyemi | Adeyemi v. Crestline Hotels | Ruth Adeyemi <ra@post.example> (client); Tim Lund <tl@lund.example> (opposing counsel) | EEOC;severance | Adeyemi |
27-0210 | Thornbury Estates Ltd | Thornbury / Ashcombe – dilapidations | Giles Thornbury <gt@thornbury.example> (client); Helen Marsh <hm@marshco.example> (opposing counsel) | dilapidations;Scott Schedule | Thornbury |
27-0211 | Yarrabee Foods Pty Ltd | Yarrabee v Halden Packaging | Bruce Noonan <bn@yarrabee.example> (client); Fiona Tran SC <ft@chambers.example> (co-counsel) | Halden | Yarrabee |
27-0212 | Sentinel Mutual Insurance Co | Sentinel Mutual / Ellery | Dora Finch <df@sentinel.example> (client); Walt Greer <wg@greer.example> (opposing counsel) | IME | Ellery |
27-0213 | Pilar Santos | Santos v. Metro Transit | Pilar Santos <ps@post.example> (client); Ned Coyle <nc@coyle.example> (opposing counsel); Amy Wells <aw@wells.example> (expert) | demand package | Santos |
27-0214 | Kestrel Tool & Die Inc | In re Kestrel Tool & Die | Roy Kessler <rk@kestrel.example> (client) | cash collateral | Kestrel |
27-0215 | Winslow Brewing LLC | Winslow – Series A financing | Tess Winslow <tw@winslow.example> (client); Omar Haddad <oh@haddad.example> (opposing counsel) | term sheet;cap table | Winslow |
27-0216 | Gordon Pell | Pell – IRS audit | Gordon Pell <gp@post.example> (client); Anita Sharma <as@irs.example> (other) | IDR | Pell |
25-0099 | Larkin Dairy | Larkin Dairy v. Orchard | | | Larkin | closed
ADM-1 | | Firm administration | | | | internal
`
