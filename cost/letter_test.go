//go:build linux

package cost

import (
	"fmt"
	"strings"
	"time"
)

// letter returns the n-th message of a lawyer's mailbox: of three, one is plain,
// one has an HTML version, one a PDF; all have the header that servers add.
func letter(n int) []byte {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).Add(time.Duration(n) * 17 * time.Minute).Format(time.RFC1123Z)
	var m strings.Builder
	for hop := range 4 {
		fmt.Fprintf(&m, "Received: from relay%d.example (relay%d.example [192.0.2.%d])\r\n\tby mx%d.firm.example (Postfix) with ESMTPS id %08X\r\n\tfor <ana@firm.example>; %s\r\n", hop, hop, hop+1, hop, n*7+hop, at)
	}
	fmt.Fprintf(&m, "DKIM-Signature: v=1; a=rsa-sha256; d=rivera.example; s=mail; b=%s\r\n", strings.Repeat("QUJD", 80))
	fmt.Fprintf(&m, "Message-ID: <letter-%d@rivera.example>\r\n", n)
	if n%3 != 0 {
		fmt.Fprintf(&m, "In-Reply-To: <letter-%d@rivera.example>\r\nReferences: <letter-%d@rivera.example> <letter-%d@rivera.example>\r\n", n-1, n-n%3, n-1)
	}
	fmt.Fprintf(&m, "Date: %s\r\nFrom: Luz Rivera <luz%d@rivera.example>\r\nTo: Ana Lin <ana@firm.example>, Bo Ek <bo%d@firm.example>\r\n"+
		"Subject: Re: Rivera v. Lin, the deposition of witness %d\r\nMIME-Version: 1.0\r\n", at, n%40, n%11, n/3)
	text := strings.Repeat("Please call me about the deposition before we serve the notice.\r\n", 12)
	switch n % 3 {
	case 0:
		m.WriteString("Content-Type: text/plain; charset=utf-8\r\n\r\n" + text)
	case 1:
		m.WriteString("Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n" + text +
			"\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>" + text + "</p>\r\n--b--\r\n")
	case 2:
		fmt.Fprintf(&m, "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n%s\r\n--b\r\nContent-Type: application/pdf\r\n"+
			"Content-Disposition: attachment; filename=\"motion %d.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n--b--\r\n", text, n, strings.Repeat(strings.Repeat("QUJD", 18)+"\r\n", 60))
	}
	return []byte(m.String())
}
