package walls

// io is what pure packages leave to others.
var io = []string{"os/...", "net/...", "!net/mail", "!net/url", "!net/netip", "database/...", "io/ioutil", "syscall", "log/...", "!log/slog"}

// tests are packages for tests alone.
var tests = []string{"internal/peer", "capture/capturetest", "sync/connectortest", "sync/*/*test/..."}

// House is the project's walls.
var House = []Wall{
	{
		Who: []string{"billing"}, Own: []string{}, Never: io,
		Reason: "the domain is pure: everything rests on it, so it rests on nothing",
	},
	{
		Who: []string{"table/..."}, Own: []string{"billing", "self/..."}, Never: io,
		Reason: "how a table is written has nothing to do with what it is about: bills, lists of matters and whatever comes are read alike",
	},
	{
		Who: []string{"guideline/..."}, Own: []string{"billing", "table", "self/..."}, Never: io,
		Reason: "what is found follows from the rows alone; a bill is a table, which one package reads for all",
	},
	{
		Who: []string{"draft/...", "invoice/...", "ledes/...", "report/..."},
		Own: []string{"billing", "self/..."}, Never: io,
		Reason: "what is drafted, checked or reported follows from the rows alone: the same input gives the same output",
	},
	{
		Who: []string{"capture"}, Own: []string{"billing"},
		Reason: "capture says what a source is, and must not know any",
	},
	{
		Who: []string{"capture/*/...", "!capture/capturetest"}, Own: []string{"billing", "capture", "self/..."},
		Reason: "a source knows a sink, not the store, the drafts or another source",
	},
	{
		Who: []string{"sync"}, Own: []string{"billing"},
		Reason: "the outbox says what a connector is, and must not know any",
	},
	{
		Who: []string{"sync/*/...", "!sync/connectortest"}, Own: []string{"billing", "sync", "self/..."},
		Reason: "a connector knows one system, not the store or another connector",
	},
	{
		Who: []string{"store/...", "secret/..."}, Own: []string{"billing", "self/..."},
		Reason: "what keeps things does not know who asks for them",
	},
	{
		Who:    []string{".", "*/...", "!store/...", "!capture/research/history"},
		Never:  []string{"database/...", "modernc.org/...", "github.com/pressly/goose/..."},
		Reason: "the store is the only user of our database, so that its rules hold everywhere; browsers keep their history in databases of their own, which one package reads",
	},
	{
		Who: []string{"rephrase/..."}, Own: []string{"billing", "self/..."}, Never: []string{"database/...", "os/..."},
		Reason: "what carries a question to a language model knows neither what may be asked nor what may be kept",
	},
	{
		Who: []string{"app/..."}, Own: []string{"billing", "draft", "draft/note", "guideline", "table", "capture", "sync", "store", "secret", "rephrase", "self/..."},
		Never:  []string{"github.com/spf13/..."},
		Reason: "what a person can ask for does not depend on a window, a terminal, a source or a connector",
	},
	{
		Who: []string{"cli/..."}, Own: []string{"app", "billing", "self/..."},
		Reason: "the terminal shows what the services answer, and goes around none of them",
	},
	{
		Who: []string{"desktop/..."}, Own: []string{"app", "billing", "build/icons", "self/..."},
		Never:  []string{"net/http/httptest"},
		Reason: "the window shows what the services answer, and goes around none of them",
	},
	{
		Who:    []string{"*/...", "!desktop", "!desktop/e2e/..."},
		Never:  []string{"github.com/wailsapp/..."},
		Reason: "only the window knows its toolkit, so that changing it is small",
	},
	{
		Who: []string{"desktop/bridge", "desktop/page", "desktop/instance", "desktop/loopback"}, Own: []string{"app", "billing", "desktop/page"},
		Reason: "what the page asks for is the same in a window and over loopback: it knows neither",
	},
	{
		Who:    []string{"*/...", "!desktop/...", "!internal/...", "!cli/..."},
		Never:  []string{"frontend/...", "desktop/...", "cli/...", "build/sample"},
		Reason: "windows, terminals and samples are at the edge: nothing but main hangs on them",
	},
	{
		Who: []string{"build/sample/..."}, Own: []string{"billing", "self/..."},
		Reason: "the sample is files that anything may observe: it must not know what is made of them",
	},
	{
		Who:    append([]string{".", "*/...", "!internal/..."}, not(tests)...),
		Never:  append([]string{"testing/...", "pgregory.net/rapid", "go.uber.org/goleak"}, tests...),
		Reason: "what is for tests stays out of the program",
	},
}

// Timeless are the packages that are told the time and never look.
var Timeless = []string{"billing", "draft/...", "guideline/...", "table/...", "invoice/...", "ledes/...", "report/...", "build/sample/..."}

func not(patterns []string) []string {
	out := make([]string, len(patterns))
	for i, pattern := range patterns {
		out[i] = "!" + pattern
	}
	return out
}
