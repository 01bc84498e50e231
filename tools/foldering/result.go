package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/tenths/tenths/draft/associate"
	"github.com/tenths/tenths/tools/internal/filed"
)

// isNew is the answer "none of these, a new one".
const isNew = "new"

// prediction is what was answered for a message.
type prediction struct {
	message  filed.Message
	answers  []string // the best first, at most three
	p        float64  // of the first
	right    bool
	inThree  bool
	known    bool // the best known label is right
	assigned bool
	unseen   bool
}

// result is all predictions of a mailbox.
type result struct {
	feedback          bool
	block             int
	predictions       []prediction
	ranking, learning time.Duration
	size              int
}

// add takes what was judged of a message. An unseen label is right when "new"
// was answered.
func (r *result) add(m filed.Message, j associate.Judgement, threshold float64, known bool) {
	p := prediction{message: m, unseen: !known}
	best, sure := j.Best()
	p.known = len(j.Candidates) > 0 && string(j.Candidates[0].Matter) == m.Label
	if sure {
		p.p, p.right = best.Confidence, string(best.Matter) == m.Label
		p.assigned = best.Confidence >= threshold
	} else {
		p.answers, p.p, p.right = []string{isNew}, j.New, !known
	}
	for i, c := range j.Candidates[:min(3, len(j.Candidates))] {
		p.answers = append(p.answers, string(c.Matter))
		p.inThree = p.inThree || i < 3 && string(c.Matter) == m.Label
	}
	p.inThree = p.inThree || p.right
	p.answers = p.answers[:min(3, len(p.answers))]
	if !sure && known { // "new" took one of the three places
		p.inThree = false
		for _, a := range p.answers[1:] {
			p.inThree = p.inThree || a == m.Label
		}
	}
	r.predictions = append(r.predictions, p)
}

// report says how good the predictions were.
func (r *result) report() string {
	n := float64(len(r.predictions))
	if n == 0 {
		return "nothing was predicted: there are no more messages than a block\n"
	}
	var right, three, assigned, good, unseen, caught float64
	for _, p := range r.predictions {
		right += one(p.right)
		three += one(p.inThree)
		assigned += one(p.assigned)
		good += one(p.assigned && p.right)
		unseen += one(p.unseen)
		caught += one(p.unseen && p.right)
	}
	mode := fmt.Sprintf("learned in blocks of %d", r.block)
	if r.feedback {
		mode = "learned after every message"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "predicted          %6.0f messages, %s\n", n, mode)
	fmt.Fprintf(&b, "right              %6.1f %%\n", 100*right/n)
	fmt.Fprintf(&b, "among three        %6.1f %%\n", 100*three/n)
	fmt.Fprintf(&b, "assigned           %6.1f %%, of which right %.1f %%\n", 100*assigned/n, 100*good/max(assigned, 1))
	fmt.Fprintf(&b, "calibration error  %6.1f %% (10 bins)\n", 100*r.calibration())
	fmt.Fprintf(&b, "labels unseen      %6.1f %%, of which said to be new %.1f %%\n", 100*unseen/n, 100*caught/max(unseen, 1))
	fmt.Fprintf(&b, "a message          %6.2f ms to rank, %.2f ms to learn\n", milliseconds(r.ranking)/n, milliseconds(r.learning)/n)
	fmt.Fprintf(&b, "model              %6.2f MB\n", float64(r.size)/1e6)
	return b.String()
}

// shares returns what was right, in percent: with "new" right for a label that
// was not seen before, and with the best known label always answered.
func (r *result) shares() (right, known float64) {
	for _, p := range r.predictions {
		right += one(p.right)
		known += one(p.known)
	}
	n := float64(max(len(r.predictions), 1))
	return 100 * right / n, 100 * known / n
}

// assigned returns what was assigned, and how much of that wrongly, in percent.
func (r *result) assigned() (share, wrong float64) {
	for _, p := range r.predictions {
		share += one(p.assigned)
		wrong += one(p.assigned && !p.right)
	}
	return 100 * share / float64(max(len(r.predictions), 1)), 100 * wrong / max(share, 1)
}

// calibration is the expected calibration error of the first answers: how far
// the mean probability is from the share that was right, over ten bins.
func (r *result) calibration() (sum float64) {
	var promised, kept [10]float64
	for _, p := range r.predictions {
		b := min(int(p.p*10), 9)
		promised[b] += p.p
		kept[b] += one(p.right)
	}
	for b := range promised {
		sum += math.Abs(promised[b]-kept[b]) / float64(len(r.predictions))
	}
	return sum
}

// write writes a row a prediction.
func (r *result) write(file string) (err error) {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	w := csv.NewWriter(f)
	rows := [][]string{{"file", "label", "first", "second", "third", "probability", "assigned"}}
	for _, p := range r.predictions {
		row := []string{p.message.File, p.message.Label, "", "", "", strconv.FormatFloat(p.p, 'f', 3, 64), strconv.Itoa(int(one(p.assigned)))}
		copy(row[2:5], p.answers)
		rows = append(rows, row)
	}
	return w.WriteAll(rows)
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
