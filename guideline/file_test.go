package guideline

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/table"
)

// parseHours reads hours as the tests' own tables have them.
func parseHours(s string) (int64, error) {
	n, err := table.Duration(s, table.Point, table.Hours)
	return n / 60, err
}

func TestReadCSV(t *testing.T) {
	rows, err := ReadCSV(strings.NewReader("\ufeffID,Date,timekeeper,Classification,bill,hours,narrative,Reason\n" +
		"a,2024-06-04,Partner 1,Senior Associate,77,1.1,\"Draft answer, part 2\",Vague\n,,X,Zzz,,0.25,Call,\n"))
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	e := rows[0].Entry
	if e.ID != "a" || e.Date.String() != "2024-06-04" || e.Level != LevelAssociate || e.Bill != "77" || e.Minutes != 66 || string(e.Narrative) != "Draft answer, part 2" {
		t.Errorf("%+v", e)
	}
	if rows[0].Extra["Reason"] != "Vague" {
		t.Error(rows[0].Extra)
	}
	if e = rows[1].Entry; e.ID != "line 3" || e.Minutes != 15 || e.Level != LevelUnknown {
		t.Errorf("%+v", e)
	}
	if _, err := ReadCSV(strings.NewReader("hours,narrative\n1.0,ok\nx,bad\n")); err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("a row that cannot be read gives %v", err)
	}
}

func readBill(t testing.TB, text string) *File {
	t.Helper()
	f, err := ReadBill(strings.NewReader(text), FileOptions{})
	if err != nil {
		t.Fatalf("%v reading %q", err, text)
	}
	return f
}

// A row that cannot be read is a finding of that row, and the others are read.
func TestAnOddRowIsAFindingOfThatRow(t *testing.T) {
	const head = "id,date,timekeeper,matter,hours,narrative,amount\n"
	for row, want := range map[string]string{
		"b,2026-03-02,A,24-1,much,Call,":                `"much" is no duration`,
		"b,02/30/2026,A,24-1,1.0,Call,":                 `"02/30/2026" is not a day`,
		"b,Mar-26,A,24-1,1.0,Call,":                     `"Mar-26" names no year or no day`,
		"b,2026-03-02,A,24-1,99999,Call,":               "more than a year",
		"b,2026-03-02,A,24-1,1.0,Call, client,":         "it has 8 fields, the header has 7", // the empty one behind it is one too many
		"b,2026-03-02,A,24-1,,Call,":                    "there are no hours",
		"b,2026-03-02,A,24-1,1.0,\"Call,":               "the double quote in field 6 is not closed",
		"b,2026-03-02,A,Jan-24,1.0,Call,":               `the matter "Jan-24" is a date that Excel made`,
		"b,2026-03-02,A,2.02E+11,1.0,Call,":             `the matter "2.02E+11" is a number that Excel shortened`,
		"2.02E+11,2026-03-02,A,24-1,1.0,Call,":          `the id "2.02E+11" is a number that Excel shortened`,
		"b,2026-03-02,A,24-1,1.0:,Call,":                `"1.0:" is no duration`,
		"b,2026-03-02,A,24-1,0.5 of an hour,Call,\"5\"": "is no duration",
	} {
		f := readBill(t, head+"a,2026-03-02,A,24-1,0.33,Call,\n"+row+"\nc,2026-03-03,A,24-1,1:30,Draft,\n")
		read := 2
		if len(f.Findings) == 1 && f.Findings[0].Severity != Error {
			read = 3
		}
		if len(f.Findings) != 1 || !strings.Contains(f.Findings[0].Message, want) || !strings.Contains(f.Findings[0].Message, "Line 3: ") || len(f.Rows) != read ||
			f.Rows[0].Entry.seconds() != 1188 || f.Rows[len(f.Rows)-1].Entry.Minutes != 90 {
			t.Errorf("%q: %d rows, findings %+v, want %q", row, len(f.Rows), f.Findings, want)
		}
		for _, r := range f.Rows {
			if r.Entry.ID == "2.02E+11" || r.Entry.Matter == "Jan-24" || r.Entry.Matter == "2.02E+11" {
				t.Errorf("what Excel damaged was taken: %+v", r.Entry)
			}
		}
	}
}

