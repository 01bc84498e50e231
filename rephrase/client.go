// Package rephrase asks a language model to put typed facts into one sentence,
// over the chat completions that Ollama, llama.cpp, vLLM, LM Studio and others
// share with OpenAI. It must not know what the facts mean, whether the answer may
// be used, or who asks: it carries one question and one answer.
package rephrase

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/tenths/tenths/billing"
)

// DefaultURL is where Ollama serves this interface.
const DefaultURL = "http://127.0.0.1:11434/v1"

const (
	mostAnswer = 64 << 10         // bytes read of a response
	mostTokens = 512              // that the model may write; some think aloud first
	patience   = 60 * time.Second // where the context sets no nearer deadline
)

// Config says which model is asked, and where.
type Config struct {
	URL   string // of the interface, as [DefaultURL]
	Model string
	Key   string // bearer token, "" for none
	// Remote allows an address that is not this machine's. Without it no other
	// is ever dialled, whatever the name in the URL leads to.
	Remote bool
}

// Client asks one model.
type Client struct {
	cfg  Config
	at   string // where questions are posted
	http *http.Client
}

// New returns a client; it does not reach out yet.
func New(cfg Config) (*Client, error) {
	u, err := ParseURL(cfg.URL)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(cfg.Model) == "" {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "say which language model: --name llama3.2, or another that you have"}
	}
	if !cfg.Remote && !Local(u) {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: u.Host + " is not this machine"}
	}
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	transport := &http.Transport{DialContext: dialer.DialContext, MaxIdleConns: 1, IdleConnTimeout: 30 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second, MaxResponseHeaderBytes: 64 << 10, ForceAttemptHTTP2: true}
	if cfg.Remote && !Local(u) {
		transport.Proxy = http.ProxyFromEnvironment
	} else {
		dialer.Control = onlyLoopback
	}
	return &Client{cfg: cfg, at: u.JoinPath("chat/completions").String(), http: &http.Client{
		Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // the facts go to nobody else
		},
	}}, nil
}

// ParseURL reads where a model is; "" is [DefaultURL].
func ParseURL(s string) (*url.URL, error) {
	if s = strings.TrimSpace(s); s == "" {
		s = DefaultURL
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, &billing.Error{Kind: billing.Invalid, Err: err,
			Msg: "write where the language model is as " + DefaultURL + ", without a password in it"}
	}
	return u, nil
}

// Local reports whether u names this machine.
func Local(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.Unmap().IsLoopback() && ip.Zone() == ""
}

// onlyLoopback refuses a connection to any other machine, after names were
// looked up.
func onlyLoopback(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !at.Addr().Unmap().IsLoopback() {
		return errElsewhere
	}
	return nil
}

var errElsewhere = errors.New("the address is not on this machine")

// Close lets go of connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// instructions are what the model is told to do. They help it to answer so that
// the answer can be used; nothing rests on its obeying.
const instructions = `You word time entries of a law firm. You are given facts as JSON: clauses, in order. Answer with one sentence that says exactly these facts.
Rules: begin each clause with one of its "verbs"; then what it was on, then its "direction" and its parties; then "enclosing" and what was enclosed; then "regarding" and what it was about. Set clauses off with a semicolon. Use every item, in the same words and the same capitals. You may change the tense of the verb, add articles, choose another of the verbs, and say concerning or about for regarding. Add nothing: no name, number, date, document, act, adjective, reason or result. No first person, no quotes, no formatting, no explanation. Answer with the sentence alone.`

