package associate_test

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// office makes up the work of a law practice, the same every time for a seed:
// matters with a number, a docket number, parties, contacts and a folder, and
// observations of them of mixed quality. Opposing counsel are on many matters;
// matters of one area of law share most of their words.
type office struct {
	*rand.Rand
	matters []billing.Matter
	private [][]string // words of each matter alone
	area    []int
	counsel []billing.Contact
	at      time.Time
	n       int
}

const areas = 12

func newOffice(seed uint64, matters int) *office {
	o := &office{Rand: rand.New(rand.NewPCG(seed, 7)), at: time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)}
	for i := range 6 + matters/8 {
		name := o.name() + " " + o.name()
		o.counsel = append(o.counsel, billing.Contact{
			Name: billing.Privileged(name), Role: billing.ContactOpposingCounsel,
			Address: billing.Privileged(fmt.Sprintf("%s@firm%d.example", strings.ToLower(strings.Fields(name)[1]), i%(3+matters/20))),
		})
	}
	for range matters {
		o.open()
	}
	return o
}

// name makes up a name that is hardly ever made up twice.
func (o *office) name() string {
	syllables := []string{"ba", "cor", "del", "fen", "gar", "hol", "jin", "kel", "lor", "man", "nor", "os", "pel", "quin", "ros", "sel", "tor", "ul", "ver", "wes", "yar", "zim"}
	s := ""
	for range 3 {
		s += syllables[o.IntN(len(syllables))]
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// open adds a matter to the practice.
func (o *office) open() int {
	i := len(o.matters)
	client, opponent := o.name(), o.name()
	m := billing.Matter{
		ID: billing.MatterID(fmt.Sprintf("m%d", i)), Number: fmt.Sprintf("2026-%04d", i),
		Name: billing.Privileged(client + " v. " + opponent), Client: billing.Privileged(client + " Holdings LLC"),
		Folder: billing.Privileged("Matters/" + client), Keywords: []billing.Privileged{billing.Privileged(fmt.Sprintf("26-cv-%05d", 10000+o.IntN(80000)))},
		Contacts: []billing.Contact{
			{Name: billing.Privileged("Ann " + client), Address: billing.Privileged("ann@" + strings.ToLower(client) + ".example"), Role: billing.ContactClient},
			o.counsel[o.IntN(len(o.counsel))],
			{Name: "Clerk", Address: "clerk@court.example", Role: billing.ContactCourt},
		},
	}
	o.matters = append(o.matters, m)
	o.area = append(o.area, o.IntN(areas))
	var own []string
	for range 15 {
		own = append(own, o.name())
	}
	o.private = append(o.private, own)
	return i
}

// about makes up what is observed of matter i.
func (o *office) about(i int) billing.Observation {
	m := &o.matters[i]
	o.n++
	o.at = o.at.Add(time.Duration(5+o.IntN(40)) * time.Minute)
	client, opponent, _ := strings.Cut(string(m.Name), " v. ")
	ann, counsel, clerk := m.Contacts[0], m.Contacts[1], m.Contacts[2]
	vague := []string{"quick question", "documents", "call tomorrow", "draft", "update", "schedule", "next steps", "invoice"}
	topic := func() string { return fmt.Sprintf("topic%dx%d", o.area[i], o.IntN(40)) }
	out := billing.Observation{
		ID: billing.ObservationID(fmt.Sprintf("o%06d", o.n)), Kind: billing.KindMailReceived, Words: int64(20 + o.IntN(300)),
		Span: billing.Span{Start: o.at, End: o.at}, Subject: billing.Privileged(vague[o.IntN(len(vague))]),
	}
	from := func(c billing.Contact) []billing.Party {
		return []billing.Party{{Name: c.Name, Address: c.Address, Role: billing.RoleFrom}, {Address: "colleague@us.example", Role: billing.RoleCc}}
	}
	switch kind := o.IntN(20); {
	case kind < 3: // the number or the docket number
		out.Subject = billing.Privileged(topic() + " " + []string{m.Number, string(m.Keywords[0])}[o.IntN(2)])
		out.With = from(clerk)
	case kind < 7: // a party in the subject
		out.Subject = billing.Privileged(topic() + " " + []string{client, opponent}[o.IntN(2)])
		out.With = from(counsel)
	case kind < 11: // the client, about anything
		out.With = from(ann)
	case kind < 13: // counsel on many matters, with nothing but the conversation to go by
		out.Kind, out.With = billing.KindMailSent, from(counsel)
		out.Thread = fmt.Sprint("thread-", i, "-", o.n%2)
	case kind < 15:
		out.Kind, out.With, out.Thread = billing.KindMailReceived, from(counsel), fmt.Sprint("thread-", i, "-", o.n%2)
		out.Subject = billing.Privileged("Re: " + topic() + " " + opponent)
	case kind < 17:
		out.Kind = billing.KindMeeting
		out.Subject = billing.Privileged("Call with Ann " + client)
		out.With, out.Span.End = []billing.Party{{Address: ann.Address, Role: billing.RoleAttendee}}, o.at.Add(time.Hour)
	default:
		out.Kind, out.Saves, out.Words = billing.KindEdit, 4, 0
		out.Path = billing.Privileged("/home/jo/" + string(m.Folder) + "/" + topic() + " v" + fmt.Sprint(o.IntN(5)) + ".docx")
		if kind == 19 {
			out.Path = billing.Privileged("/home/jo/Downloads/" + opponent + " " + topic() + ".pdf")
		}
		out.Subject, out.Span.End = out.Path[strings.LastIndexByte(string(out.Path), '/')+1:], o.at.Add(30*time.Minute)
	}
	if out.Path == "" && out.Kind != billing.KindMeeting {
		for range 12 + o.IntN(20) {
			out.Terms = append(out.Terms, term(topic()))
		}
		for range 2 + o.IntN(4) {
			out.Terms = append(out.Terms, term(o.private[i][o.IntN(len(o.private[i]))]))
		}
		for range 25 {
			out.Terms = append(out.Terms, term(fmt.Sprint("common", int(300*o.Float64()*o.Float64()))))
		}
		slices.Sort(out.Terms)
		out.Terms = slices.Compact(out.Terms)
	}
	return out
}

func term(word string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(word))
	return h.Sum32()
}
