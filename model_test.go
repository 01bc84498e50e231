package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// modelSim is the stand-in for a language model of one scenario. It lies as it
// is told to.
type modelSim struct {
	mu      sync.Mutex
	answers [][2]string // what a question holds, and the answer
	key     string
	silent  bool
	told    []string
}

// modelCommand: model start FILE [KEY] starts a language model and sets $MODEL;
// each line of FILE is a part of a question and the answer to it, set off by a
// bar. With KEY it answers nobody without that key. model silent has it answer
// no more; model told prints the facts of each question.
func modelCommand(ts *testscript.TestScript, neg bool, args []string) {
	sim, _ := ts.Value("model").(*modelSim)
	switch {
	case neg || len(args) == 0:
		ts.Fatalf("usage: model start|silent|told")
	case args[0] == "start" && len(args) > 1:
		for line := range strings.Lines(ts.ReadFile(args[1])) {
			part, answer, _ := strings.Cut(strings.TrimSpace(line), " | ")
			sim.answers = append(sim.answers, [2]string{part, strings.ReplaceAll(answer, `\n`, "\n")})
		}
		if len(args) > 2 {
			sim.key = args[2]
		}
		server := httptest.NewServer(sim)
		ts.Defer(func() {
			server.CloseClientConnections()
			server.Close()
		})
		ts.Setenv("MODEL", server.URL+"/v1")
	case args[0] == "silent":
		sim.mu.Lock()
		defer sim.mu.Unlock()
		sim.silent = true
	case args[0] == "told":
		sim.mu.Lock()
		defer sim.mu.Unlock()
		for _, facts := range sim.told {
			fmt.Fprintln(ts.Stdout(), facts)
		}
	}
}

// ServeHTTP implements [http.Handler]: OpenAI's chat completions, as far as they
// are used.
func (m *modelSim) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var q struct {
		Model    string
		Messages []struct{ Role, Content string }
	}
	err := json.NewDecoder(r.Body).Decode(&q)
	m.mu.Lock()
	silent, answers := m.silent, m.answers
	switch {
	case m.key != "" && r.Header.Get("Authorization") != "Bearer "+m.key:
		m.mu.Unlock()
		w.WriteHeader(http.StatusUnauthorized)
		return
	case err != nil || r.URL.Path != "/v1/chat/completions" || r.Method != http.MethodPost || len(q.Messages) != 2:
		m.mu.Unlock()
		w.WriteHeader(http.StatusBadRequest)
		return
	case q.Model != "tall-tales":
		m.mu.Unlock()
		w.WriteHeader(http.StatusNotFound)
		return
	}
	facts := q.Messages[1].Content
	m.told = append(m.told, facts)
	m.mu.Unlock()
	if silent {
		<-r.Context().Done()
		return
	}
	said := "As a language model I cannot help with that."
	for _, a := range answers {
		if strings.Contains(facts, a[0]) {
			said = a[1]
		}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"choices": []any{
		map[string]any{"message": map[string]string{"role": "assistant", "content": said}, "finish_reason": "stop"}}})
}

// until DIR DAY REGEXP waits for a draft of that day that says so.
func until(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: until DIR DAY REGEXP")
	}
	re := regexp.MustCompile(args[2])
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		for _, d := range day(ts, args[0], args[1]) {
			if re.MatchString(d.Narrative) {
				return
			}
		}
	}
	ts.Fatalf("no draft of %s says %q in time", args[1], args[2])
}

// fill FILE… puts the values of variables into files, in place of $NAME.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: fill FILE...")
	}
	for _, name := range args {
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(os.Expand(ts.ReadFile(name), ts.Getenv)), 0o600))
	}
}