// Credits, expenses and totals are no time, and are said.
func TestWhatIsNoTime(t *testing.T) {
	for row, want := range map[string]string{
		"b,2026-03-02,A,,-0.5,Credit,":                   "is a credit",
		"b,2026-03-02,A,,(0.5),Courtesy,":                "is a credit",
		"b,2026-03-02,A,,0.5,Courtesy,($125.00)":         "is a credit",
		"b,2026-03-02,,,,Discount,-125.00":               "is a credit",
		"b,2026-03-02,,,,Copies (120 pages),\"12,50\"":   "is an expense",
		"b,2026-03-02,,,,Copies,":                        "is an expense",
		"b,2026-03-02,,E101,12,Copies,6.00":              "is an expense",
		"b,2026-03-02,A,,0.00,Filing fee,402.00":         "is an expense",
		",,,Total,12.3,,":                                "sums up others",
		"id,date,timekeeper,task,hours,narrative,amount": "names the columns again",
	} {
		f := readBill(t, "id,date,timekeeper,task,hours,narrative,amount\n"+row+"\na,2026-03-02,A,L350,1.0,Draft,350\n")
		if len(f.Rows) != 1 || len(f.Findings) != 0 || !strings.Contains(strings.Join(f.Notes, " "), "Line 2 "+want) {
			t.Errorf("%q: %d rows, findings %+v, notes %q, want %q", row, len(f.Rows), f.Findings, f.Notes, want)
		}
	}
}

// A word that only begins like that for an expense, and a column of expenses
// beside the time, take no time away.
func TestTimeIsNotTakenForAnExpense(t *testing.T) {
	for _, row := range []string{"Expert,0.00,1.0,350", "Trusts,,1.0,350", "Writing,0.00,1.0,350", "TimeEntry,E,1.0,350", "fee,,1.0,\"1,250\"", "Tax,,1.0,"} {
		f := readBill(t, "type,expense,hours,amount,narrative,timekeeper\n"+row+",Draft motion,A\n")
		if len(f.Rows) != 1 || len(f.Findings)+len(f.Notes) != 0 {
			t.Errorf("%q: %d rows, findings %+v, notes %q", row, len(f.Rows), f.Findings, f.Notes)
		}
	}
}

// Hours and minutes in two columns are one time, or the same time twice.
func TestHoursAndMinutes(t *testing.T) {
	for rows, want := range map[string]string{
		"1,30\n0,6\n2,\n,45\n": "5400 360 7200 2700", "1.5,90\n0.1,6\n": "5400 360", "0.5,30\n1.0,60\n": "1800 3600", "1,60\n2,120\n": "3600 7200", "1,0\n2,0\n": "3600 7200",
	} {
		f := readBill(t, "hours,minutes,narrative,timekeeper\n"+strings.ReplaceAll(rows, "\n", ",Draft,A\n"))
		var got []string
		for _, r := range f.Rows {
			got = append(got, fmt.Sprint(r.Entry.seconds()))
		}
		if strings.Join(got, " ") != want || len(f.Findings) != 0 {
			t.Errorf("%q: %q, findings %+v", rows, got, f.Findings)
		}
	}
}

// A total that is not the time that was read is said: a row is missing, or was
// read as something else.
func TestATotalThatIsNotTheTime(t *testing.T) {
	const rows = "1.0,Draft,A\n0.5,Call,A\n-0.5,Credit,\n"
	for end, said := range map[string]bool{
		"1.5,Total,\n": false, "1.0,Total,\n": false, "2.5,Total,\n": true, "1.0,Subtotal,\n1.5,Grand total,\n": false, "": false, "much,Draft,A\n2.5,Total,\n": true,
	} {
		f := readBill(t, "hours,narrative,timekeeper\n"+rows+end)
		if strings.Contains(strings.Join(f.Notes, " "), "says 2.5 h in all; the rows that were read come to 1.5 h") != said {
			t.Errorf("%q: %q", end, f.Notes)
		}
	}
}

