package calendar

import "net/http"

// SetTransport puts rt in place of the network.
func SetTransport(s *Source, rt http.RoundTripper) { s.client.Transport = rt }
