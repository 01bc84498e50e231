package mail

import (
	"path"
	"strings"
)

// leaf is a part of a message that is not made of parts, whether its bytes or
// a server's account of it were read.
type leaf struct {
	kind        mediaType
	disposition mediaType
	id          string // Content-ID
	related     bool   // within multipart/related
	fallback    string // a name where it has none
}

// text reports whether l is what the author wrote, not an attached file.
func (l leaf) text() bool {
	return (l.kind.value == "text/plain" || l.kind.value == "text/html") && l.disposition.value != "attachment" && l.name() == ""
}

func (l leaf) calendar() bool {
	return l.kind.value == "text/calendar" || l.kind.value == "application/ics"
}

// name returns the file name of l, without folders, or "".
func (l leaf) name() string {
	name := l.disposition.param("filename")
	if name == "" {
		name = l.kind.param("name")
	}
	if i := strings.LastIndexAny(name, `/\`); i >= 0 && i < len(name)-1 {
		name = path.Clean(name[i+1:])
	}
	return name
}

// attachment returns the name of what l attaches, or its media type where it
// has none. Pictures shown within the text, further texts and cryptographic
// signatures are nothing that a person attached.
func (l leaf) attachment() (string, bool) {
	name := l.name()
	inline := l.disposition.value != "attachment"
	switch {
	case strings.HasSuffix(l.kind.value, "-signature"):
		return "", false
	case inline && l.id != "" && l.related && strings.HasPrefix(l.kind.value, "image/"):
		return "", false
	case name != "":
		return name, true
	case l.fallback != "":
		return l.fallback, true
	case !inline, l.kind.value == "message/rfc822",
		strings.HasPrefix(l.kind.value, "application/") && !l.related && l.kind.value != "application/pgp-encrypted":
		return l.kind.value, true
	}
	return "", false
}

// enclosing is the multipart that a part is in, as far as it has been read; its
// zero value is the message itself.
type enclosing struct {
	kind        string // subtype: "mixed", "alternative", …
	alternative bool   // it is within multipart/alternative, at any depth
	parts       int    // read
}

func (in *enclosing) enter(kind string) *enclosing {
	return &enclosing{kind: kind, alternative: in.alternative || kind == "alternative"}
}

// beside reports whether l is listed beside the text of a message, by the
// reading of RFC 2045 and 2183 that RFC 8621 section 4.1.4 spells out: whatever
// is no text, and text that is attached, that has a name or is related to
// another part without being the first in its multipart.
//
// This counts parts. What a person attached is [leaf.attachment].
func (l leaf) beside(in *enclosing) bool {
	if l.kind.value != "text/plain" && l.kind.value != "text/html" || l.disposition.value == "attachment" {
		return true
	}
	return in.parts > 1 && (in.kind == "related" || l.name() != "")
}
