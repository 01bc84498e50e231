package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/tools/internal/filed"
)

// variant is a mailbox made of others, so that a setting that suits two owners
// alone shows.
type variant struct {
	name     string
	block    int
	messages []filed.Message
}

// variantsOf makes the variants of a mailbox, the same every time. None moves a
// message to another time but the one that says so.
func variantsOf(name string, all []filed.Message, block int) []variant {
	half := len(all) / 2
	sizes := map[string]int{}
	for _, m := range all {
		sizes[m.Label]++
	}
	labels := bySize(sizes)
	large := map[string]bool{}
	for _, l := range labels[:min(2, len(labels))] {
		large[l] = true
	}
	r := rand.New(rand.NewPCG(1, uint64(len(all))))
	shuffled := slices.Clone(all)
	r.Shuffle(len(shuffled), func(i, k int) { shuffled[i], shuffled[k] = shuffled[k], shuffled[i] })
	seen := map[string]int{}
	return []variant{
		{name, block, all},
		{name + ", first half", block, all[:half]},
		{name + ", second half", block, all[half:]},
		{name + ", a half of the folders", block, kept(all, func(m filed.Message) bool { return slices.Index(labels, m.Label)%2 == 0 })},
		{name + ", the other half", block, kept(all, func(m filed.Message) bool { return slices.Index(labels, m.Label)%2 == 1 })},
		{name + ", small folders merged", block, relabelled(all, func(m filed.Message) string {
			if sizes[m.Label]*40 < len(all) {
				return "various"
			}
			return m.Label
		})},
		{name + ", two folders and little else", block, kept(all, func(m filed.Message) bool { return large[m.Label] || r.IntN(5) == 0 })},
		{name + ", folders of at most 60", block, kept(all, func(m filed.Message) bool { seen[m.Label]++; return seen[m.Label] <= 60 })},
		{name + ", folders by sender", block, relabelled(all, func(m filed.Message) string { return m.Label + "/" + senderOf(m) })},
		{name + ", folders by subject", block, relabelled(all, func(m filed.Message) string { return m.Label + "/" + subjectOf(m) })},
		{name + ", a folder for each season", block, inSeasons(all)},
		{name + ", in any order", block, shuffled},
	}
}

func bySize(sizes map[string]int) []string {
	var out []string
	for l := range sizes {
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(sizes[b]-sizes[a], strings.Compare(a, b)) })
	return out
}

func kept(all []filed.Message, keep func(filed.Message) bool) []filed.Message {
	var out []filed.Message
	for _, m := range all {
		if keep(m) {
			out = append(out, m)
		}
	}
	return out
}

func relabelled(all []filed.Message, label func(filed.Message) string) []filed.Message {
	out := slices.Clone(all)
	for i := range out {
		out[i].Label = label(out[i])
	}
	return out
}

// senderOf puts senders into eight groups.
func senderOf(m filed.Message) string {
	for _, p := range m.Seen.With {
		if p.Role == billing.RoleFrom {
			return fmt.Sprint(sum(string(p.Address)) % 8)
		}
	}
	return "none"
}

// subjectOf puts subjects into eight groups by their longest word.
func subjectOf(m filed.Message) string {
	words := strings.Fields(strings.ToLower(string(m.Seen.Subject)))
	longest := ""
	for _, w := range words {
		if len(w) > len(longest) {
			longest = w
		}
	}
	return fmt.Sprint(sum(longest) % 8)
}

func sum(s string) (h uint32) {
	h = 2166136261
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h >> 8
}

// inSeasons closes every folder after sixty messages and goes on in another.
func inSeasons(all []filed.Message) []filed.Message {
	seen := map[string]int{}
	return relabelled(all, func(m filed.Message) string {
		seen[m.Label]++
		return fmt.Sprint(m.Label, "/", seen[m.Label]/60)
	})
}

// together merges mailboxes in the order of time.
func together(boxes ...[]filed.Message) []filed.Message {
	out := slices.Concat(boxes...)
	slices.SortStableFunc(out, func(a, b filed.Message) int { return a.Seen.Span.Start.Compare(b.Seen.Span.Start) })
	return out
}
