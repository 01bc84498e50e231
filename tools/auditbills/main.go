// Command auditbills measures the checks of package guideline against bills
// that an auditor has been through.
//
//	go run ./tools/auditbills [-guideline ids] [-v] FILE.csv
//
// The file has the columns of [guideline.ReadCSV] and, for each entry, the
// auditor's decision: adjusted (0 or 1), reason and comment; or one column
// expected, which says "accept" or for what an auditor or a court cut it. An entry is flagged
// when a check finds something at severity error or warning. What an entry's own
// text decides is measured by the checks on one entry alone, and what only the
// whole bill shows by all checks together; see reasons for which is which.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/guideline"
)

func main() {
	ids := flag.String("guideline", "insurer-strict,general", "the guidelines in force, by id, with commas; their own files may follow FILE.csv")
	verbose := flag.Bool("v", false, "list what was missed and what was flagged wrongly")
	flag.Parse()
	if err := run(os.Stdout, *ids, *verbose, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "auditbills:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, ids string, verbose bool, files []string) error {
	if len(files) == 0 {
		return fmt.Errorf("name the file of audited entries")
	}
	all := guideline.Packs()
	for _, name := range files[1:] {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		g, err := guideline.ParseGuideline(name, data)
		if err != nil {
			return err
		}
		all = append(all, g)
	}
	inForce, err := guideline.Alone(all, strings.Split(ids, ",")...)
	if err != nil {
		return err
	}
	f, err := os.Open(files[0])
	if err != nil {
		return err
	}
	defer f.Close()
	audited, err := read(f)
	if err != nil {
		return fmt.Errorf("%s: %w", files[0], err)
	}
	if err := check(inForce, audited); err != nil {
		return err
	}
	report(w, ids, audited, verbose)
	return nil
}

// audited is an entry with what the auditor and the checks said of it.
type audited struct {
	entry    guideline.Entry
	adjusted bool
	reason   string
	class    reasonClass
	byText   []string // checks on one entry that flag it
	byBill   []string // checks on several
	beside   []string // checks on several that flag another entry together with this one
}

func read(r io.Reader) ([]audited, error) {
	file, err := guideline.ReadBill(r, guideline.FileOptions{Extra: true})
	if err != nil {
		return nil, err
	}
	for _, f := range file.Findings {
		fmt.Fprintln(os.Stderr, "auditbills:", f.Message)
	}
	var out []audited
	for i, row := range file.Rows {
		a := audited{entry: row.Entry, reason: row.Extra["reason"]}
		if expected, ok := row.Extra["expected"]; ok {
			if a.adjusted = expected != "accept"; a.adjusted {
				a.reason = expected
				a.class = classify(expected, "")
			}
			out = append(out, a)
			continue
		}
		switch row.Extra["adjusted"] {
		case "1", "true", "yes":
			a.adjusted = true
			a.class = classify(a.reason, row.Extra["comment"])
		case "0", "", "false", "no":
		default:
			return nil, fmt.Errorf("entry %d: the column adjusted says %q, neither 0 nor 1", i+1, row.Extra["adjusted"])
		}
		out = append(out, a)
	}
	return out, nil
}

// check lets the checks say which entries they flag. Ids may repeat in a file,
// so entries are called by their place.
func check(inForce []guideline.Guideline, all []audited) error {
	var last billing.Day
	for _, a := range all {
		if a.entry.Date.Compare(last) > 0 {
			last = a.entry.Date
		}
	}
	c, err := guideline.New(inForce, guideline.Setting{Today: last})
	if err != nil {
		return err
	}
	onBill := map[string]bool{}
	for _, d := range guideline.Checks() {
		onBill[d.Name] = d.Bill
	}
	entries := make([]guideline.Entry, len(all))
	for i, a := range all {
		entries[i] = a.entry
		entries[i].ID = fmt.Sprint(i)
	}
	for _, f := range c.Bill(entries) {
		var i int
		if _, err := fmt.Sscan(f.Entry, &i); err != nil || f.Severity == guideline.Note {
			continue
		}
		for _, id := range f.Others {
			var k int
			if _, err := fmt.Sscan(id, &k); err == nil {
				all[k].beside = append(all[k].beside, f.Check)
			}
		}
		if onBill[f.Check] {
			all[i].byBill = append(all[i].byBill, f.Check)
		} else {
			all[i].byText = append(all[i].byText, f.Check)
		}
	}
	return nil
}
