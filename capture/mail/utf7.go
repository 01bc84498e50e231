package mail

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
)

// decodeFolderName undoes the modified UTF-7 in which folders are named on
// disk and by older IMAP servers (RFC 3501 section 5.1.3). What is not valid is
// returned as it is: it is then a name in plain UTF-8.
func decodeFolderName(name string) string { return decodeUTF7(name, '&') }

// decodeUTF7 decodes UTF-7 whose shifted runs begin with shift: '+' (RFC 2152),
// or '&', where "," stands for "/". It returns s as it is when a run is not
// valid.
func decodeUTF7(s string, shift byte) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != shift {
			out.WriteByte(s[i])
			continue
		}
		start := i + 1
		for i++; i < len(s) && inRun(s[i]); i++ {
		}
		run := s[start:i]
		closed := i < len(s) && s[i] == '-'
		if run == "" && closed {
			out.WriteByte(shift)
			continue
		}
		text, ok := decodeRun(run)
		if !ok || shift == '&' && !closed {
			return s
		}
		out.WriteString(text)
		if !closed {
			i-- // what ended the run is text
		}
	}
	return out.String()
}

func inRun(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == ','
}

// decodeRun decodes UTF-16 in base64.
func decodeRun(run string) (string, bool) {
	b, err := base64.RawStdEncoding.DecodeString(strings.ReplaceAll(run, ",", "/"))
	if err != nil || len(b)%2 != 0 || len(b) == 0 {
		return "", false
	}
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i < len(b); i += 2 {
		units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return string(utf16.Decode(units)), true
}

// encodeFolderName returns name in modified UTF-7.
func encodeFolderName(name string) string {
	var out strings.Builder
	for name != "" {
		if c := name[0]; c >= ' ' && c <= '~' {
			out.WriteByte(c)
			if c == '&' {
				out.WriteByte('-')
			}
			name = name[1:]
			continue
		}
		end := strings.IndexFunc(name, func(r rune) bool { return r >= ' ' && r <= '~' })
		if end < 0 {
			end = len(name)
		}
		var run []byte
		for _, unit := range utf16.Encode([]rune(name[:end])) {
			run = append(run, byte(unit>>8), byte(unit))
		}
		out.WriteString("&" + strings.ReplaceAll(base64.RawStdEncoding.EncodeToString(run), "/", ",") + "-")
		name = name[end:]
	}
	return out.String()
}