// Bills of other systems are read in their own columns.
func TestOtherColumns(t *testing.T) {
	for what, text := range map[string]string{
		"LEDES 1998B": "LEDES1998B[]\nINVOICE_DATE|INVOICE_NUMBER|CLIENT_ID|LAW_FIRM_MATTER_ID|LINE_ITEM_NUMBER|EXP/FEE/INV_ADJ_TYPE|LINE_ITEM_NUMBER_OF_UNITS|LINE_ITEM_TOTAL|LINE_ITEM_DATE|LINE_ITEM_TASK_CODE|LINE_ITEM_EXPENSE_CODE|LINE_ITEM_ACTIVITY_CODE|TIMEKEEPER_ID|LINE_ITEM_DESCRIPTION|LINE_ITEM_UNIT_COST|TIMEKEEPER_NAME|TIMEKEEPER_CLASSIFICATION[]\n" +
			"20260331|77|Acme|24-1|1|F|1.50|525.00|20260302|L350||A103|7|Draft \"motion\", part 2|350.00|A. Stone|PT[]\n20260331|77|Acme|24-1|2|E|12|6.00|20260302||E101||7|Copies|0.50|A. Stone|PT[]\n20260331|77|Acme|24-1|3|IF|1|-50.00|20260331|||||Courtesy discount|-50.00||[]\n",
		"a practice system":   "Date,Activity category,Type,User,Matter,Quantity in hours,Rate,Description,UTBMS task code,Level,Invoice Number,Client\n03/02/2026,Drafting,TimeEntry,A. Stone,24-1,1.5h,$350.00,\"Draft \"\"motion\"\", part 2\",L350 Written Motions,Partner,77,Acme\n03/31/2026,,ExpenseEntry,A. Stone,24-1,1,6.00,Copies,,,77,Acme\n",
		"semicolons, commas":  "Datum;Bearbeiter;Aktenzeichen;Dauer;Stundensatz;Beschreibung;Task;Level;Rechnung;Mandant\r\n02.03.2026;A. Stone;24-1;1,5;350,00 $;Draft \"motion\", part 2;L350;Partner;77;Acme\r\n",
		"minutes, two titles": "Stone & Partners\nPre-bill\nWork Date|Timekeeper Name|Matter Number|Billed Minutes|Hourly Rate|Narrative|Task Code|Timekeeper Level|Invoice #|Client Name\n3/2/2026 12:00:00 AM|A. Stone|24-1|90|350|Draft \"motion\", part 2|L350|partner|77|Acme\n12/31/2025|||||Copies||||\n",
	} {
		f := readBill(t, text)
		if len(f.Rows) != 1 || len(f.Findings) != 0 {
			t.Errorf("%s: %d rows, findings %+v, notes %q", what, len(f.Rows), f.Findings, f.Notes)
			continue
		}
		e := f.Rows[0].Entry
		if e.Date.String() != "2026-03-02" || e.Minutes != 90 || string(e.Narrative) != `Draft "motion", part 2` || e.Matter != "24-1" || string(e.Timekeeper) != "A. Stone" ||
			e.Level != LevelPartner || e.TaskCode != "L350" || e.Bill != "77" || e.Rate != (billing.Money{Cents: 35000, Currency: "USD"}) || string(e.Client) != "Acme" {
			t.Errorf("%s: %+v", what, e)
		}
	}
}

// What a check needs and the file has not is not found missing in every row, and
// is said; with the column it is found.
func TestAnAbsentColumnLeavesItsChecksAlone(t *testing.T) {
	all, err := Alone(Packs(), "us-trustee", "general", "aba")
	if err != nil {
		t.Fatal(err)
	}
	run := func(text string) (byCheck map[string]int, unmade string) {
		f := readBill(t, text)
		c, err := New(all, Setting{Lacks: f.Lacks})
		if err != nil {
			t.Fatal(err)
		}
		var entries []Entry
		for _, r := range f.Rows {
			entries = append(entries, r.Entry)
		}
		byCheck = map[string]int{}
		for _, x := range c.Bill(entries) {
			byCheck[x.Check]++
		}
		for _, u := range c.Unmade(entries) {
			unmade += fmt.Sprintln(u.Guideline, u.Rule, u.Columns, u.Partly)
		}
		return byCheck, unmade
	}
	const row = "1.0,Draft motion to compel production of maintenance records"
	found, unmade := run("hours,narrative\n" + row + "\n" + row + "\n" + row + "\n")
	if len(found) != 0 {
		t.Errorf("without a column: %v", found)
	}
	for _, want := range []string{"us-trustee project-category [task_code] false", "aba day-has-24-hours [timekeeper date] false", "us-trustee contemporaneous [date entered] false",
		"general other-party [matter] false", "general code-narrative [task_code activity_code] false", "aba no-minute-twice [start and end] false"} {
		if !strings.Contains(unmade, want+"\n") {
			t.Errorf("not said: %s, of\n%s", want, unmade)
		}
	}
	found, unmade = run("task_code,hours,narrative,timekeeper,date\n," + row + ",A,2026-03-02\n," + row + ",A,2026-03-02\n")
	if found["codes"] != 2 || found["duplicate"] != 1 || strings.Contains(unmade, "project-category") {
		t.Errorf("with the columns: %v, unmade\n%s", found, unmade)
	}
}