// message is one turn of a conversation.
type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// Rephrase asks the model to word facts, which are JSON, and returns what it
// said, without the thinking that some models put before it. An answer that is
// no answer is [billing.Invalid]; ask about something else. Any other error is
// about the model: there is no use in asking on. No error holds any of the text.
func (c *Client) Rephrase(ctx context.Context, facts billing.Privileged) (billing.Privileged, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	body, err := json.Marshal(map[string]any{
		"model": c.cfg.Model, "temperature": 0, "stream": false, "max_tokens": mostTokens,
		"messages": []message{{"system", instructions}, {"user", facts.Reveal()}},
	})
	if err != nil {
		return "", &billing.Error{Kind: billing.Internal, Msg: "the facts cannot be written", Err: err}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.at, bytes.NewReader(body))
	if err != nil {
		return "", &billing.Error{Kind: billing.Internal, Msg: "the language model cannot be asked", Err: err}
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Tenths")
	if c.cfg.Key != "" {
		req.Header.Set("Authorization", "Bearer "+c.cfg.Key)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return "", c.unreachable(ctx, err)
	}
	defer res.Body.Close()
	if err := c.refused(res.StatusCode); err != nil {
		return "", err
	}
	raw, err := io.ReadAll(io.LimitReader(res.Body, mostAnswer+1))
	if err != nil {
		return "", c.unreachable(ctx, err)
	}
	return answerOf(raw)
}

// answerOf reads a response.
func answerOf(raw []byte) (billing.Privileged, error) {
	unreadable := func(cause error) error {
		return &billing.Error{Kind: billing.Invalid, Msg: "the language model's answer cannot be read", Err: cause}
	}
	if len(raw) > mostAnswer {
		return "", unreadable(errors.New("longer than 64 KiB"))
	}
	var res struct {
		Choices []struct {
			Message struct{ Content string }
			Reason  string `json:"finish_reason"`
		}
	}
	if err := json.Unmarshal(raw, &res); err != nil {
		return "", unreadable(errors.New("not the JSON of chat completions")) // the decoder's error may quote the text
	}
	if len(res.Choices) != 1 || res.Choices[0].Reason == "length" {
		return "", unreadable(errors.New("not one whole choice"))
	}
	text := strings.TrimSpace(res.Choices[0].Message.Content)
	if strings.HasPrefix(text, "<think>") {
		_, text, _ = strings.Cut(text, "</think>")
	}
	return billing.Privileged(strings.TrimSpace(text)), nil
}

// unreachable explains a request that was not answered. The cause is kept
// without the request's text, which it never holds.
func (c *Client) unreachable(ctx context.Context, cause error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	e := &billing.Error{Kind: billing.Unreachable, Err: cause, Msg: "the language model at " + c.cfg.host() + " does not answer; start it, or turn it off with tenths model off"}
	if errors.Is(cause, errElsewhere) {
		e.Kind, e.Msg = billing.Invalid, c.cfg.host()+" leads to another machine; nothing was sent"
	} else if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		e.Err, e.Msg = context.DeadlineExceeded, "the language model at "+c.cfg.host()+" takes too long to answer; a smaller model may be fast enough"
	}
	return e
}

// refused explains a status that is no answer.
func (c *Client) refused(status int) error {
	at := "the language model at " + c.cfg.host()
	switch {
	case status == http.StatusOK:
		return nil
	case status >= 300 && status < 400:
		return &billing.Error{Kind: billing.Unauthorized, Msg: at + " sends questions elsewhere, which Tenths does not follow; give the address itself"}
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return &billing.Error{Kind: billing.Unauthorized, Msg: at + " wants a valid key; give it with tenths model use --key-stdin"}
	case status == http.StatusNotFound:
		return &billing.Error{Kind: billing.NotFound, Msg: at + " has no model " + c.cfg.Model + ", or is no such interface; with Ollama, ollama pull " + c.cfg.Model}
	case status == http.StatusTooManyRequests, status >= 500:
		return &billing.Error{Kind: billing.Unreachable, Msg: at + " is busy or has failed (" + http.StatusText(status) + "); it is asked again later"}
	}
	return &billing.Error{Kind: billing.Unauthorized, Msg: at + " refuses the question (" + http.StatusText(status) + ")"}
}

func (c Config) host() string {
	u, err := ParseURL(c.URL)
	if err != nil {
		return "its address"
	}
	return u.Host
}
