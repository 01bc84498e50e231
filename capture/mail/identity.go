package mail

import (
	"context"
	"fmt"
	"hash/maphash"
	"strconv"
	"strings"
	"sync"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// same names a message in whatever folder and source a copy of it is, by what
// copies share: its Message-ID, Date, authors and subject. A Message-ID alone
// does not do, for devices and bad programs give one to everything that they
// send. What relays and lists change (trace fields, the size, a tag before the
// subject) is left out. Without a Message-ID the recipients count too, and
// without a Date as well a message has no name, "".
func same(h header, authors []address, id, subject, fallback string) string {
	date := tidy(rawText(h.get("date"), ""))
	if m, ok := parseDate(date, nil); ok && m.sure {
		date = strconv.FormatInt(m.at.Unix(), 10)
	}
	if id == "" && date == "" {
		return ""
	}
	plain, _ := plainSubject(subject)
	from := joinAddresses(authors)
	if len(h.all("from")) > 1 {
		from = addressesOf(h, "from", fallback)
	}
	parts := []string{"mail", id, date, from, plain}
	if id == "" {
		parts = append(parts, addressesOf(h, "to", fallback), addressesOf(h, "cc", fallback))
	}
	return billing.SameAs(parts...)
}

func addressesOf(h header, name, fallback string) string {
	return joinAddresses(parseAddresses(strings.Join(h.all(name), ","), fallback))
}

func joinAddresses(list []address) string {
	var out strings.Builder
	for _, a := range list {
		out.WriteString(a.addr)
		out.WriteByte(' ')
	}
	return out.String()
}

// names remembers which message has an external id, as hashes of both.
type names struct {
	seed maphash.Seed

	mu sync.Mutex
	of map[uint64]uint64
}

// maxNames bounds what is remembered while the program runs; the sink may
// remember more.
const maxNames = 200_000

func newNames() *names { return &names{seed: maphash.MakeSeed(), of: map[uint64]uint64{}} }

func (n *names) hash(s string) uint64 { return maphash.String(n.seed, s) }

// apart has different messages with one Message-ID keep apart: the first that is
// recorded has the id as it is, and every other one has something of its own
// added. Where the sink tells what it recorded (see [capture.Recaller]) a
// message keeps its name for good, in whatever order it is read again.
func (r *reading) apart(ctx context.Context, sink capture.Sink, out []billing.Observation) error {
	recorded, err := r.names.recall(ctx, sink, out)
	if err != nil {
		return err
	}
	r.names.mu.Lock()
	defer r.names.mu.Unlock()
	for i := range out {
		o := &out[i]
		if o.Same == "" {
			continue
		}
		name, mine := r.names.hash(o.ExternalID), r.names.hash(o.Same)
		whose, known := r.names.of[name]
		was, stored := recorded[o.ExternalID]
		switch {
		case known && whose != mine, stored && !known && !isThat(was, *o):
			o.ExternalID += " #" + o.Same[:16]
		case !known:
			if len(r.names.of) >= maxNames {
				clear(r.names.of)
			}
			r.names.of[name] = mine
		}
	}
	return nil
}

// recall returns what the sink says was recorded under the external ids that are
// not remembered.
func (n *names) recall(ctx context.Context, sink capture.Sink, out []billing.Observation) (map[string]billing.Observation, error) {
	recaller, ok := sink.(capture.Recaller)
	if !ok {
		return nil, nil
	}
	var ask []string
	n.mu.Lock()
	for i := range out {
		if _, known := n.of[n.hash(out[i].ExternalID)]; !known && out[i].Same != "" {
			ask = append(ask, out[i].ExternalID)
		}
	}
	n.mu.Unlock()
	if len(ask) == 0 {
		return nil, nil
	}
	recorded := make(map[string]billing.Observation, len(ask))
	list, err := recaller.Recall(ctx, ask)
	if err != nil {
		return nil, fmt.Errorf("recall mail: %w", err)
	}
	for _, o := range list {
		recorded[o.ExternalID] = o
	}
	return recorded, nil
}

// isThat reports whether the message o was recorded as was. What was recorded
// before messages had names is told apart by both its time and its subject.
func isThat(was, o billing.Observation) bool {
	if was.Same != "" {
		return was.Same == o.Same
	}
	before, _ := plainSubject(was.Subject.Reveal())
	now, _ := plainSubject(o.Subject.Reveal())
	return before == now || was.Span.Start.Equal(o.Span.Start)
}

// Recall implements [capture.Recaller] where the sink behind does.
func (b *bookmark) Recall(ctx context.Context, externalIDs []string) ([]billing.Observation, error) {
	if recaller, ok := b.Sink.(capture.Recaller); ok {
		return recaller.Recall(ctx, externalIDs)
	}
	return nil, nil
}
