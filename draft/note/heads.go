package note

import "strings"

// talkHeads are the ways of more than one word to say how people communicated.
var talkHeads = headTable(map[int]string{
	byCall: `on the phone; on phone; on a call; on the line; by phone; spoke by phone; spoke on the phone; talked on the phone; talking on the phone; got on the phone;
		conference call; conference calls; conf call; phone call; phone calls; phone conference; phone conf; phone conversation; telephone conference;
		telephone conferences; telephone call; telephone calls; telephone conf; tel conf; tele conference; tel call; teleconference call; made a call; held a call; had a call;
		meet and confer call`,
	byVideo: `zoom call; zoom meeting; zoom conference; video call; video conference; video meeting; teams call; teams meeting; zoomed`,
	byMail: `exchanged emails; exchange emails; exchanging emails; exchanged e - mails; exchange of emails; exchanged messages; exchanged correspondence; exchange correspondence;
		email exchange; email exchanges; email chain; email thread; email correspondence; emails back and forth; e - mail; e - mailed; e - mails;
		sent an email; sent email; sent emails; sent a quick email; sending an email; send email; sent a letter; wrote an email`,
	byText:    `sent a text; text message; text messages`,
	byMeeting: `sat down; sitting down; caught up`,
})

type talkHead struct {
	run  []string
	kind int
}

func headTable(text map[int]string) []talkHead {
	var out []talkHead
	for kind, list := range text {
		for _, run := range strings.Split(list, ";") {
			out = append(out, talkHead{strings.Fields(run), kind})
		}
	}
	return out
}
