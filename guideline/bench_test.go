package guideline

import (
	"fmt"
	"testing"

	"github.com/tenths/tenths/billing"
)

// narratives are of the kinds that bills have.
var narratives = []string{
	"Analyze plaintiff's complaint and exhibits %d through %d",
	"Telephone conference with opposing counsel regarding deposition schedule of witness %d",
	"Draft and revise motion to compel production of medical records, set %d",
	"Email with [name] regarding draft settlement agreement, section %d",
	"Prepare for and attend hearing on motion for summary judgment no. %d",
	"Review and revise answers to interrogatories %d and %d; conference with client regarding same",
	"Research law regarding standing of third-party beneficiaries under contract %d",
	"Travel to and from Baltimore for mediation with insurer %d",
	"Continue drafting declaration of plant manager regarding shift schedules in week %d",
	"Meeting with damages expert regarding model of rest and meal periods, scenario %d",
}

// sampleBill makes n entries of 8 timekeepers on 20 matters over a year.
func sampleBill(n int) []Entry {
	out := make([]Entry, n)
	day := billing.Day{Year: 2025, Month: 1, Day: 2}
	for i := range out {
		text := narratives[i*7%len(narratives)]
		out[i] = Entry{
			ID: fmt.Sprintf("e%06d", i), Date: day.Add(i * 365 / n), Timekeeper: billing.Privileged(fmt.Sprintf("Timekeeper %d", i%8)),
			Level: Level(1 + i%5), Bill: fmt.Sprint(i % 20), Client: billing.Privileged(fmt.Sprintf("Client %d", i%10)), Matter: fmt.Sprintf("2025-%04d", i%20),
			Minutes: int64(6 + i*6%90), Narrative: billing.Privileged(fmt.Sprintf(text, i%13, i%17)), TaskCode: "L310", ActivityCode: "A103",
		}
		if i%3 == 0 {
			out[i].Narrative = billing.Privileged(fmt.Sprintf("%s %s", out[i].Narrative, "including the correspondence of the parties about it"))
		}
	}
	return out
}

func layered(t testing.TB) *Checker {
	client := load(t, "id = \"c\"\nclients = [\"Client 3\"]\ninclude = [\"insurer-strict\"]\n", "id = \"m\"\nmatters = [\"2025-0004\"]\ninclude = [\"us-trustee\"]\n")
	c, err := New(append(Packs(), client...), Setting{Today: billing.Day{Year: 2026, Month: 1, Day: 5}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func BenchmarkEntry(b *testing.B) {
	c, entries := layered(b), sampleBill(1000)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		c.Entry(entries[i%len(entries)])
		i++
	}
}

func BenchmarkBill(b *testing.B) {
	c, entries := layered(b), sampleBill(20000)
	b.ReportAllocs()
	for b.Loop() {
		c.Bill(entries)
	}
	b.ReportMetric(float64(len(entries))*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}

// One day of one matter is the worst for what compares entries.
func BenchmarkBillOfOneDay(b *testing.B) {
	c, entries := layered(b), sampleBill(20000)
	for i := range entries {
		entries[i].Date, entries[i].Matter = entries[0].Date, entries[0].Matter
	}
	for b.Loop() {
		c.Bill(entries)
	}
	b.ReportMetric(float64(len(entries))*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}
