package mail

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tenths/tenths/billing"
)

// threads knows which message belongs to which conversation. It is safe for use
// by several goroutines.
//
// Most replies say what they answer (RFC 5322 section 3.6.4) and name the whole
// line of messages before them. Some name the last one alone, and some nothing
// at all; what was read before helps with both. What is needed for that outlives
// the process in the source's cursor; see [threads.save].
type threads struct {
	key []byte

	mu        sync.Mutex
	byRoot    map[string]*conversation
	byMember  map[uint64]*conversation
	bySubject map[uint64][]*conversation
}

// conversation is what is remembered of messages that belong together: no text
// of theirs, only hashes.
type conversation struct {
	root        string // a message id
	subject     uint64 // hash of the latest message's, 0 for none
	first, last int64  // Unix seconds of the messages read
	with        []uint32
	members     []uint64 // hashes of the ids of messages read, latest last
	headless    bool     // the root answers something that was not read yet
}

// Bounds on what is remembered of conversations.
const (
	maxConversations = 20_000 // while the program runs
	maxMembers       = 64
	maxWith          = 8
	answerWithin     = 30 * 24 * 60 * 60 // seconds in which a subject can be taken up again
)

func newThreads(key []byte) *threads {
	t := &threads{key: key}
	t.forget()
	return t
}

func (t *threads) forget() {
	t.byRoot, t.byMember, t.bySubject = map[string]*conversation{}, map[uint64]*conversation{}, map[uint64][]*conversation{}
}

// letter is what tells where a message belongs.
type letter struct {
	id         string
	references []string // oldest first
	answers    []string // In-Reply-To
	subject    string
	at         time.Time
	with       []billing.Party
	passing    bool // not to be remembered: nobody answers it
}

// join returns the id of the message at the root of the conversation that l
// belongs to, which may be its own, and remembers l. It is the first of
// References, or what l answers, or the root of that if it was read. A reply
// that names nothing belongs to the latest conversation on its subject with one
// of the same people within thirty days. The same message always gets the same
// answer while it is remembered.
func (t *threads) join(l letter) (root string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	subject, reply := plainSubject(l.subject)
	hash := t.hash("subject", subject)
	if subject == "" {
		hash = 0
	}
	with := t.people(l.with)
	id := t.hash("id", l.id)
	found, root := t.find(l, id, hash, with, reply)
	if l.passing || root == "" {
		return root
	}
	if found == nil {
		if len(t.byRoot) >= maxConversations {
			t.shrink()
		}
		root = strings.Clone(root) // it is a part of the message's header, and stays
		found = &conversation{root: root, first: l.at.Unix(), last: l.at.Unix(), headless: reply && root == l.id}
		t.byRoot[root] = found
	}
	t.extend(found, l, id, hash, with)
	return found.root
}

// find returns the conversation that l belongs to, nil when none is known yet,
// and its root.
func (t *threads) find(l letter, id, subject uint64, with []uint32, reply bool) (*conversation, string) {
	if c := t.byMember[id]; c != nil && l.id != "" {
		return c, c.root // read before
	}
	named := l.references
	if len(l.answers) != 1 || !slices.Contains(named, l.answers[0]) {
		named = slices.Concat(named, l.answers)
	}
	for _, id := range named {
		if c := t.byMember[t.hash("id", id)]; c != nil {
			return c, c.root
		}
	}
	if len(named) > 0 {
		return t.byRoot[named[0]], named[0]
	}
	if c := t.byRoot[l.id]; c != nil {
		return c, l.id // its answers were read before it
	}
	var best *conversation
	for _, c := range t.bySubject[subject] {
		if subject != 0 && c.takes(l.at.Unix(), reply) && shares(c.with, with) && (best == nil || c.last > best.last) {
			best = c
		}
	}
	if best != nil {
		return best, best.root
	}
	return nil, l.id
}

// takes reports whether a message on the subject of c that names no other may
// belong to it: a reply, to what came before; or what replies read earlier
// were to.
func (c *conversation) takes(at int64, reply bool) bool {
	if reply {
		return at >= c.first && at <= c.last+answerWithin
	}
	return c.headless && at <= c.first && at >= c.first-answerWithin
}

// extend takes l into c.
func (t *threads) extend(c *conversation, l letter, id, subject uint64, with []uint32) {
	at := l.at.Unix()
	if at < c.first {
		c.first, c.headless = at, false
	}
	if c.last = max(c.last, at); c.last == at && subject != 0 && subject != c.subject {
		t.bySubject[c.subject] = slices.DeleteFunc(t.bySubject[c.subject], func(o *conversation) bool { return o == c })
		c.subject = subject
		t.bySubject[subject] = append(t.bySubject[subject], c)
	}
	for _, w := range with {
		if !slices.Contains(c.with, w) {
			c.with = append(c.with, w)
		}
	}
	c.with = c.with[max(0, len(c.with)-maxWith):]
	if l.id != "" && t.byMember[id] != c {
		c.members = append(c.members, id)
		t.byMember[id] = c
	}
	for len(c.members) > maxMembers {
		delete(t.byMember, c.members[0])
		c.members = c.members[1:]
	}
}

// add makes c known, as read from a cursor.
func (t *threads) add(c *conversation) {
	t.byRoot[c.root] = c
	for _, id := range c.members {
		t.byMember[id] = c
	}
	if c.subject != 0 {
		t.bySubject[c.subject] = append(t.bySubject[c.subject], c)
	}
}

// shrink forgets the older half.
func (t *threads) shrink() {
	keep := t.latest(maxConversations / 2)
	t.forget()
	for _, c := range keep {
		t.add(c)
	}
}

// latest returns at most n conversations, those with the latest messages.
func (t *threads) latest(n int) []*conversation {
	all := make([]*conversation, 0, len(t.byRoot))
	for _, c := range t.byRoot {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b *conversation) int {
		if a.last != b.last {
			return int(min(1, max(-1, b.last-a.last)))
		}
		return strings.Compare(a.root, b.root)
	})
	return all[:min(n, len(all))]
}

// hash returns 64 bits of a keyed hash of s, never 0.
func (t *threads) hash(kind, s string) uint64 {
	b := append(make([]byte, 0, 256), t.key...)
	b = append(append(append(append(b, 0), kind...), 0), s...)
	sum := sha256.Sum256(b)
	return max(1, binary.BigEndian.Uint64(sum[:]))
}

// people returns hashes of the addresses.
func (t *threads) people(with []billing.Party) []uint32 {
	var out []uint32
	for _, p := range with[:min(len(with), maxWith)] {
		out = append(out, uint32(t.hash("address", p.Address.Reveal())))
	}
	return out
}

func shares(a, b []uint32) bool {
	return slices.ContainsFunc(a, func(x uint32) bool { return slices.Contains(b, x) })
}
