package main

import (
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
)

func report(w io.Writer, ids string, all []audited, verbose bool) {
	accepted := 0
	for _, a := range all {
		if !a.adjusted {
			accepted++
		}
	}
	fmt.Fprintf(w, "%d entries, %d adjusted, %d accepted; guidelines %s\n", len(all), len(all)-accepted, accepted, ids)
	cut, wrong := 0, 0
	for _, a := range all {
		switch hit := len(a.byText) > 0; {
		case hit && a.adjusted:
			cut++
		case hit:
			wrong++
		}
	}
	fmt.Fprintf(w, "Of all that were adjusted their own text alone shows %s; of the accepted it flags %s\n", ratio(cut, len(all)-accepted), ratio(wrong, accepted))
	part(w, "What the entry's own text decides (checks on one entry)", all, verbose,
		func(a audited) bool { return !a.class.bill }, func(a audited) []string { return a.byText })
	part(w, "What only the whole bill shows (all checks)", all, verbose,
		func(a audited) bool { return a.class.bill }, func(a audited) []string { return slices.Concat(a.byText, a.byBill) })
	part(w, "The same, with the entries that a finding names beside its own", all, verbose,
		func(a audited) bool { return a.class.bill }, func(a audited) []string { return slices.Concat(a.byText, a.byBill, a.beside) })
}

// part reports one part: the recall of the adjustments that are its own, the
// precision of its flags against all adjustments, and how many of the accepted
// entries it leaves alone.
func part(w io.Writer, title string, all []audited, verbose bool, own func(audited) bool, flags func(audited) []string) {
	type tally struct{ n, flagged, right int }
	byReason := map[string]*tally{}
	var total tally
	flagged, good, accepted, silent := 0, 0, 0, 0
	for _, a := range all {
		got := flags(a)
		if len(got) > 0 {
			flagged++
			if a.adjusted {
				good++
			}
		}
		if !a.adjusted {
			accepted++
			if len(got) == 0 {
				silent++
			}
			continue
		}
		if !own(a) {
			continue
		}
		t := byReason[a.class.name]
		if t == nil {
			t = &tally{}
			byReason[a.class.name] = t
		}
		for _, x := range []*tally{t, &total} {
			x.n++
			if len(got) > 0 {
				x.flagged++
			}
			if slices.ContainsFunc(got, func(c string) bool { return slices.Contains(a.class.checks, c) }) {
				x.right++
			}
		}
	}
	fmt.Fprintf(w, "\n%s\n", title)
	names := make([]string, 0, len(byReason))
	for name := range byReason {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		t := byReason[name]
		fmt.Fprintf(w, "  recall %-18s %s   for the auditor's reason %s\n", name, ratio(t.flagged, t.n), ratio(t.right, t.n))
	}
	fmt.Fprintf(w, "  recall %-18s %s   for the auditor's reason %s\n", "all", ratio(total.flagged, total.n), ratio(total.right, total.n))
	fmt.Fprintf(w, "  precision                 %s of the flagged entries were adjusted\n", ratio(good, flagged))
	fmt.Fprintf(w, "  accepted left unflagged   %s\n", ratio(silent, accepted))
	if !verbose {
		return
	}
	for _, a := range all {
		got := flags(a)
		switch {
		case a.adjusted && own(a) && len(got) == 0:
			line(w, "missed", a, a.class.name)
		case !a.adjusted && len(got) > 0:
			line(w, "false alarm", a, strings.Join(got, ", "))
		}
	}
}

// ratio writes a share with its counts: with few entries the share alone
// misleads.
func ratio(k, n int) string {
	if n == 0 {
		return "   -  (0)"
	}
	return fmt.Sprintf("%5.2f (%d of %d)", float64(k)/float64(n), k, n)
}

func line(w io.Writer, what string, a audited, why string) {
	fmt.Fprintf(w, "    %-11s %s (%s): %s\n", what, a.entry.ID, why, string(a.entry.Narrative))
}
