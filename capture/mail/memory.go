package mail

import (
	"encoding/binary"
)

// savedThread is a [conversation] as it stands in a cursor. Cursors hold no text
// of any message: subjects and people are keyed hashes. Only the root's message
// id is there as it is, which observations carry as well.
type savedThread struct {
	Root     string `json:"r"`
	Subject  uint64 `json:"s,omitempty,string"`
	Last     int64  `json:"t"`           // Unix seconds
	Took     int64  `json:"d,omitempty"` // seconds from the first message to the last
	With     []byte `json:"w,omitempty"` // 4 bytes each
	Members  []byte `json:"m,omitempty"` // 8 bytes each
	Headless bool   `json:"h,omitempty"`
}

// Bounds on what a cursor holds of conversations; it is written with every new
// message.
const (
	maxSaved        = 300
	maxSavedMembers = 8
	maxSavedRoot    = 200 // bytes; longer ones do occur, in mail made to harm
)

// save returns the latest conversations for a cursor: at most about 70 kB, and
// mostly half of that.
func (t *threads) save() []savedThread {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []savedThread
	for _, c := range t.latest(maxSaved) {
		if len(c.root) > maxSavedRoot {
			continue
		}
		s := savedThread{Root: c.root, Subject: c.subject, Last: c.last, Took: c.last - c.first, Headless: c.headless}
		for _, w := range c.with {
			s.With = binary.BigEndian.AppendUint32(s.With, w)
		}
		for _, m := range c.members[max(0, len(c.members)-maxSavedMembers):] {
			s.Members = binary.BigEndian.AppendUint64(s.Members, m)
		}
		out = append(out, s)
	}
	return out
}

// restore takes up what an earlier process saved. What this one knows already
// it knows better.
func (t *threads) restore(saved []savedThread) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range saved[:min(len(saved), maxSaved)] {
		if s.Root == "" || t.byRoot[s.Root] != nil || s.Took < 0 {
			continue
		}
		c := &conversation{root: s.Root, subject: s.Subject, first: s.Last - s.Took, last: s.Last, headless: s.Headless}
		for b := s.With; len(b) >= 4 && len(c.with) < maxWith; b = b[4:] {
			c.with = append(c.with, binary.BigEndian.Uint32(b))
		}
		for b := s.Members; len(b) >= 8 && len(c.members) < maxSavedMembers; b = b[8:] {
			c.members = append(c.members, binary.BigEndian.Uint64(b))
		}
		t.add(c)
	}
}
