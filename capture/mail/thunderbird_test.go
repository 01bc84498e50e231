package mail

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/internal/peer"
)

// lay writes files, given as path and content, below dir. A path that ends in a
// slash is a folder.
func lay(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for path, content := range files {
		full := filepath.Join(dir, filepath.FromSlash(path))
		err := os.MkdirAll(filepath.Dir(full), 0o700)
		if err == nil && strings.HasSuffix(path, "/") {
			err = os.MkdirAll(full, 0o700)
		} else if err == nil {
			err = os.WriteFile(full, []byte(content), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// told returns what was found as lines, paths relative to dir.
func told(dir string, found []Found) string {
	var out []string
	for _, f := range found {
		path, _ := filepath.Rel(dir, f.Where.Reveal())
		line := fmt.Sprintf("%s %s = %s", f.Kind, filepath.ToSlash(path), f.Name.Reveal())
		if f.Server != "" {
			line += " of " + f.User.Reveal() + " at " + f.Server.Reveal()
		}
		if f.Sent {
			line += ", sent"
		}
		if f.Cached {
			line += ", cached"
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

const mboxStart = "From - Mon Nov 16 09:00:00 2026\nX-Mozilla-Status: 0001\nMessage-ID: <tb@x>\nDate: Mon, 16 Nov 2026 09:00:00 +0000\n" +
	"From: luz@rivera.example\nTo: ana@firm.example\nSubject: Hello\n\nHello there.\n\n"

// TestFindThunderbird lays out a profile as Thunderbird does, with every kind of
// account and store; TestFindThunderbirdItself has Thunderbird write one.
func TestFindThunderbird(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	elsewhere := filepath.Join(t.TempDir(), "Old mail")
	lay(t, elsewhere, map[string]string{"Inbox": mboxStart, "Inbox.msf": "<!-- -->", "msgFilterRules.dat": "version"})
	lay(t, filepath.Join(home, ".thunderbird"), map[string]string{
		"profiles.ini": "[Profile1]\nName=old\nIsRelative=1\nPath=gone.old\n\n[InstallFDC34C9F024745EB]\nDefault=abcd.default-esr\nLocked=1\n\n" +
			"[Profile0]\r\nName=default-esr\r\nIsRelative=1\r\nPath=abcd.default-esr\r\nDefault=1\r\n\n[General]\nStartWithLastProfile=1\n",
		"abcd.default-esr/prefs.js": `// Mozilla User Preferences
user_pref("mail.accountmanager.accounts", "account1,account2,account3,account4,account5");
user_pref("mail.server.server1.type", "none");
user_pref("mail.server.server1.hostname", "Local Folders");
user_pref("mail.server.server1.userName", "nobody");
user_pref("mail.server.server1.directory", "/moved/since/Mail/Local Folders");
user_pref("mail.server.server1.directory-rel", "[ProfD]Mail/Local Folders");
user_pref("mail.server.server2.type", "pop3");
user_pref("mail.server.server2.hostname", "pop.firm.example");
user_pref("mail.server.server2.userName", "ana");
user_pref("mail.server.server2.directory", "` + filepath.ToSlash(elsewhere) + `");
user_pref("mail.server.server3.type", "imap");
user_pref("mail.server.server3.hostname", "imap.firm.example");
user_pref("mail.server.server3.userName", "ana@firm.example");
user_pref("mail.server.server3.directory-rel", "[ProfD]ImapMail/imap.firm.example");
user_pref("mail.server.server4.type", "rss");
user_pref("mail.server.server4.hostname", "Feeds");
user_pref("mail.server.server4.directory-rel", "[ProfD]Mail/Feeds");
user_pref("mail.server.server5.type", "pop3");
user_pref("mail.server.server5.hostname", "pop.other.example");
user_pref("mail.server.server5.userName", "ana\"x");
user_pref("mail.server.server5.directory-rel", "[ProfD]Mail/pop.other.example");
user_pref("mail.server.server5.storeContractID", "@mozilla.org/msgstore/maildirstore;1");
user_pref("mail.server.server5.port", 995);
user_pref("mail.identity.id1.fcc_folder", "mailbox://nobody@Local%20Folders/Ausgang%20Kanzlei");
user_pref("mail.identity.id2.fcc_folder", "imap://ana%40firm.example@imap.firm.example/INBOX/Out");
user_pref(broken
`,
		"abcd.default-esr/Mail/Local Folders/Sent":                                 mboxStart,
		"abcd.default-esr/Mail/Local Folders/Sent.msf":                             "<!-- -->",
		"abcd.default-esr/Mail/Local Folders/Ausgang Kanzlei":                      mboxStart,
		"abcd.default-esr/Mail/Local Folders/Empty":                                "",
		"abcd.default-esr/Mail/Local Folders/Empty.msf":                            "<!-- -->",
		"abcd.default-esr/Mail/Local Folders/Drafts":                               mboxStart,
		"abcd.default-esr/Mail/Local Folders/Trash":                                "",
		"abcd.default-esr/Mail/Local Folders/Unsent Messages":                      "",
		"abcd.default-esr/Mail/Local Folders/Trash.sbd/Lin":                        mboxStart,
		"abcd.default-esr/Mail/Local Folders/Matters.sbd/Lin v. Ortega":            mboxStart,
		"abcd.default-esr/Mail/Local Folders/Matters.sbd/Lin v. Ortega.sbd/Briefs": mboxStart,
		"abcd.default-esr/Mail/Local Folders/notes.txt":                            "not mail",
		"abcd.default-esr/Mail/Feeds/News":                                         mboxStart,
		"abcd.default-esr/ImapMail/imap.firm.example/INBOX":                        mboxStart,
		"abcd.default-esr/ImapMail/imap.firm.example/INBOX.msf":                    "<!-- -->",
		"abcd.default-esr/ImapMail/imap.firm.example/Archive.msf":                  "<!-- no mail loaded -->",
		"abcd.default-esr/ImapMail/imap.firm.example/INBOX.sbd/Out":                mboxStart,
		"abcd.default-esr/ImapMail/imap.firm.example/Entw&APw-rfe":                 mboxStart,
		"abcd.default-esr/Mail/pop.other.example/Inbox/cur/":                       "",
		"abcd.default-esr/Mail/pop.other.example/Inbox/tmp/":                       "",
		"abcd.default-esr/Mail/pop.other.example/Sent/cur/":                        "",
		"abcd.default-esr/Mail/pop.other.example/Inbox.sbd/Old/cur/":               "",
	})
	const profile = ".thunderbird/abcd.default-esr/"
	old, _ := filepath.Rel(home, filepath.Join(elsewhere, "Inbox"))
	want := []string{
		"mbox " + profile + "Mail/Local Folders/Sent = Sent, sent",
		"mbox " + profile + "Mail/Local Folders/Ausgang Kanzlei = Ausgang Kanzlei, sent",
		"mbox " + profile + "Mail/Local Folders/Empty = Empty",
		"mbox " + profile + "Mail/Local Folders/Matters.sbd/Lin v. Ortega = Matters/Lin v. Ortega",
		"mbox " + profile + "Mail/Local Folders/Matters.sbd/Lin v. Ortega.sbd/Briefs = Matters/Lin v. Ortega/Briefs",
		"mbox " + filepath.ToSlash(old) + " = Inbox of ana at pop.firm.example",
		"mbox " + profile + "ImapMail/imap.firm.example/INBOX = INBOX of ana@firm.example at imap.firm.example, cached",
		"mbox " + profile + "ImapMail/imap.firm.example/INBOX.sbd/Out = INBOX/Out of ana@firm.example at imap.firm.example, sent, cached",
		"maildir " + profile + "Mail/pop.other.example/Inbox = Inbox of ana\"x at pop.other.example",
		"maildir " + profile + "Mail/pop.other.example/Inbox.sbd/Old = Inbox/Old of ana\"x at pop.other.example",
		"maildir " + profile + "Mail/pop.other.example/Sent = Sent of ana\"x at pop.other.example, sent",
	}
	slices.Sort(want)
	// The same profile by way of the home directory and of the settings is one.
	if got := told(home, FindThunderbird(home, filepath.Join(home, ".thunderbird"))); got != strings.Join(want, "\n") {
		t.Errorf("found\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	if got := FindThunderbird(t.TempDir(), t.TempDir(), "/nowhere"); len(got) != 0 {
		t.Errorf("found %d folders where there is no Thunderbird", len(got))
	}
	for _, f := range FindThunderbird(home) {
		if s := fmt.Sprintf("%v %+v", f, f); strings.Contains(s, home) || strings.Contains(s, "Ortega") {
			t.Errorf("what was found prints as %s", s)
		}
	}
}

// TestFoundFoldersAreObserved: each is a source as it is, and nothing that is
// found changes by being observed.
func TestFoundFoldersAreObserved(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	lay(t, filepath.Join(home, ".thunderbird"), map[string]string{
		"profiles.ini": "[Profile0]\nPath=p\n",
		"p/prefs.js": `user_pref("mail.server.server1.type", "none");` + "\n" + `user_pref("mail.server.server1.directory-rel", "[ProfD]Mail/Local Folders");` + "\n" +
			`user_pref("mail.server.server2.type", "pop3");` + "\n" + `user_pref("mail.server.server2.directory-rel", "[ProfD]Mail/pop");`,
		"p/Mail/Local Folders/Sent":       mboxStart,
		"p/Mail/pop/Inbox/cur/1700000000": strings.SplitN(mboxStart, "\n", 2)[1],
	})
	for _, f := range FindThunderbird(home) {
		cfg := capture.Config{SourceConfig: billing.SourceConfig{ID: "s", Kind: f.Kind, Where: f.Where}}
		var source capture.Source
		var err error
		if f.Kind == billing.SourceMaildir {
			source, err = NewMaildir(cfg, time.Now)
		} else {
			source, err = NewMbox(cfg, time.Now)
		}
		n := 0
		if err == nil {
			err = source.Once(t.Context(), "", recorder(func(list []billing.Observation) { n += len(list) }))
		}
		if err != nil || n != 1 {
			t.Errorf("%s: %d observations, %v", f.Name.Reveal(), n, err)
		}
	}
}

type recorder func([]billing.Observation)

func (f recorder) Record(_ context.Context, list []billing.Observation, _ capture.Cursor) error {
	f(list)
	return nil
}

// TestFindThunderbirdItself has Thunderbird make its profile and the stores of
// accounts, which it is told of as a person's choices would be.
func TestFindThunderbirdItself(t *testing.T) {
	peer.Heavy(t)
	program := peer.Need(t, "thunderbird", "thunderbird")
	home := t.TempDir()
	run := func(until func() bool) {
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
		defer cancel()
		cmd := exec.CommandContext(ctx, program, "--headless", "--no-remote")
		cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME=")
		cmd.WaitDelay = 5 * time.Second
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for !until() && ctx.Err() == nil {
			time.Sleep(200 * time.Millisecond)
		}
		_ = cmd.Process.Signal(os.Interrupt) // it then writes its settings
		time.AfterFunc(5*time.Second, cancel)
		_ = cmd.Wait()
	}
	there := func(pattern string) func() bool {
		return func() bool { m, _ := filepath.Glob(filepath.Join(home, pattern)); return len(m) > 0 }
	}
	run(there(".thunderbird/*/prefs.js"))
	made, _ := filepath.Glob(filepath.Join(home, ".thunderbird/*/prefs.js"))
	if len(made) == 0 {
		t.Fatal("Thunderbird made no profile")
	}
	var choices strings.Builder
	for name, value := range map[string]string{
		"mail.accountmanager.accounts": "account1,account2,account3", "mail.accountmanager.localfoldersserver": "server1",
		"mail.account.account1.server": "server1", "mail.account.account2.server": "server2", "mail.account.account3.server": "server3",
		"mail.account.account2.identities": "id1", "mail.identity.id1.useremail": "ana@firm.example",
		"mail.identity.id1.fcc_folder": "mailbox://ana@127.0.0.1/Sent",
		"mail.server.server1.type":     "none", "mail.server.server1.hostname": "Local Folders", "mail.server.server1.userName": "nobody",
		"mail.server.server2.type": "pop3", "mail.server.server2.hostname": "127.0.0.1", "mail.server.server2.userName": "ana",
		"mail.server.server3.type": "pop3", "mail.server.server3.hostname": "localhost", "mail.server.server3.userName": "bo",
		"mail.server.server3.storeContractID": "@mozilla.org/msgstore/maildirstore;1",
	} {
		fmt.Fprintf(&choices, "user_pref(%q, %q);\n", name, value)
	}
	lay(t, filepath.Dir(made[0]), map[string]string{"user.js": choices.String()})
	stores := there(".thunderbird/*/Mail/localhost/Inbox/cur")
	run(func() bool { return stores() && strings.Contains(told(home, FindThunderbird(home)), "maildir") })
	got := FindThunderbird(home)
	slices.SortFunc(got, func(a, b Found) int { return cmp.Compare(a.Where, b.Where) })
	for i := range got {
		got[i].Where = billing.Privileged(strings.ReplaceAll(got[i].Where.Reveal(), filepath.Dir(made[0]), home))
	}
	want := "maildir Mail/localhost/Inbox = Inbox of bo at localhost\nmbox Mail/127.0.0.1/Inbox = Inbox of ana at 127.0.0.1"
	if s := told(home, got); s != want {
		t.Errorf("found\n%s\nwant\n%s", s, want)
	}
}

func FuzzParsePref(f *testing.F) {
	f.Add(`user_pref("a", "b\\c");`)
	f.Add(`user_pref("a", 12);`)
	f.Add(`user_pref("a`)
	f.Add(`user_pref("", );`)
	f.Fuzz(func(t *testing.T, line string) {
		if name, _, ok := parsePref(line); ok && !strings.HasPrefix(strings.TrimSpace(line), "user_pref(") {
			t.Errorf("%q sets %q", line, name)
		}
	})
}
