package mail

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
)

// Reasons for which a message is never time.
const (
	ignoredInvitation = "an invitation"
	ignoredBulk       = "bulk mail"
	ignoredReceipt    = "a read receipt"
	ignoredDelivery   = "a delivery report"
	ignoredComplaint  = "a complaint report"
	ignoredReply      = "an automatic reply"
	ignoredMachine    = "an automatic message"
	ignoredRule       = "forwarded by a rule"
)

// unanswered are reasons of messages that nobody answers.
var unanswered = []string{ignoredBulk, ignoredReceipt, ignoredDelivery, ignoredComplaint, ignoredReply, ignoredMachine}

// doubtfulReply is what is asked where only a subject says that no person wrote.
const doubtfulReply = "it looks like an automatic reply"

// reports are the media types of what machines tell about a message (RFC 6522),
// by what is after "message/" and in the parameter report-type.
var reports = map[string]string{
	"disposition-notification": ignoredReceipt, "global-disposition-notification": ignoredReceipt,
	"delivery-status": ignoredDelivery, "global-delivery-status": ignoredDelivery, "feedback-report": ignoredComplaint,
}

// reportIn returns what the part of that type tells within a report, or "".
func reportIn(kind string, in *enclosing) string {
	if in.kind != "report" {
		return ""
	}
	return reports[strings.TrimPrefix(kind, "message/")]
}

// reported says what the media type of a message tells of it, or "". parts is
// what the parts of a report that names no type tell.
func reported(kind mediaType, parts string) string {
	if kind.value == "multipart/report" {
		return cmp.Or(reports[strings.ToLower(kind.params["report-type"])], parts, ignoredMachine)
	}
	return cmp.Or(reports[strings.TrimPrefix(kind.value, "message/")], parts)
}

// ignored says why m, whose media type is given, will never be time, or "".
func (m message) ignored(media mediaType, kind billing.ObservationKind) string {
	h := m.header
	if m.invitation {
		return ignoredInvitation
	}
	if reason := cmp.Or(reported(media, m.report), h.machine()); reason != "" && (reason != ignoredBulk || kind == billing.KindMailSent) {
		return reason // what many got may be work of the reader's all the same, see [header.bulk]
	}
	if kind == billing.KindMailSent {
		if h.set("autoforwarded") {
			return ignoredRule
		}
		return ""
	}
	return cmp.Or(h.unanswerable(), h.unwritten())
}

// machine says why no person sent the message, whoever From names, or "".
func (h header) machine() string {
	switch auto := h.autoSubmitted(); {
	case auto == "" || auto == "no":
	case h.fromDaemon():
		return ignoredDelivery
	case auto == "auto-replied" || h.automaticSubject() != "" || h.get("in-reply-to") != "":
		return ignoredReply
	default:
		return ignoredBulk
	}
	for _, name := range []string{"x-autoreply", "x-autorespond", "x-auto-reply", "x-autoresponder", "x-mail-autoreply", "x-autoreply-from", "x-amazon-auto-reply"} {
		if h.set(name) {
			return ignoredReply
		}
	}
	for _, name := range []string{"precedence", "x-precedence", "preference"} {
		if v := strings.ToLower(h.get(name)); strings.HasPrefix(v, "auto_reply") || strings.HasPrefix(v, "auto-reply") {
			return ignoredReply
		}
	}
	return ""
}

// unanswerable says what a message is that has nobody to return to, or "": RFC
// 5321 section 4.5.5 has programs alone send such.
func (h header) unanswerable() string {
	switch {
	case !slices.Contains(h.all("return-path"), "<>"):
		return ""
	case h.fromDaemon():
		return ignoredDelivery
	}
	return cmp.Or(h.automaticSubject(), ignoredMachine)
}

// set reports whether the field is there and does not say no.
func (h header) set(name string) bool {
	switch strings.ToLower(strings.TrimSpace(h.get(name))) {
	case "", "no", "false", "0":
		return false
	}
	return true
}

// unwritten says why no person wrote a message that was received, or "".
// X-Auto-Response-Suppress asks others not to answer by machine; Exchange puts
// it on what people write as well, so that it says something only beside a
// subject of those that machines give.
func (h header) unwritten() string {
	switch {
	case h.fromDaemon() || h.get("x-failed-recipients") != "":
		return ignoredDelivery
	case h.get("x-ms-exchange-generated-message-source") != "":
		return ignoredReply
	case h.get("x-auto-response-suppress") != "" || h.get("precedence") != "":
		return h.automaticSubject()
	}
	return ""
}

// fromDaemon reports whether From is a mail server's own address.
func (h header) fromDaemon() bool {
	for _, a := range parseAddresses(h.get("from"), "") {
		local, _, _ := strings.Cut(a.addr, "@")
		if local == "mailer-daemon" || local == "postmaster" || local == "maildaemon" || local == "mail-daemon" ||
			strings.HasPrefix(local, "microsoftexchange") && len(local) > len("microsoftexchange")+16 {
			return true
		}
	}
	return false
}

// automaticSubjects are beginnings of subjects that programs give to what they
// send, plain, in the languages of mail programs.
var automaticSubjects = map[string][]string{
	ignoredReply: {
		"automatic reply", "auto reply", "autoreply", "auto-reply", "auto response", "autoresponse", "out of office", "out of the office", "vacation reply",
		"automatische antwort", "abwesenheitsnotiz", "abwesenheit", "reponse automatique", "absence du bureau", "respuesta automatica", "fuera de la oficina",
		"risposta automatica", "fuori sede", "automatisch antwoord", "afwezig", "resposta automatica", "odpowiedz automatyczna", "autosvar", "automatisk svar",
		"automaattinen vastaus", "automaticka odpoved", "автоответ", "автоматический ответ", "自动答复", "自動返信", "自動応答",
	},
	ignoredReceipt: {"read:", "not read:", "gelesen:", "lu :", "lu:", "leido:", "letto:", "gelezen:", "lido:", "read receipt", "return receipt", "lesebestatigung", "przeczytano:", "прочитано:"},
	ignoredDelivery: {
		"undeliverable", "undelivered mail", "delivery status notification", "mail delivery failed", "failure notice", "returned mail", "delivered:", "delivery delayed",
		"unzustellbar", "zugestellt:", "non remis", "no se puede entregar", "non recapitabile", "onbestelbaar", "nao entregue", "niedostarczone",
	},
}

// automaticSubject says what the subject is that of, if a program gave it.
func (h header) automaticSubject() string {
	subject := plainWord(decodeText(h.get("subject"), ""))
	for reason, marks := range automaticSubjects {
		for _, mark := range marks {
			if strings.HasPrefix(subject, mark) {
				return reason
			}
		}
	}
	return ""
}

// doubtful says why a person has to tell whether anybody wrote a message that
// was received, or "".
func (h header) doubtful(kind billing.ObservationKind) string {
	if kind == billing.KindMailReceived && h.automaticSubject() == ignoredReply {
		return doubtfulReply
	}
	return ""
}
