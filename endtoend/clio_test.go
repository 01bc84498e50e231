//go:build unix

package endtoend

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/internal/peer"
	"github.com/tenths/tenths/sync/clio/cliotest"
)

// The matters, here and over there.
const (
	matterList = `number,client,name,contacts,keywords,folder
2024-0113,Marisol Rivera,Rivera v. Acme Logistics,"Marisol Rivera <marisol@rivera.example> (client); Dana Reed <dreed@reedcole.example> (opposing counsel)",,Rivera
2025-0042,Wei Lin,Estate of Lin,wei@lin.example (client),,Lin
9999-0001,Hart Law,Firm administration,,billing meeting,
`
	remoteMatters = "number,id,name,client\n2024-0113,71,Rivera v. Acme Logistics,Marisol Rivera\n2025-0042,72,Estate of Lin,Wei Lin\n"
)

// matterThere are the ids that the matters have over there.
var matterThere = map[string]int64{"2024-0113": 71, "2025-0042": 72}

// remote is the practice management system, in a process of its own: it goes on
// when whoever posts to it is killed.
type remote struct {
	url string
	cmd *exec.Cmd
}

// startClio starts the stand-in for Clio with the flags given.
func startClio(t *testing.T, flags ...string) *remote {
	t.Helper()
	program, err := buildCliosim()
	if err != nil {
		t.Fatal(err)
	}
	list := write(t, filepath.Join(t.TempDir(), "matters.csv"), remoteMatters)
	cmd := exec.Command(program, append([]string{"-matters", list}, flags...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r := &remote{cmd: cmd}
	t.Cleanup(r.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	at, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if err != nil || !ok {
		t.Fatalf("cliosim said %q: %v", line, err)
	}
	r.url = at
	return r
}

// kill ends the system, which forgets all that it held.
func (r *remote) kill() {
	_ = r.cmd.Process.Kill()
	_ = r.cmd.Wait()
}

// activities returns the time entries that it holds.
func (r *remote) activities(t *testing.T) (list []cliotest.Activity) {
	t.Helper()
	client := &http.Client{Timeout: 10 * time.Second}
	res, err := client.Get(r.url + "/_sim/activities")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(&list); err != nil {
		t.Fatal(err)
	}
	return list
}

// connect connects the practice to the system at an address.
func (d *desk) connect(t *testing.T, at string) {
	t.Helper()
	out := d.ok(t, cliotest.Token+"\n", "connect", "clio", "--url", at, "--token-stdin")
	if !strings.Contains(out, "2 open matters there: 2 known here, 0 added") {
		t.Errorf("connecting said %q", out)
	}
}

// checked puts Prism with the published contract before the system, where both
// are there, and returns the address to connect to.
func checked(t *testing.T, r *remote) string {
	t.Helper()
	contract := filepath.Join(filepath.Dir(peer.Root()), "shared", "contracts", "clio", "clio.strict.openapi.json")
	if _, err := os.Stat(contract); err != nil {
		t.Log("the published contract is not beside this checkout; posting without a checker between")
		return r.url
	}
	return peer.StartPrism(t, contract, r.url)
}

// exactlyOnce checks that every entry of these is over there once, as it was
// approved, and nothing else is.
func exactlyOnce(t *testing.T, r *remote, entries []app.DraftView) {
	t.Helper()
	there := map[string]cliotest.Activity{}
	var have, want []string
	for _, a := range r.activities(t) {
		there[strconv.FormatInt(a.ID, 10)] = a
		have = append(have, line(a.Date, int64(a.Quantity), a.Matter, a.Note))
	}
	used := map[string]string{}
	for _, e := range entries {
		is := line(e.Day, e.BilledMinutes*60, matterThere[e.Matter], e.Narrative)
		want = append(want, is)
		a, ok := there[e.RemoteID]
		if e.State != "posted" || !ok || line(a.Date, int64(a.Quantity), a.Matter, a.Note) != is {
			t.Errorf("%s %q is %s as %q, which is %+v", e.ID, e.Narrative, e.State, e.RemoteID, a)
		}
		if other := used[e.RemoteID]; other != "" {
			t.Errorf("%s and %s are posted as one", other, e.ID)
		}
		used[e.RemoteID] = e.ID
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("over there are\n%s\nwant\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
}

func line(day string, seconds, matter int64, note string) string {
	return fmt.Sprintf("%s %d %d %s", day, seconds, matter, note)
}
