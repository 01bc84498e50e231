package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/sync/clio"
	"github.com/tenths/tenths/sync/clio/cliotest"
)

func TestCliosim(t *testing.T) {
	csv := filepath.Join(t.TempDir(), "matters.csv")
	if err := os.WriteFile(csv, []byte("number,name,client\n2024-0113,Smith v. Jones,Ana Smith\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, []string{"-matters", csv, "-drop-after", "1"}, in) }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	url := strings.TrimSpace(strings.TrimPrefix(line, "listening on "))
	c, err := clio.New(clio.Config{URL: url, Token: clio.StaticToken(cliotest.Token)})
	if err != nil {
		t.Fatal(err)
	}
	matters, err := c.Matters(t.Context())
	if err != nil || len(matters) != 1 || matters[0].Number != "2024-0113" || matters[0].Client.Reveal() != "Ana Smith" {
		t.Fatalf("%+v, %v", matters, err)
	}
	p := billing.Posting{MatterRemote: matters[0].RemoteID, WorkDate: billing.Day{Year: 2026, Month: 11, Day: 19}, Billed: 6, Narrative: "Call"}
	for i, fails := range []bool{false, true, false} {
		if _, err := c.Post(t.Context(), p); (err != nil) != fails {
			t.Errorf("post %d: %v", i+1, err)
		}
	}
	res, err := http.Get(url + "/_sim/activities")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var kept []cliotest.Activity
	if err := json.NewDecoder(res.Body).Decode(&kept); err != nil || len(kept) != 3 {
		t.Errorf("%d activities, %v; want 3", len(kept), err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
