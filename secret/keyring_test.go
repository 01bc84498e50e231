package secret

import "testing"

func FuzzPartsOf(f *testing.F) {
	for _, s := range []string{"", "hunter2", split, split + "2:abc", split + "99999999999999999999:x", split + "-1:x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, head string) {
		seen := map[string]bool{"name": true}
		for _, part := range partsOf("name", head) {
			if seen[part] {
				t.Errorf("%q names %q twice", head, part)
			}
			seen[part] = true
		}
	})
}
