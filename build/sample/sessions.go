package sample

// session is one sitting with a document.
type session struct {
	day      int    // working days from the day to look at
	from, to string // opened, and last saved (or closed, when nothing was saved)
	path     string // under documents
	saves    int    // 0 for a document that was only read
	program  program
	export   string // a PDF made of it a minute after the last save
}

// program is what a document was edited with; they save in different ways.
type program int

const (
	writer program = iota // LibreOffice Writer
	word                  // Microsoft Word
)

// Documents that more than one scene names.
const (
	motion      = "Rivera v Acme/motion to compel production v3.docx"
	confer      = "Rivera v Acme/meet and confer log.odt"
	privilege   = "Rivera v Acme/Acme privilege log.odt"
	prepOutline = "Rivera v Acme/deposition outline - Elena Rivera.docx"
	replyBrief  = "Hollis Estate/reply brief on objections.odt"
	replyPDF    = "Hollis Estate/reply brief on objections.pdf"
	decree      = "Hollis Estate/proposed decree settling account.docx"
	leaseRed    = "Marrow Street/412 Marrow lease redline.docx"
	holdover    = "Marrow Street/holdover hearing notes.odt"
	response    = "Northgate Coverage/response to reservation of rights.docx"
	position    = "Okafor v Brightline/mediation position statement.docx"
	vendor      = "Lumen Valley/vendor agreement redline.docx"
	declaration = "Diallo/declaration of Amadou Diallo.odt"
	prebills    = "Firm/pre-bills worksheet.odt"
	scan        = "Inbox/scan 0012.pdf"
	notes       = "Inbox/notes on lease and vendor agreement.odt"
)

var sessions = []session{
	{day: -8, from: "10:05", to: "11:10", path: "Rivera v Acme/motion to compel production v1.docx", saves: 7, program: word},
	{day: -5, from: "13:20", to: "14:40", path: "Rivera v Acme/motion to compel production v2.docx", saves: 8, program: word},
	{day: -5, from: "15:10", to: "15:52", path: position, saves: 4, program: word},

	{day: -4, from: "08:50", to: "10:12", path: response, saves: 8, program: word},
	{day: -4, from: "13:10", to: "14:38", path: declaration, saves: 9},
	{day: -4, from: "16:10", to: "16:48", path: vendor, saves: 4, program: word},

	{day: -3, from: "09:10", to: "10:55", path: replyBrief, saves: 10},
	{day: -3, from: "11:15", to: "12:02", path: leaseRed, saves: 5, program: word},
	{day: -3, from: "15:00", to: "16:20", path: position, saves: 8, program: word},

	{day: -2, from: "08:25", to: "09:02", path: holdover, saves: 4},
	{day: -2, from: "11:10", to: "12:20", path: replyBrief, saves: 7},
	{day: -2, from: "13:30", to: "15:05", path: prepOutline, saves: 9, program: word},
	{day: -2, from: "15:50", to: "16:15", path: privilege},

	{day: -1, from: "08:30", to: "09:45", path: replyBrief, saves: 7},
	{day: -1, from: "10:15", to: "11:40", path: motion, saves: 8, program: word},
	{day: -1, from: "14:45", to: "15:30", path: declaration, saves: 4},
	{day: -1, from: "17:02", to: "17:15", path: confer, saves: 2},

	{from: "08:10", to: "08:33", path: prebills, saves: 3},
	{from: "08:40", to: "08:58", path: confer, saves: 2},
	{from: "09:34", to: "10:00", path: privilege},
	{from: "10:02", to: "11:14", path: motion, saves: 7, program: word},
	{from: "11:32", to: "11:55", path: leaseRed, saves: 3, program: word},
	{from: "13:00", to: "14:36", path: replyBrief, saves: 9, export: replyPDF},
	{from: "14:46", to: "14:58", path: decree, saves: 2, program: word},
	{from: "15:35", to: "15:44", path: position, saves: 1, program: word},
	{from: "15:46", to: "16:10", path: response, saves: 3, program: word},
	{from: "16:49", to: "17:01", path: notes, saves: 2},
	{from: "17:06", to: "17:34", path: vendor, saves: 3, program: word},
}

// arrivals are files that came from elsewhere: a scanner, a court, the other
// side. Nobody sat with them.
var arrivals = []struct {
	day  int
	at   string
	path string
}{
	{-9, "11:20", "Rivera v Acme/complaint.pdf"},
	{-9, "11:21", "Rivera v Acme/Acme responses to first requests.pdf"},
	{-8, "15:02", "Hollis Estate/objections to accounting.pdf"},
	{-7, "09:40", "Northgate Coverage/reservation of rights letter.pdf"},
	{-6, "16:11", "Marrow Street/412 Marrow lease 2019.pdf"},
	{-1, "16:51", scan},
}
