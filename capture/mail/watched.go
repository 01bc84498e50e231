package mail

import (
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"

	"github.com/tenths/tenths/billing"
)

// maxFiled bounds how many folders are observed beside INBOX and the sent mail.
const maxFiled = 100

// usual returns the folders that hold what the account's owner sent or got: all
// of sent mail first, those that mail is filed in, and INBOX; and those that a
// person may want to be observed too: what is beyond [maxFiled], and what other
// people own.
//
// Left out is also what was neither sent nor read (drafts, junk, trash), what is no
// mail, and views of mail that is elsewhere (\All,
// \Flagged).
func usual(list []*imap.ListData) (boxes, left []mailbox) {
	attrs := map[string][]imap.MailboxAttr{}
	for _, data := range list {
		attrs[readable(data.Mailbox)] = data.Attrs
	}
	var filed []mailbox
	seen := map[string]bool{inbox: true}
	for _, data := range list {
		if seen[data.Mailbox] || hasAttr(data.Attrs, imap.MailboxAttrNoSelect, imap.MailboxAttrNonExistent, imap.MailboxAttrRemote) {
			continue
		}
		seen[data.Mailbox] = true
		switch b := judged(data, attrs); {
		case b == nil:
		case b.theirs:
			left = append(left, *b)
		case b.sent:
			boxes = append(boxes, *b)
		case len(filed) < maxFiled:
			filed = append(filed, *b)
		default:
			left = append(left, *b)
		}
	}
	return append(append(boxes, filed...), mailbox{name: inbox}), left
}

// judged returns what a listed folder is to us, nil for nothing. What is within a
// folder is of its sort.
func judged(data *imap.ListData, attrs map[string][]imap.MailboxAttr) *mailbox {
	b := &mailbox{name: data.Mailbox, filed: true}
	within, path := "", pathOf(data)
	for i, name := range path {
		if data.Delim != 0 && i > 0 {
			within += string(data.Delim)
		}
		within += name
		marks := attrs[within]
		if i == len(path)-1 {
			marks = data.Attrs
		}
		plain := plainName(name)
		switch {
		case hasAttr(marks, imap.MailboxAttrSent), isSent(plain):
			b.sent, b.filed = true, false
		case hasAttr(marks, imap.MailboxAttrTrash, imap.MailboxAttrJunk, imap.MailboxAttrDrafts, imap.MailboxAttrAll, imap.MailboxAttrFlagged, imap.MailboxAttrImportant),
			isSetAside(plain), slices.Contains(noMailNames, plain):
			return nil
		case i == 0 && (slices.Contains(foreignNames, plain) || strings.HasPrefix(plain, "#") || strings.HasPrefix(plain, "~")):
			b.theirs = true
		}
	}
	return b
}

// pathOf returns the names of the folder and of those around it, outermost first.
func pathOf(data *imap.ListData) []string {
	called := readable(data.Mailbox)
	if data.Delim == 0 {
		return []string{called}
	}
	return strings.Split(called, string(data.Delim))
}

func hasAttr(has []imap.MailboxAttr, wanted ...imap.MailboxAttr) bool {
	return slices.ContainsFunc(has, func(a imap.MailboxAttr) bool { return slices.Contains(wanted, a) })
}

// noMailNames are folders in which programs keep other things than mail, or list
// again what is in other folders.
var noMailNames = []string{
	"contacts", "suggested contacts", "calendar", "tasks", "notes", "journal", "sync issues", "conversation history", "rss feeds", "rss subscriptions",
	"chats", "chat", "snoozed", "scheduled", "starred", "all mail", "outbox", "unsent messages", "kontakte", "kalender", "aufgaben", "notizen",
	"postausgang", "alle nachrichten", "agenda", "calendrier", "tâches", "boîte d'envoi", "tous les messages", "contactos", "calendario", "tareas",
	"notas", "bandeja de salida", "posta in uscita", "contatti", "attività", "note", "postvak uit", "contactpersonen", "taken", "notities",
}

// foreignNames are outermost folders under which servers show the mail of others.
var foreignNames = []string{
	"public", "public folders", "shared", "shared folders", "other users", "user", "öffentliche ordner", "freigegebene ordner",
	"andere benutzer", "dossiers publics", "dossiers partagés", "autres utilisateurs", "carpetas públicas", "otros usuarios", "cartelle pubbliche",
	"altri utenti", "openbare mappen", "gedeelde mappen", "andere gebruikers",
}

// leave notes which folders a person may want to be observed too, and returns how
// many of them are the account owner's. Whoever named folders left out the others.
func (m *IMAP) leave(left []mailbox) (own int) {
	if len(m.server.folders) > 0 {
		return 0
	}
	m.noting.Lock()
	defer m.noting.Unlock()
	m.left = nil
	for _, box := range left {
		m.left = append(m.left, billing.Privileged(readable(box.name)))
		if !box.theirs {
			own++
		}
	}
	return own
}

// Unobserved implements [capture.Chooser].
func (m *IMAP) Unobserved() []billing.Privileged {
	m.noting.Lock()
	defer m.noting.Unlock()
	return slices.Clone(m.left)
}

// copied reports whether o is of a message that was sent, and observed as that in
// a folder of sent mail: a copy elsewhere was not received too.
func (m *IMAP) copied(o billing.Observation, box mailbox) bool {
	id, received := strings.CutPrefix(o.ExternalID, string(billing.KindMailReceived))
	m.noting.Lock()
	defer m.noting.Unlock()
	if box.sent {
		if m.sent == nil {
			m.sent = map[string]bool{}
		}
		m.sent[strings.TrimPrefix(o.ExternalID, string(billing.KindMailSent))] = true
	}
	return !box.sent && received && m.sent[id]
}

// named returns the folder that a person calls name, with slashes where the
// server may have other separators. A server need not list all that it has.
func named(list []*imap.ListData, name string) mailbox {
	if strings.EqualFold(name, inbox) {
		return mailbox{name: inbox}
	}
	for _, data := range list {
		called := readable(data.Mailbox)
		slashed := called
		if data.Delim != 0 {
			slashed = strings.ReplaceAll(slashed, string(data.Delim), "/")
		}
		if name == called || name == slashed {
			return mailbox{name: data.Mailbox, sent: hasAttr(data.Attrs, imap.MailboxAttrSent) || isSent(leafName(called, data.Delim))}
		}
	}
	return mailbox{name: name, sent: isSent(leafName(name, '/'))}
}

func leafName(name string, delim rune) string {
	if delim == 0 {
		return name
	}
	return name[strings.LastIndex(name, string(delim))+1:]
}
