package peer

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"iter"
	"os"
	"strings"
	"testing"
)

// Archive yields the name and content of every file of an archive of shared
// reference material; elem is as for [Shared]. The test is skipped without it.
func Archive(t testing.TB, elem ...string) iter.Seq2[string, []byte] {
	t.Helper()
	path := Shared(t, elem...)
	return func(yield func(string, []byte) bool) {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		for r := tar.NewReader(z); ; {
			h, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			if h.Typeflag == tar.TypeReg && !yield(strings.TrimPrefix(h.Name, "./"), data) {
				return
			}
		}
	}
}
