package mail_test

import (
	"regexp"
	"strings"
	"testing"
)

// A server that does not understand a command in its better form is asked in a
// plainer one, and one that cannot search at all for the numbers that there are.
func TestCommandsThatAreNotUnderstood(t *testing.T) {
	t.Parallel()
	for name, server := range map[string]*oddServer{
		"LIST with what it promised": {caps: "IMAP4rev1 AUTH=PLAIN SASL-IR SPECIAL-USE LIST-EXTENDED", refuse: func(command string) string {
			return map[bool]string{true: "BAD unknown option"}[strings.HasPrefix(command, "LIST") && strings.Contains(command, "RETURN")]
		}},
		"SEARCH by numbers": {refuse: func(command string) string {
			return map[bool]string{true: "BAD cannot parse"}[strings.HasPrefix(command, "UID SEARCH UID")]
		}},
		"any SEARCH": {refuse: func(command string) string {
			return map[bool]string{true: "BAD what is that"}[strings.HasPrefix(command, "UID SEARCH")]
		}},
	} {
		server.folders = []oddFolder{{wire: "Filed", uids: []int{3, 4, 9}}, {wire: "INBOX", uids: []int{5, 7}}}
		source := server.source(t, "")
		got := sinkOf(t, source, "")
		if missed := server.missed(got); len(missed) > 0 || len(source.Problems()) > 0 {
			t.Errorf("%s: %v are missed, problems %q", name, missed, source.Problems())
		}
	}
}

// A literal may be marked as those of a client are that does not wait.
func TestLiteralsMarkedNotToWait(t *testing.T) {
	t.Parallel()
	size := regexp.MustCompile(`\{(\d+)\}`)
	server := &oddServer{folders: []oddFolder{{wire: "INBOX", uids: []int{1, 2, 3}}}, change: func(line string) string {
		return size.ReplaceAllString(line, "{$1+}")
	}}
	source := server.source(t, "")
	if missed := server.missed(sinkOf(t, source, "")); len(missed) > 0 || len(source.Problems()) > 0 {
		t.Errorf("%v are missed, problems %q", missed, source.Problems())
	}
}
