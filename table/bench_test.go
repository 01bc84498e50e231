package table_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tenths/tenths/table"
)

// A table of 200,000 rows is taken in and gone through.
func BenchmarkRead(b *testing.B) {
	var text strings.Builder
	text.WriteString("id;date;hours;narrative\n")
	for i := range 200_000 {
		fmt.Fprintf(&text, "%d;3/%d/2026;1,5;\"Draft motion to compel, part %d of the \"\"records\"\"\"\n", i, i%28+1, i)
	}
	s := text.String()
	b.ReportAllocs()
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		t, err := table.Read(strings.NewReader(s), columns)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for r := range t.Rows() {
			if r.Kind == table.Data {
				n++
			}
		}
		if n != 200_000 {
			b.Fatal(n)
		}
	}
}
