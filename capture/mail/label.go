package mail

import (
	"strconv"
	"strings"
)

// Names of folders and labels of what was neither sent nor read, besides those
// in setAsideNames, in lower case: drafts and what waits to be sent, and what is
// spam or thrown away. Gmail's takeout has them in the account's language.
var (
	draftNames = nameSet("drafts|draft|templates|outbox|unsent messages|entwürfe|entwurf|vorlagen|postausgang|brouillons|brouillon|modèles|boîte d’envoi|boîte d'envoi|" +
		"borradores|borrador|bandeja de salida|plantillas|bozze|bozza|posta in uscita|concepten|sjablonen|postvak uit|rascunhos|rascunho|caixa de saída|" +
		"wersje robocze|kopie robocze|szablony|skrzynka nadawcza|utkast|kladder|kladde|luonnokset|koncepty|rozepsané|piszkozatok|ciorne|taslaklar|πρόχειρα|esborranys|" +
		"черновики|чернетки|исходящие|下書き|草稿|草稿箱|寄件草稿|임시보관함|임시 보관함|送信トレイ|发件箱")
	rejectedNames = nameSet("spam|junk|junk e-mail|junk email|bulk mail|trash|bin|deleted|deleted items|deleted messages|spamverdacht|papierkorb|gelöschte elemente|" +
		"corbeille|courrier indésirable|indésirables|éléments supprimés|papelera|correo no deseado|elementos eliminados|cestino|posta indesiderata|posta eliminata|" +
		"prullenbak|ongewenste e-mail|verwijderde items|lixeira|lixo|lixo eletrônico|kosz|niechciane|wiadomości-śmieci|papperskorg|papperskorgen|skräppost|papirkurv|" +
		"søppelpost|uønsket e-mail|roskakori|roskaposti|koš|nevyžádaná pošta|kuka|levélszemét|coș de gunoi|çöp kutusu|κάδος απορριμμάτων|корзина|спам|кошик|" +
		"迷惑メール|ゴミ箱|垃圾邮件|垃圾郵件|已删除邮件|已刪除郵件|垃圾桶|스팸함|휴지통")
	sentLabels = nameSet("sent|sent mail|gesendet|messages envoyés|envoyés|enviados|enviadas|inviati|inviata|posta inviata|verzonden|wysłane|skickat|sendt|sendte|lähetetyt|odeslaná pošta|odeslané|" +
		"elküldött|elküldött üzenetek|trimise|gönderilmiş postalar|gönderilenler|απεσταλμένα|enviats|отправленные|надіслані|送信済み|送信済みメール|已发送邮件|已发邮件|寄件備份|보낸편지함|보낸 편지함")
)

func nameSet(names string) map[string]bool {
	out := map[string]bool{}
	for name := range strings.SplitSeq(names, "|") {
		out[name] = true
	}
	return out
}

// shelf is where a message says that it is kept.
type shelf struct {
	draft, rejected, sent bool
}

// shelf returns where the message says that it is kept: by the labels of a Gmail
// takeout, the flags of Mozilla's programs, and the marks of drafts.
func (h header) shelf() (s shelf) {
	for _, label := range gmailLabels(decodeText(strings.Join(h.all("x-gmail-labels"), ","), "")) {
		s.draft = s.draft || draftNames[label]
		s.rejected = s.rejected || rejectedNames[label] || label == "chat" // no mail
		s.sent = s.sent || sentLabels[label]
	}
	const expunged, template, imapDeleted = 0x8, 0x800000, 0x200000
	s.rejected = s.rejected || mozillaFlags(h.get("x-mozilla-status"))&expunged != 0 || mozillaFlags(h.get("x-mozilla-status2"))&imapDeleted != 0
	s.rejected = s.rejected || (h.get("x-imap") != "" || h.get("x-imapbase") != "") && h.fromDaemon() // what a mail server keeps for itself in a mailbox
	s.draft = s.draft || mozillaFlags(h.get("x-mozilla-status2"))&template != 0 || h.get("x-mozilla-draft-info") != "" ||
		strings.TrimSpace(h.get("x-unsent")) == "1" || h.get("x-uniform-type-identifier") == "com.apple.mail-draft"
	return s
}

// aside reports whether the message was neither sent nor read, as far as it
// tells itself. What is deleted after it was sent was sent.
func (h header) aside(sent bool) bool {
	s := h.shelf()
	return s.draft && !sent || s.rejected && !sent && !s.sent
}

// gmailLabels returns the labels in lower case; one with a comma is in quotes.
func gmailLabels(s string) []string {
	var out []string
	for _, item := range splitAddresses(s) {
		out = append(out, strings.ToLower(strings.TrimSpace(strings.Trim(strings.TrimSpace(item.text), `"`))))
	}
	return out
}

func mozillaFlags(s string) uint64 {
	n, _ := strconv.ParseUint(strings.TrimSpace(s), 16, 64) // 0 for what is none
	return n
}
