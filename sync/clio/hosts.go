package clio

import (
	"net/url"
	"strings"

	"github.com/tenths/tenths/billing"
)

// regions are Clio's data regions: a firm's account, its tokens and its
// application registration live in exactly one.
var regions = map[string]string{
	"us": "https://app.clio.com",
	"eu": "https://eu.app.clio.com",
	"ca": "https://ca.app.clio.com",
	"au": "https://au.app.clio.com",
}

const apiPath = "/api/v4"

// ParseURL reads where Clio is: a region (us, eu, ca, au), one of Clio's hosts,
// or any other http or https address. An address of clio.com without a path
// gets "/api/v4"; any other is taken as it is, and [Client.Pace] tries it with
// "/api/v4" added where it does not answer by itself.
func ParseURL(s string) (*url.URL, error) {
	s = strings.TrimSpace(s)
	if host, ok := regions[strings.ToLower(s)]; ok {
		s = host
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return nil, &billing.Error{Kind: billing.Invalid, Err: err,
			Msg: "That is not an address of Clio. Give your region (us, eu, ca or au), or an address such as https://app.clio.com."}
	}
	u.Path = strings.TrimRight(u.Path, "/")
	u.RawPath = ""
	host := strings.ToLower(u.Hostname())
	isClio := host == "clio.com" || strings.HasSuffix(host, ".clio.com")
	if isClio && u.Scheme != "https" {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "Clio is reached over https only; write https://" + u.Host + "."}
	}
	if isClio && u.Path == "" {
		u.Path = apiPath
	}
	return u, nil
}
