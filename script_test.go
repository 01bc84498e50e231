package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/cli"
	"github.com/tenths/tenths/sync/clio/cliotest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tenths": main, "xdg-open": browser})
}

// browser stands for the person's: it opens the address and follows where that
// leads, as a person does who says yes.
func browser() {
	res, err := http.Get(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = res.Body.Close()
}

// newYork is where the scenarios happen.
var newYork = func() *time.Location {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	return zone
}()

// The scenarios read as documentation: what is observed goes in, drafts and
// what the practice management system then holds come out.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE") != "",
		Setup: func(e *testscript.Env) error {
			e.Setenv("TENTHS_SECRETS", "file")
			e.Setenv("TENTHS_PASSPHRASE", "a passphrase for tests")
			e.Setenv("TZ", "America/New_York")
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("XDG_DATA_HOME", e.WorkDir+"/share")
			e.Values["sim"] = new(clioSim)
			e.Values["model"] = new(modelSim)
			yesterday := time.Now().In(newYork).AddDate(0, 0, -1)
			e.Setenv("YESTERDAY", yesterday.Format(time.DateOnly))
			e.Setenv("YESTERDAY_ICS", yesterday.Format("20060102"))
			e.Setenv("LAST_WEEK", yesterday.AddDate(0, 0, -6).Format(time.DateOnly))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"drafts":   drafts,
			"id":       entryID,
			"evidence": evidenceID,
			"folded":   foldedID,
			"clio":     clioCommand,
			"model":    modelCommand,
			"until":    until,
			"fill":     fill,
		},
	})
}

// tenthsJSON runs a command in this process and decodes what it prints.
func tenthsJSON(ts *testscript.TestScript, v any, args ...string) {
	for _, name := range []string{"TZ", "HOME", "XDG_DATA_HOME"} {
		if old, ok := os.LookupEnv(name); ok {
			defer os.Setenv(name, old)
		} else {
			defer os.Unsetenv(name)
		}
		ts.Check(os.Setenv(name, ts.Getenv(name)))
	}
	var out, errs bytes.Buffer
	env := environment()
	env.Out, env.Err = &out, &errs
	if code := cli.Run(context.Background(), append(args, "--json"), env); code != 0 {
		ts.Fatalf("tenths %s: exit %d: %s", strings.Join(args, " "), code, errs.String())
	}
	ts.Check(json.Unmarshal(out.Bytes(), v))
}

// drafts DIR DAY prints a day's drafts without their ids, one a line.
func drafts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: drafts DIR DAY")
	}
	for _, d := range day(ts, args[0], args[1]) {
		matter, mark := d.Matter, ""
		if matter == "" {
			matter = "?"
		}
		if d.Estimated {
			mark = "≈"
		}
		fmt.Fprintf(ts.Stdout(), "%s %5ds %s%s %s %s | %s | %s %s\n", clockOf(d.Start), d.WorkedSeconds, d.Hours, mark, d.State, matter,
			d.Narrative, d.TaskCode, d.ActivityCode)
	}
}

func day(ts *testscript.TestScript, dir, day string) []app.DraftView {
	var list []app.DraftView
	tenthsJSON(ts, &list, "draft", "--data", ts.MkAbs(dir), "--day", day)
	return list
}

func clockOf(instant string) string {
	t, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		return "--:--"
	}
	return t.Format("15:04")
}

// id VAR DIR DAY REGEXP sets VAR to the id of the draft whose narrative matches.
func entryID(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: id VAR DIR DAY REGEXP")
	}
	re := regexp.MustCompile(args[3])
	for _, d := range day(ts, args[1], args[2]) {
		if re.MatchString(d.Narrative) {
			ts.Setenv(args[0], d.ID)
			return
		}
	}
	ts.Fatalf("no draft of %s matches %q", args[2], args[3])
}

// folded VAR DIR DAY REGEXP sets VAR to what a person types of the id of the
// folded message whose subject matches.
func foldedID(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: folded VAR DIR DAY REGEXP")
	}
	ts.Check(ts.Exec("tenths", "folded", "list", "--data", ts.MkAbs(args[1]), "--day", args[2]))
	re := regexp.MustCompile(args[3])
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		id, subject, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if ok && strings.HasPrefix(line, "  ") && re.MatchString(subject) {
			ts.Setenv(args[0], id)
			return
		}
	}
	ts.Fatalf("no folded message of %s matches %q", args[2], args[3])
}

// evidence VAR DIR ID REGEXP sets VAR to the id of what draft ID rests on whose
// subject matches.
func evidenceID(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: evidence VAR DIR ID REGEXP")
	}
	re := regexp.MustCompile(args[3])
	var list []app.ObservationView
	tenthsJSON(ts, &list, "entry", "evidence", args[2], "--data", ts.MkAbs(args[1]))
	for _, o := range list {
		if re.MatchString(o.Subject) {
			ts.Setenv(args[0], o.ID)
			return
		}
	}
	ts.Fatalf("draft %s rests on nothing that matches %q", args[2], args[3])
}

// clio start NUMBER… starts a practice with matters of these numbers and sets
// $CLIO, $CLIENT and $PORT, a free one; clio lose N has it lose the answers to the next N posts
// after keeping them; clio expire ends its access tokens; clio list prints what it holds.
func clioCommand(ts *testscript.TestScript, neg bool, args []string) {
	sim, _ := ts.Value("sim").(*clioSim)
	switch {
	case neg || len(args) == 0:
		ts.Fatalf("usage: clio start|lose|expire|list")
	case args[0] == "start":
		sim.start(ts, args[1:])
	case args[0] == "lose":
		n, err := strconv.Atoi(args[1])
		ts.Check(err)
		for range n {
			sim.Inject(http.MethodPost, cliotest.Fault{Kind: cliotest.DropReply})
		}
	case args[0] == "expire":
		sim.ExpireTokens()
	case args[0] == "list":
		for _, a := range sim.Activities() {
			fmt.Fprintf(ts.Stdout(), "%s %v %s %s\n", a.Date, a.Quantity, sim.numbers[a.Matter], a.Note)
		}
	}
}

// clioSim is the stand-in of one scenario.
type clioSim struct {
	*cliotest.Sim
	numbers map[int64]string
}

func (c *clioSim) start(ts *testscript.TestScript, numbers []string) {
	c.Sim, c.numbers = cliotest.New(cliotest.Options{}), map[int64]string{}
	for _, n := range numbers {
		for _, m := range c.AddMatters(cliotest.Matter{Number: n, Name: "Matter " + n, Client: "A client", Status: "Open"}) {
			c.numbers[m.ID] = n
		}
	}
	server := httptest.NewServer(c.Sim)
	ts.Defer(func() {
		c.Close()
		server.CloseClientConnections()
		server.Close()
	})
	ts.Setenv("CLIO", server.URL)
	ts.Setenv("CLIENT", cliotest.ClientID)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	_, port, err := net.SplitHostPort(free.Addr().String())
	ts.Check(err)
	ts.Check(free.Close())
	ts.Setenv("PORT", port)
}
