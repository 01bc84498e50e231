package history

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkRead reads a month of heavy use: 30,000 visits, a hundredth of them
// to listed sites.
func BenchmarkRead(b *testing.B) {
	b.Setenv("TMPDIR", b.TempDir())
	path := filepath.Join(b.TempDir(), "History")
	db := writer(b, path, "_pragma=journal_mode(WAL)")
	_, err := db.Exec(`
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
INSERT INTO urls SELECT i, iif(i % 100, 'https://news.example/', 'https://1.westlaw.com/') || hex(randomblob(200)), hex(randomblob(200)) FROM n;
INSERT INTO visits SELECT id, id, ? + id, 0x30000000, 0, 0 FROM urls`, Chromium.stamp(time.Now()))
	if err != nil {
		b.Fatal(err)
	}
	q := Query{Site: func(u *url.URL) (string, bool) { return "Westlaw", strings.HasSuffix(u.Host, ".westlaw.com") }}
	for _, host := range strings.Fields("a b c d e f g h i j k l m n o p q r s t u v w x y z") {
		q.Hosts = append(q.Hosts, "*."+host+".example:*", "*."+host+"x.example:*")
	}
	q.Hosts = append(q.Hosts, "*.westlaw.com:*")
	for b.Loop() {
		visits, err := Read(b.Context(), path, Chromium, q)
		if err != nil || len(visits) != 300 {
			b.Fatalf("%d visits: %v", len(visits), err)
		}
	}
}
