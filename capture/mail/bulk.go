package mail

import (
	"cmp"
	"strings"

	"github.com/tenths/tenths/billing"
)

// Why a message seems sent to many, or by a machine, in words for the person.
const (
	bulkList        = "from a mailing list"
	bulkSent        = "sent in bulk"
	bulkMachine     = "sent by a machine"
	bulkUnanswered  = "from an address that takes no answers"
	bulkFunction    = "from an address that notices are sent from"
	bulkUnsubscribe = "can be unsubscribed from"
)

// bulkFields are the fields whose presence alone says that a message went to
// many: those of lists (RFC 2369, RFC 2919) and those by which large mailers
// count what came of a sending.
var bulkFields = []struct{ name, reason string }{
	{"list-id", bulkList}, {"list-post", bulkList}, {"mailing-list", bulkList}, {"x-mailing-list", bulkList},
	{"feedback-id", bulkSent}, {"x-campaign", bulkSent}, {"x-campaign-id", bulkSent}, {"x-campaignid", bulkSent},
	{"x-mc-user", bulkSent}, {"x-roving-id", bulkSent}, {"x-sfmc-stack", bulkSent}, {"x-csa-complaints", bulkSent},
	{"list-unsubscribe", bulkUnsubscribe}, {"list-unsubscribe-post", bulkUnsubscribe}, // RFC 8058
}

// bulkHeaderFields are what [header.bulk] looks at beside what is asked for
// anyway, as a mail server is asked for them.
var bulkHeaderFields = []string{
	"List-Post", "List-Unsubscribe", "List-Unsubscribe-Post", "Mailing-List", "X-Mailing-List", "Feedback-ID", "X-Campaign", "X-Campaign-Id",
	"X-CampaignID", "X-MC-User", "X-Roving-ID", "X-SFMC-Stack", "X-CSA-Complaints", "Reply-To",
}

// bulk says why a message that was received seems sent to many or by a machine,
// or "". Nothing is decided by it: what a court sends bears the same marks.
func (h header) bulk(authors []address) string {
	for _, f := range bulkFields[:4] {
		if h.get(f.name) != "" {
			return f.reason
		}
	}
	switch strings.ToLower(strings.TrimSpace(cmp.Or(h.get("precedence"), h.get("x-precedence")))) {
	case "list":
		return bulkList
	case "bulk", "junk":
		return bulkSent
	}
	for _, f := range bulkFields[4:] {
		if h.get(f.name) != "" {
			return f.reason
		}
	}
	if auto := h.autoSubmitted(); auto != "" && auto != "no" {
		return bulkMachine
	}
	return h.fromFunction(authors)
}

// listName returns what names the list that a message came over (RFC 2919), in
// lower case, or "".
func (h header) listName() string {
	value := strings.ToLower(h.get("list-id"))
	if at := strings.LastIndexByte(value, '<'); at >= 0 {
		value, _, _ = strings.Cut(value[at+1:], ">")
	}
	value = strings.TrimSpace(stripComments(value))
	if len(value) > 255 || strings.ContainsAny(value, " \t") {
		return ""
	}
	return value
}

// autoSubmitted returns how the message says that it came to be sent, in lower
// case and without parameters (RFC 3834 section 5).
func (h header) autoSubmitted() string {
	auto, _, _ := strings.Cut(strings.ToLower(stripComments(h.get("auto-submitted"))), ";")
	return strings.TrimSpace(auto)
}

// unansweredNames are names of addresses that nobody reads, without what is
// between their words; functionNames are words in names of those from which
// programs send. "info" and "office" are neither: people write from them.
var (
	unansweredNames = []string{
		"noreply", "donotreply", "dontreply", "noresponse", "donotrespond", "unmonitored", "nichtantworten", "keineantwort", "nepasrepondre",
		"noresponder", "norispondere", "naoresponda", "naoresponder", "nietbeantwoorden", "nieodpowiadaj", "svarejej", "ikkesvar",
	}
	functionNames = wordSet("notification notifications notify alert alerts newsletter newsletters news marketing mailer mailing mailings digest " +
		"promo promotions offers campaign campaigns bounce bounces")
)

// fromFunction says why nobody in particular writes from the address that the
// message is from, or "". Who is named to answer to is somebody: a portal sends
// what a client wrote from an address of its own.
func (h header) fromFunction(authors []address) string {
	if len(authors) != 1 {
		return ""
	}
	reason := functionOf(authors[0].addr)
	if reason == "" {
		return ""
	}
	for _, a := range parseAddresses(h.get("reply-to"), "") {
		if a.addr != authors[0].addr && a.addr != "" && functionOf(a.addr) == "" {
			return ""
		}
	}
	return reason
}

func functionOf(address string) string {
	local, _, _ := strings.Cut(address, "@")
	words := strings.FieldsFunc(local, func(r rune) bool { return strings.ContainsRune("-_.+=", r) })
	run := strings.Join(words, "")
	for _, name := range unansweredNames {
		if strings.HasPrefix(run, name) || strings.HasSuffix(run, name) {
			return bulkUnanswered
		}
	}
	for i, w := range words {
		if w == "noreply" || w == "donotreply" || w == "no" && i+1 < len(words) && words[i+1] == "reply" {
			return bulkUnanswered
		}
		if functionNames[w] {
			return bulkFunction
		}
	}
	return ""
}

// mark sets what seems sent to many on what was received.
func (h header) mark(o *billing.Observation, authors []address) {
	if o.Kind == billing.KindMailReceived && o.Ignored == "" {
		o.Bulk, o.List = h.bulk(authors), billing.Privileged(h.listName())
	}
}
