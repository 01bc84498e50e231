// Command replay measures the first days with Tenths on a mailbox that somebody
// filed: every message goes through the program, day by day, and whoever filed it
// decides the day's drafts.
//
//	go run ./tools/replay [-day N | -dates] DIR
//
// DIR holds messages/*.eml and labels.csv (file,date_utc,label). Labels are
// matters, by their names, all of which are in the list from the start. A day is
// N messages, laid over its working hours, or with -dates the messages of a date.
// A day's drafts are decided from the top; after each decision what is left is
// drafted anew, as in use. A row whose messages were all filed in one place takes
// one decision. Of one that mixes places each place takes one, as the person
// opens it and puts the messages where they belong, most of them first. A draft
// that wants no decision is taken as it is, right or wrong.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/tenths/tenths/tools/internal/filed"
)

func main() {
	var s setting
	flag.IntVar(&s.day, "day", 60, "messages a day")
	flag.BoolVar(&s.dates, "dates", false, "days are the dates of the messages")
	flag.IntVar(&s.days, "days", 30, "days to replay")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: replay [-day N | -dates] [-days N] DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 || s.day < 1 || s.days < 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(context.Background(), flag.Arg(0), s); err != nil {
		fmt.Fprintln(os.Stderr, "replay:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string, s setting) error {
	own, err := filed.Owner(dir)
	if err != nil {
		return err
	}
	mailbox, err := filed.Read(dir, own...)
	if err != nil {
		return err
	}
	r, err := open(ctx, mailbox, own, s)
	if err != nil {
		return err
	}
	defer r.close()
	for !r.done() {
		if err := r.workday(ctx); err != nil {
			return err
		}
	}
	fmt.Print(r.report())
	return nil
}
