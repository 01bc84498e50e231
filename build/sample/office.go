package sample

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"path"
	"strings"
)

// paper is what a document says.
type paper struct {
	title      string
	paragraphs []string
}

// render returns the bytes of the document at the path, in the format that its
// name asks for.
func render(w week, name string) []byte {
	d := paperAt(name)
	d.title = w.text(d.title)
	body := make([]string, len(d.paragraphs))
	for i, p := range d.paragraphs {
		body[i] = w.text(p)
	}
	d.paragraphs = body
	switch path.Ext(name) {
	case ".docx":
		return docx(d)
	case ".odt":
		return odt(d)
	case ".pdf":
		return pdf(d)
	}
	panic("sample: no such format: " + path.Ext(name)) // a misprint in a table
}

// part is a file within a package.
type part struct{ name, text string }

// pack returns a zip of the parts, stored in order, so that the same parts give
// the same bytes whatever the compressor's version.
func pack(parts []part) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		f, err := z.CreateRaw(rawHeader(p))
		if err == nil {
			_, err = f.Write([]byte(p.text))
		}
		if err != nil {
			panic(fmt.Errorf("sample: a buffer refused a write: %w", err))
		}
	}
	if err := z.Close(); err != nil {
		panic(fmt.Errorf("sample: a buffer refused a write: %w", err))
	}
	return out.Bytes()
}

// rawHeader describes a part that is stored as it is, sizes and checksum known
// beforehand, which every reader of OpenDocument accepts.
func rawHeader(p part) *zip.FileHeader {
	size := uint64(len(p.text))
	return &zip.FileHeader{
		Name: p.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(p.text)),
		CompressedSize64: size, UncompressedSize64: size,
	}
}

func escapedXML(s string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(s)) // a Builder takes every write
	return out.String()
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// docx returns d as a WordprocessingML package (ECMA-376) of the least parts.
func docx(d paper) []byte {
	const (
		office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		pkg    = "http://schemas.openxmlformats.org/package/2006"
		word   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	)
	var body strings.Builder
	fmt.Fprintf(&body, `<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, escapedXML(d.title))
	for _, p := range d.paragraphs {
		fmt.Fprintf(&body, "\n"+`<w:p><w:pPr><w:spacing w:after="200"/></w:pPr><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, escapedXML(p))
	}
	return pack([]part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="` + pkg + `/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + pkg + `/relationships"><Relationship Id="rId1" Type="` + office + `/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", xmlHead + `<w:document xmlns:w="` + word + `"><w:body>` + body.String() +
			`<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>`},
	})
}

// odt returns d as an OpenDocument text (ISO/IEC 26300) of the least parts; its
// mimetype comes first and stored, as the standard asks.
func odt(d paper) []byte {
	const (
		mime = "application/vnd.oasis.opendocument.text"
		ns   = "urn:oasis:names:tc:opendocument:xmlns:"
	)
	var body strings.Builder
	fmt.Fprintf(&body, `<text:h text:outline-level="1">%s</text:h>`, escapedXML(d.title))
	for _, p := range d.paragraphs {
		fmt.Fprintf(&body, "\n<text:p>%s</text:p>", escapedXML(p))
	}
	return pack([]part{
		{"mimetype", mime},
		{"content.xml", xmlHead + `<office:document-content xmlns:office="` + ns + `office:1.0" xmlns:text="` + ns + `text:1.0" office:version="1.2"><office:body><office:text>` +
			body.String() + `</office:text></office:body></office:document-content>`},
		{"META-INF/manifest.xml", xmlHead + `<manifest:manifest xmlns:manifest="` + ns + `manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="` + mime +
			`"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`},
	})
}
