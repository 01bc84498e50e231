package cliotest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

var sample = record{"id": int64(5), "etag": `"e"`, "note": "n", "matter": record{"id": int64(9), "etag": `"m"`, "display_number": "2024-1"}}

func TestPick(t *testing.T) {
	for fields, want := range map[string]record{
		"":                               {"id": int64(5), "etag": `"e"`},
		"id,note":                        {"id": int64(5), "note": "n"},
		"matter":                         {"matter": record{"id": int64(9), "etag": `"m"`}},
		"id,matter{display_number},note": {"id": int64(5), "note": "n", "matter": record{"display_number": "2024-1"}},
		"nonsense":                       nil,
		"matter{id":                      nil,
		"matter{client{name}}":           nil,
		"id,,note":                       nil,
	} {
		got, err := sample.pick(fields)
		if (err != nil) != (want == nil) || !cmp.Equal(got, want) {
			t.Errorf("%q: %v, %v; want %v", fields, got, err, want)
		}
	}
}

func FuzzPick(f *testing.F) {
	for _, s := range []string{"id,etag", "matter{id}", "{", "}", "matter{{", ",", "id{etag}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, fields string) {
		got, err := sample.pick(fields)
		for name := range got {
			if _, ok := sample[name]; !ok || err != nil {
				t.Errorf("%q gave %q, %v", fields, name, err)
			}
		}
	})
}
