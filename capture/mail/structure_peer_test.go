package mail

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/internal/peer"
)

// TestCorpusIsReadAsTheLibraryReadsIt has a server tell of every message of the
// corpus, to this package and to the client library, and compares what the two
// understand.
func TestCorpusIsReadAsTheLibraryReadsIt(t *testing.T) {
	t.Parallel()
	files, messages := corpus(t)
	d := peer.StartDovecot(t, peer.DovecotWithoutTLS())
	for _, name := range messages {
		d.Deliver(t, "INBOX", files[name])
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	m, err := NewIMAP(capture.Config{
		SourceConfig: billing.SourceConfig{Where: billing.Privileged("imap://" + d.Addr), User: billing.Privileged(d.User)},
		Password:     func(context.Context) (string, error) { return d.Password, nil },
	}, time.Now, batches(50))
	if err != nil {
		t.Fatal(err)
	}
	v := &visit{source: m, at: m.resume("")}
	defer v.leave()
	if err := v.enter(ctx); err != nil {
		t.Fatal(err)
	}
	uids, _, err := v.fresh(mailbox{name: inbox})
	if err != nil || len(uids) != len(messages) {
		t.Fatalf("%d of %d messages: %v", len(uids), len(messages), err)
	}
	ours := map[imap.UID]fetched{}
	for part := range v.parts(ctx, inbox, uids) {
		if part.err != nil {
			t.Fatal(part.err)
		}
		for _, msg := range part.messages {
			ours[msg.uid] = msg
		}
	}
	theirs, err := v.session.client.Fetch(imap.UIDSetNum(uids...), &imap.FetchOptions{UID: true, InternalDate: true, RFC822Size: true,
		BodyStructure: &imap.FetchItemBodyStructure{Extended: true}}).Collect()
	if err != nil || len(theirs) > 0 {
		t.Fatalf("the library hears %d answers through the tap: %v", len(theirs), err)
	}
	client, err := imapclient.DialInsecure(d.Addr, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Login(d.User, d.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Select(inbox, &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		t.Fatal(err)
	}
	theirs, err = client.Fetch(imap.UIDSetNum(uids...), &imap.FetchOptions{UID: true, InternalDate: true, RFC822Size: true,
		BodyStructure: &imap.FetchItemBodyStructure{Extended: true},
		BodySection:   []*imap.FetchItemBodySection{{Specifier: imap.PartSpecifierHeader, HeaderFields: headerFields, Peek: true}}}).Collect()
	if err != nil || len(theirs) != len(ours) {
		t.Fatalf("the library reads %d messages, we %d: %v", len(theirs), len(ours), err)
	}
	for _, b := range theirs {
		sameAs(t, ours[b.UID], b)
	}
}

// sameAs compares what is known of a message with what the library says of it.
func sameAs(t *testing.T, ours fetched, b *imapclient.FetchMessageBuffer) {
	t.Helper()
	var theirs message
	for _, section := range b.BodySection {
		theirs.header = parseHeader(section.Bytes)
	}
	var o outliner
	byLibrary(&o, b.BodyStructure, &enclosing{})
	if !slices.Equal(ours.header, theirs.header) || ours.size != b.RFC822Size || !ours.stored.Equal(b.InternalDate) {
		t.Errorf("message %d: header, size or date differ: %v, %v", b.UID, ours, b)
	}
	if ours.words != max(o.plain/octetsPerWord, 0) && ours.words != o.html/octetsPerHTMLWord || ours.beside != o.beside ||
		ours.invitation != o.invitation || !slices.Equal(ours.attachments, o.attachments) {
		t.Errorf("message %d: we read %+v of the structure, the library %+v", b.UID, ours.message, o)
	}
}

// byLibrary does what [outliner.part] does, with what the library read.
func byLibrary(o *outliner, structure imap.BodyStructure, in *enclosing) {
	in.parts++
	switch part := structure.(type) {
	case *imap.BodyStructureMultiPart:
		inside := in.enter(strings.ToLower(part.Subtype))
		for _, child := range part.Children {
			byLibrary(o, child, inside)
		}
	case *imap.BodyStructureSinglePart:
		l := leaf{kind: mediaType{part.MediaType(), joinContinuations(maps.Clone(part.Params))}, id: part.ID, related: in.kind == "related"}
		if d := part.Disposition(); d != nil {
			l.disposition = mediaType{strings.ToLower(d.Value), joinContinuations(maps.Clone(d.Params))}
		}
		if part.MessageRFC822 != nil && part.MessageRFC822.Envelope != nil {
			l.fallback = decodeText(part.MessageRFC822.Envelope.Subject, "")
		}
		octets := int64(part.Size)
		if strings.EqualFold(part.Encoding, "base64") {
			octets = octets / 4 * 3
		}
		o.leaf(l, octets, in)
	}
}
