package sample

import (
	"bytes"
	"fmt"
	"strings"
)

// The page of a PDF, in points.
const (
	pageWidth, pageHeight = 612, 792
	pageMargin            = 72
	lineHeight            = 16
	lineLength            = 82 // characters of 11-point Times that fit
	pageLines             = (pageHeight - 2*pageMargin) / lineHeight
)

// pdf returns d as a PDF 1.4 file set in Times (ISO 32000-1, 7.5).
func pdf(d paper) []byte {
	lines := append(wrapped(d.title), "")
	for _, p := range d.paragraphs {
		lines = append(append(lines, wrapped(p)...), "")
	}
	pages := (len(lines) + pageLines - 1) / pageLines
	// Objects 1 to 3 are the catalogue, the page tree and the font; each page
	// is then an object followed by its contents.
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
	}
	var kids []string
	for n := range pages {
		page := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", page))
		content := pageContent(lines[n*pageLines : min(len(lines), (n+1)*pageLines)])
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", pageWidth, pageHeight, page+1),
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", pages, strings.Join(kids, " "))

	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, at := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes()
}

func pageContent(lines []string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "BT /F1 11 Tf %d TL %d %d Td\n", lineHeight, pageMargin, pageHeight-pageMargin)
	for _, l := range lines {
		fmt.Fprintf(&out, "(%s) Tj T*\n", pdfText(l))
	}
	out.WriteString("ET")
	return out.String()
}

// wrapped breaks a paragraph into lines between its words.
func wrapped(paragraph string) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(paragraph) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > lineLength {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

// pdfText returns s as the inside of a PDF string in WinAnsiEncoding.
func pdfText(s string) string {
	var out strings.Builder
	for _, r := range s {
		switch {
		case r == '(' || r == ')' || r == '\\':
			out.WriteString(`\` + string(r))
		case r < 0x80:
			out.WriteRune(r)
		case r == '–':
			out.WriteString(`\226`)
		case r == '—':
			out.WriteString(`\227`)
		case r == '’':
			out.WriteString(`\222`)
		case r == '“':
			out.WriteString(`\223`)
		case r == '”':
			out.WriteString(`\224`)
		case r >= 0xa0 && r <= 0xff:
			fmt.Fprintf(&out, `\%03o`, r)
		default:
			out.WriteByte('?')
		}
	}
	return out.String()
}
