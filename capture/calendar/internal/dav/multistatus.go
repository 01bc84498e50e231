package dav

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Answer is a multistatus (RFC 4918 section 13).
type Answer struct {
	Responses []Response
	SyncToken string // RFC 6578 section 6.4; "" where there is none
}

// Response is what an answer says of one resource. Of its properties, those
// that the server has (status 200) are filled in.
type Response struct {
	Href   string // as the server wrote it
	Status int    // of the whole resource; 0 where only its properties have one

	ETag    string
	Data    string // calendar-data
	HasData bool

	SyncToken, CTag      string
	Calendar, Collection bool     // resource types
	Components           []string // supported-calendar-component-set, upper-case; nil where it is not told
	Principal            string   // href of current-user-principal
	Homes                []string // hrefs of calendar-home-set
	Addresses            []string // hrefs of calendar-user-address-set
}

// Gone reports whether the server says that the resource is not there.
func (r *Response) Gone() bool { return r.Status == 404 || r.Status == 410 }

var (
	// ErrMalformed is an answer that is no multistatus.
	ErrMalformed = errors.New("the answer is not a WebDAV multistatus")
	// ErrTooLarge is an answer beyond the limit.
	ErrTooLarge = errors.New("the answer is too large")
)

// Parse reads a multistatus of at most limit bytes. It never returns part of
// one: an answer that breaks off must not look like one that lists less.
func Parse(r io.Reader, limit int64) (*Answer, error) {
	limited := &io.LimitedReader{R: r, N: limit + 1}
	decoder := xml.NewDecoder(limited)
	var m multistatus
	err := decoder.Decode(&m)
	switch {
	case limited.N <= 0:
		return nil, ErrTooLarge
	case err == nil:
		return m.answer(), nil
	case errors.Is(err, io.EOF) || isSyntax(err):
		return nil, fmt.Errorf("%w: %w", ErrMalformed, withoutText(err))
	}
	return nil, err // of the connection
}

// withoutText keeps the place of a mistake and leaves out what stands there.
func withoutText(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("line %d", syntax.Line)
	}
	return io.ErrUnexpectedEOF
}

// isSyntax reports whether err is the decoder's own word rather than the
// connection's, which it passes on as it is.
func isSyntax(err error) bool {
	var syntax *xml.SyntaxError
	var shape xml.UnmarshalError
	return errors.As(err, &syntax) || errors.As(err, &shape) || strings.HasPrefix(err.Error(), "xml: ")
}

type multistatus struct {
	XMLName   xml.Name   `xml:"DAV: multistatus"`
	Responses []response `xml:"DAV: response"`
	SyncToken string     `xml:"DAV: sync-token"`
}

type response struct {
	Hrefs     []string   `xml:"DAV: href"`
	Status    string     `xml:"DAV: status"`
	Propstats []propstat `xml:"DAV: propstat"`
}

type propstat struct {
	Status string `xml:"DAV: status"`
	Prop   prop   `xml:"DAV: prop"`
}

type prop struct {
	ETag      string  `xml:"DAV: getetag"`
	Data      *string `xml:"urn:ietf:params:xml:ns:caldav calendar-data"`
	SyncToken string  `xml:"DAV: sync-token"`
	CTag      string  `xml:"http://calendarserver.org/ns/ getctag"`
	Type      *struct {
		Calendar   *struct{} `xml:"urn:ietf:params:xml:ns:caldav calendar"`
		Collection *struct{} `xml:"DAV: collection"`
	} `xml:"DAV: resourcetype"`
	Components *struct {
		Comp []struct {
			Name string `xml:"name,attr"`
		} `xml:"urn:ietf:params:xml:ns:caldav comp"`
	} `xml:"urn:ietf:params:xml:ns:caldav supported-calendar-component-set"`
	Principal hrefs `xml:"DAV: current-user-principal"`
	Homes     hrefs `xml:"urn:ietf:params:xml:ns:caldav calendar-home-set"`
	Addresses hrefs `xml:"urn:ietf:params:xml:ns:caldav calendar-user-address-set"`
}

type hrefs struct {
	List []string `xml:"DAV: href"`
}

func (m *multistatus) answer() *Answer {
	out := &Answer{SyncToken: strings.TrimSpace(m.SyncToken)}
	for i := range m.Responses {
		r := &m.Responses[i]
		read := Response{Status: statusCode(r.Status)}
		for j := range r.Propstats {
			if p := &r.Propstats[j]; p.Status == "" || statusCode(p.Status) == 200 {
				read.fill(&p.Prop)
			}
		}
		for _, href := range r.Hrefs { // several may share one status
			read.Href = strings.TrimSpace(href)
			out.Responses = append(out.Responses, read)
		}
	}
	return out
}

func (r *Response) fill(p *prop) {
	set := func(to *string, value string) {
		if value = strings.TrimSpace(value); value != "" {
			*to = value
		}
	}
	set(&r.ETag, p.ETag)
	set(&r.SyncToken, p.SyncToken)
	set(&r.CTag, p.CTag)
	if p.Data != nil {
		r.Data, r.HasData = *p.Data, true
	}
	if p.Type != nil {
		r.Calendar = r.Calendar || p.Type.Calendar != nil
		r.Collection = r.Collection || p.Type.Collection != nil
	}
	if p.Components != nil {
		for _, comp := range p.Components.Comp {
			r.Components = append(r.Components, strings.ToUpper(comp.Name))
		}
	}
	if len(p.Principal.List) > 0 {
		set(&r.Principal, p.Principal.List[0])
	}
	r.Homes = appendTrimmed(r.Homes, p.Homes.List)
	r.Addresses = appendTrimmed(r.Addresses, p.Addresses.List)
}

func appendTrimmed(to, list []string) []string {
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			to = append(to, s)
		}
	}
	return to
}

// statusCode returns the number of a line such as "HTTP/1.1 404 Not Found", 0
// where there is none.
func statusCode(line string) int {
	fields := strings.Fields(line)
	if len(fields) < 2 {
		return 0
	}
	code, err := strconv.Atoi(fields[1])
	if err != nil || code < 100 || code > 999 {
		return 0
	}
	return code
}
