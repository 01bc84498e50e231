// Command foldering measures the association of Tenths on a mailbox that
// somebody filed: mail to folder, as a stand-in for mail to matter. It goes the
// way of the product: message, observation, model.
//
//	go run ./tools/foldering [-feedback] [-block N] [-without LIST] [-predictions FILE] DIR
//	go run ./tools/foldering -variants [-quick] DIR...
//
// DIR holds messages/*.eml and labels.csv (file,date_utc,label) in the order of
// time. It learns from the first N messages and predicts the next N, again and
// again; with -feedback it learns after every message instead, as in use. No
// label is seen before its message is predicted. Fields that mail programs add
// when they export (X-…) and Bcc are taken out first.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/tenths/tenths/tools/internal/filed"
)

func main() {
	var s setting
	predictions := flag.String("predictions", "", "write a row a message predicted to `FILE`: file,label,first,second,third,probability,assigned")
	flag.BoolVar(&s.feedback, "feedback", false, "learn after every message rather than after a block")
	flag.IntVar(&s.block, "block", 100, "messages learned before each block of as many predictions")
	variants := flag.Bool("variants", false, "measure variants of one or more mailboxes beside a linear SVM, and print a table")
	quick := flag.Bool("quick", false, "with -variants: leave out the SVM, which takes most of the time")
	without := flag.String("without", "", "leave out kinds of evidence, or parts of messages (terms, quoted, people, subject, thread): a `LIST` with commas")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: foldering [-feedback] [-block N] [-without LIST] [-predictions FILE] DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 && !(*variants && flag.NArg() > 1) || s.block < 1 {
		flag.Usage()
		os.Exit(2)
	}
	if *without != "" {
		s.without = strings.Split(*without, ",")
	}
	if *variants {
		if err := compare(os.Stdout, flag.Args(), s, !*quick); err != nil {
			fmt.Fprintln(os.Stderr, "foldering:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(flag.Arg(0), *predictions, s); err != nil {
		fmt.Fprintln(os.Stderr, "foldering:", err)
		os.Exit(1)
	}
}

func run(dir, predictions string, s setting) error {
	mailbox, err := filed.Read(dir)
	if err != nil {
		return err
	}
	result, err := measure(mailbox, s)
	if err != nil {
		return err
	}
	if predictions != "" {
		if err := result.write(predictions); err != nil {
			return err
		}
	}
	fmt.Print(result.report())
	assigned, wrong := firstDay(mailbox)
	fmt.Printf("on the first day   %6.1f %%, of which wrong %.1f %%: by the list of matters alone, all labels in it\n",
		100*float64(assigned)/float64(max(len(mailbox), 1)), 100*float64(wrong)/float64(max(assigned, 1)))
	return nil
}
