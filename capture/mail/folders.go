package mail

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// folder is a folder of a Maildir.
type folder struct {
	name string // relative to the Maildir, "" for itself
	path string
	sent bool
}

// folders returns the Maildir's folders, itself first, without those that hold
// no mail that was sent or read.
func (m *Maildir) folders() ([]folder, error) {
	entries, err := os.ReadDir(m.root)
	if err != nil {
		return nil, unreadable(err)
	}
	var out []folder
	if isFolder(m.root) {
		out = append(out, folder{"", m.root, isSent(filepath.Base(m.root))})
	}
	for _, e := range entries {
		path := filepath.Join(m.root, e.Name())
		switch e.Name() {
		case "cur", "new", "tmp":
			continue
		}
		leaf := e.Name()
		if i := strings.LastIndexByte(leaf, '.'); i >= 0 && strings.HasPrefix(leaf, ".") {
			leaf = leaf[i+1:] // Maildir++: ".Sent.2026" is 2026 in Sent
		}
		if isFolder(path) && !isSetAside(e.Name()) && !isSetAside(leaf) {
			out = append(out, folder{e.Name(), path, isSent(leaf) || isSent(firstName(e.Name()))})
		}
	}
	if len(out) == 0 {
		return nil, &billing.Error{Kind: billing.NotFound,
			Msg: "the folder holds no mail: a Maildir has the folders cur and new in it, or subfolders that do; check the path of this source"}
	}
	return out, nil
}

// firstName returns the outermost folder in a Maildir++ name.
func firstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(name, "."), ".")
	return first
}

func isFolder(path string) bool {
	info, err := os.Stat(filepath.Join(path, "cur"))
	return err == nil && info.IsDir()
}

// folderTime returns the later of the times of new and cur, which change when
// a file comes or goes.
func folderTime(path string) (time.Time, error) {
	var latest time.Time
	for _, sub := range []string{"new", "cur"} {
		info, err := os.Stat(filepath.Join(path, sub))
		if err != nil && !os.IsNotExist(err) {
			return latest, unreadable(err)
		}
		if err == nil && info.ModTime().After(latest) {
			latest = info.ModTime()
		}
	}
	return latest, nil
}

// sentNames are what programs and providers call the folder of sent mail, in
// lower case.
var sentNames = []string{
	"sent", "sent items", "sent messages", "sent mail", "sent-mail", "sent_mail", "sentmail", "outbox sent",
	"gesendet", "gesendete elemente", "gesendete objekte", "gesendete nachrichten", "postausgang gesendet",
	"éléments envoyés", "elements envoyes", "envoyés", "messages envoyés", "objets envoyés",
	"enviados", "elementos enviados", "mensajes enviados", "correo enviado", "itens enviados", "e-mails enviados",
	"inviata", "posta inviata", "elementi inviati", "inviati",
	"verzonden", "verzonden items", "verzonden berichten", "verzonden objecten",
	"skickat", "skickade objekt", "sendt", "sendte elementer", "sendt post", "lähetetyt", "lähetetyt viestit",
	"wysłane", "elementy wysłane", "odeslané", "odeslaná pošta", "отправленные", "надіслані", "gönderilmiş öğeler",
	"送信済み", "送信済みアイテム", "已发送", "已发送邮件", "寄件備份", "보낸 편지함",
}

// setAsideNames are folders of mail that was neither sent nor read.
var setAsideNames = []string{
	"drafts", "draft", "templates", "entwürfe", "vorlagen", "brouillons", "modèles", "borradores", "bozze", "concepten", "rascunhos",
	"junk", "junk e-mail", "junk email", "spam", "bulk mail", "spamverdacht", "courrier indésirable", "correo no deseado",
	"posta indesiderata", "ongewenste e-mail", "trash", "deleted items", "deleted messages", "bin", "papierkorb", "gelöschte elemente",
	"corbeille", "éléments supprimés", "papelera", "elementos eliminados", "cestino", "posta eliminata", "prullenbak", "lixeira", "outbox",
	"deleted", "junk mail", "junk-e-mail", "junk-mail", "spam-verdacht", "unerwünscht", "unerwünschte werbung", "quarantine", "indésirables", "pourriels",
	"verwijderde items", "itens excluídos", "lixo eletrônico", "lixo eletrónico", "utkast", "papperskorg", "skräppost", "kladder", "papirkurv",
	"uønsket post", "luonnokset", "roskaposti", "roskakori", "kosz", "wersje robocze", "robocze", "koncepty", "koš", "nevyžádaná pošta",
	"черновики", "спам", "корзина", "удаленные", "удалённые", "ごみ箱", "下書き", "迷惑メール", "草稿", "草稿箱", "垃圾邮件", "垃圾郵件", "已删除邮件",
}

// isSent reports whether a folder's name, without those around it, says that it
// holds sent mail.
func isSent(name string) bool { return slices.Contains(sentNames, plainName(name)) }

func isSetAside(name string) bool {
	name = plainName(name)
	return slices.Contains(setAsideNames, name) || draftNames[name] || rejectedNames[name]
}

func plainName(name string) string {
	return strings.ToLower(strings.TrimSpace(strings.TrimPrefix(decodeFolderName(name), ".")))
}

// existing returns the path where, made absolute, if there is a folder or, when
// dir is false, a file. A path that leads nowhere now may do so later (a drive
// that is not there yet), so only the wrong sort is refused.
func existing(where billing.Privileged, dir bool) (string, error) {
	if where.Reveal() == "" {
		return "", &billing.Error{Kind: billing.Invalid, Msg: "a mail source needs the path of the mail"}
	}
	path, err := filepath.Abs(where.Reveal())
	if err != nil {
		return "", &billing.Error{Kind: billing.Invalid, Msg: "the path of the mail cannot be used", Err: bare(err)}
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() != dir {
		msg := "that path is a file; a Maildir is a folder. For a file of mail add an mbox source"
		if !dir {
			msg = "that path is a folder; an mbox is a file. For a folder of mail add a maildir source"
		}
		return "", &billing.Error{Kind: billing.Invalid, Msg: msg}
	}
	return path, nil
}

// unreadable returns err as an error for the person.
func unreadable(err error) error {
	msg := "the mail cannot be read just now; check that its folder is there and may be read"
	if errors.Is(err, os.ErrNotExist) {
		msg = "the mail is not where it was; check the path of this source, and that its drive is there"
	}
	return &billing.Error{Kind: billing.Unreachable, Msg: msg, Err: bare(err)}
}
