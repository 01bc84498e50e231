package main

import (
	"fmt"
	"io"
	"math"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/tenths/tenths/tools/internal/filed"
)

// row is how one variant came out, in percent right: in blocks and with
// feedback, once with "new" right for a label that was not seen before, once in
// the study's terms, where the best known label is always answered.
type row struct {
	name               string
	messages, labels   int
	svm                float64
	block, feedback    float64
	blockKnown, fbKnow float64
	wrong              [2]float64 // of what was assigned, in percent
	assigned           [2]float64
}

// compare measures every variant of the mailboxes in dirs.
func compare(out io.Writer, dirs []string, s setting, baseline bool) error {
	var all []variant
	var boxes [][]filed.Message
	for _, dir := range dirs {
		box, err := filed.Read(dir)
		if err != nil {
			return err
		}
		block := 100
		if len(box) < 1000 {
			block = 50
		}
		boxes = append(boxes, box)
		all = append(all, variantsOf(filepath.Base(dir), box, block)...)
	}
	if len(boxes) > 1 {
		all = append(all, variant{"together", 100, together(boxes...)})
	}
	rows := make([]row, len(all))
	var next atomic.Int32
	var failed atomic.Value
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(all); i = int(next.Add(1)) - 1 {
				r, err := measureVariant(all[i], s, baseline)
				if err != nil {
					failed.Store(err)
				}
				rows[i] = r
			}
		})
	}
	wait.Wait()
	if err, ok := failed.Load().(error); ok {
		return err
	}
	writeRows(out, rows)
	return nil
}

func measureVariant(v variant, s setting, baseline bool) (row, error) {
	r := row{name: v.name, messages: len(v.messages)}
	labels := map[string]bool{}
	for _, m := range v.messages {
		labels[m.Label] = true
	}
	r.labels = len(labels)
	if baseline {
		r.svm = measureSVM(v)
	}
	for k, feedback := range []bool{false, true} {
		s.block, s.feedback = v.block, feedback
		got, err := measure(v.messages, s)
		if err != nil {
			return r, err
		}
		right, known := got.shares()
		r.assigned[k], r.wrong[k] = got.assigned()
		if feedback {
			r.feedback, r.fbKnow = right, known
		} else {
			r.block, r.blockKnown = right, known
		}
	}
	return r, nil
}

func writeRows(out io.Writer, rows []row) {
	fmt.Fprintf(out, "%-44s %5s %6s | %5s | %5s %5s | %5s %5s | %s\n", "", "mails", "labels", "svm", "block", "known", "feedb", "known", "assigned, wrong of it: block, feedback")
	mean, worst := row{name: "mean"}, row{name: "least over the SVM", block: math.Inf(1), blockKnown: math.Inf(1), feedback: math.Inf(1), fbKnow: math.Inf(1)}
	n := float64(len(rows))
	for _, r := range rows {
		writeRow(out, r)
		mean.svm += r.svm / n
		mean.block, mean.blockKnown = mean.block+r.block/n, mean.blockKnown+r.blockKnown/n
		mean.feedback, mean.fbKnow = mean.feedback+r.feedback/n, mean.fbKnow+r.fbKnow/n
		worst.block, worst.blockKnown = min(worst.block, r.block-r.svm), min(worst.blockKnown, r.blockKnown-r.svm)
		worst.feedback, worst.fbKnow = min(worst.feedback, r.feedback-r.svm), min(worst.fbKnow, r.fbKnow-r.svm)
		for k := range 2 {
			mean.assigned[k] += r.assigned[k] / n
			mean.wrong[k] += r.wrong[k] / n
		}
	}
	writeRow(out, mean)
	writeRow(out, worst)
}

func writeRow(out io.Writer, r row) {
	fmt.Fprintf(out, "%-44s %5d %6d | %5.1f | %5.1f %5.1f | %5.1f %5.1f | %4.1f %4.1f  %4.1f %4.1f\n", r.name, r.messages, r.labels, r.svm,
		r.block, r.blockKnown, r.feedback, r.fbKnow, r.assigned[0], r.wrong[0], r.assigned[1], r.wrong[1])
}