// A rule that looks at several columns is tested on those that are there.
func TestARuleIsTestedInPart(t *testing.T) {
	const rule = "id = \"x\"\ntitle = \"X\"\nsource = \"X\"\n[[rule]]\nid = \"r\"\nseverity = \"error\"\nclause = \"1\"\n"
	for _, c := range []struct {
		params, head, unmade string
		found                int
	}{
		{"check = \"codes\"\nparams = { task = true, activity = true }", "task_code", "r [activity_code] true", 2},
		{"check = \"codes\"\nparams = { task = true }", "activity_code", "r [task_code] false", 0},
		{"check = \"codes\"\nparams = { task = true, activity = true }", "id", "r [task_code activity_code] false", 0},
		{"check = \"codes\"\nparams = { forbidden = [\"L1\"] }", "task_code", "r [activity_code] true", 0},
		{"check = \"budget\"\nparams = { hours = { \"\" = 1.0 }, fees = { \"\" = \"1.00\" } }", "id", "r [rate] true", 1},
		{"check = \"budget\"\nparams = { fees = { \"\" = \"1.00\" } }", "id", "r [rate] false", 0},
		{"check = \"budget\"\nparams = { hours = { L1 = 1.0 } }", "id", "r [task_code] false", 0},
		{"check = \"increment\"", "id", "", 0},
	} {
		g, err := ParseGuideline("x.toml", []byte(rule+c.params))
		if err != nil {
			t.Fatal(err)
		}
		f := readBill(t, "hours,narrative,"+c.head+"\n1.0,Draft motion,\n1.0,Draft answer,\n")
		checker, err := New([]Guideline{g}, Setting{Lacks: f.Lacks})
		if err != nil {
			t.Fatal(err)
		}
		entries := []Entry{f.Rows[0].Entry, f.Rows[1].Entry}
		unmade := ""
		for _, u := range checker.Unmade(entries) {
			unmade += fmt.Sprint(u.Rule, " ", u.Columns, " ", u.Partly)
		}
		if got := checker.Bill(entries); len(got) != c.found || unmade != c.unmade {
			t.Errorf("%s with %s: %d findings %+v, unmade %q, want %d and %q", c.params, c.head, len(got), got, unmade, c.found, c.unmade)
		}
	}
}

// What a bill says in sum is what the checks sum.
func TestSumsAreOfWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		b.WriteString("hours,narrative,timekeeper,date\n")
		hundredths := int64(0)
		for range rapid.IntRange(1, 80).Draw(t, "rows") {
			n := rapid.Int64Range(1, 60).Draw(t, "hundredths")
			hundredths += n
			fmt.Fprintf(&b, "%d.%02d,Draft,A,2026-03-02\n", n/100, n%100)
		}
		f, err := ReadBill(strings.NewReader(b.String()), FileOptions{})
		if err != nil || len(f.Findings) > 0 {
			t.Fatal(err, f)
		}
		sum := int64(0)
		var entries []Entry
		for _, r := range f.Rows {
			sum += r.Entry.seconds()
			entries = append(entries, r.Entry)
		}
		c, err := New(Packs(), Setting{Lacks: f.Lacks})
		if err != nil {
			t.Fatal(err)
		}
		over := false
		for _, x := range c.Bill(entries) {
			over = over || x.Check == "day-limit"
		}
		if sum != 36*hundredths || over != (hundredths > 2400) {
			t.Fatalf("%d hundredths sum to %d s; more than a day: %v", hundredths, sum, over)
		}
	})
}

func TestReadLevel(t *testing.T) {
	for s, want := range map[string]Level{
		"Partner": LevelPartner, "Senior Associate": LevelAssociate, "Of Counsel": LevelCounsel, "Paralegal": LevelParalegal, "PT": LevelPartner,
		"Legal Assistant": LevelParalegal, "Case Assistant": LevelStaff, "Other": LevelUnknown, "": LevelUnknown,
	} {
		if got := readLevel(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}

// Whatever a file holds, its rows are entries, findings or said to be no time,
// and no entry has time that is none.
func FuzzReadBill(f *testing.F) {
	f.Add("id,date,timekeeper,classification,bill,hours,narrative\n1,2024-01-02,A,Partner,b,1.5,Draft answer\n")
	f.Add("hours,narrative\n\"1\n\",x\n")
	f.Add("\xff,hours,narrative\n,,\n")
	f.Add("narrative;hours;amount\nx;0,33;-5\n;Total;3\n")
	f.Fuzz(func(t *testing.T, s string) {
		file, err := ReadBill(strings.NewReader(s), FileOptions{Extra: true})
		if err != nil {
			var e *billing.Error
			if !errors.As(err, &e) || file != nil {
				t.Fatalf("%v and %v", file, err)
			}
			return
		}
		for _, r := range file.Rows {
			if n := r.Entry.seconds(); n < 0 || n > 366*24*3600 || r.Entry.Rest < -30 || r.Entry.Rest >= 30 || r.Entry.ID == "" {
				t.Fatalf("%+v", r.Entry)
			}
		}
		for _, x := range file.Findings {
			if x.Message == "" || x.Entry == "" || x.Check != RowCheck {
				t.Fatalf("%+v", x)
			}
		}
	})
}
