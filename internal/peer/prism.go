package peer

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// PrismVersion is the release of @stoplight/prism-cli that the tests were
// written against.
const PrismVersion = "5.14.2"

// StartPrism puts Prism, which holds both sides of a conversation to an OpenAPI
// contract, in front of the server at upstream, and returns its address. A
// request that breaks the contract is answered with 4xx and never reaches
// upstream; an answer that breaks it becomes a 500. Prism ends with the test.
//
// It is the program named by TENTHS_PRISM, or one installed in the frontend or
// in build/cache/prism.
func StartPrism(t testing.TB, contract, upstream string) string {
	t.Helper()
	program := prism(t)
	port := Port(t)
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, program, "proxy", "--errors", "-h", "127.0.0.1", "-p", strconv.Itoa(port), contract, upstream)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 3 * time.Second
	var said prismOutput
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		cancel()
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		cmd.Wait() // ended by the signal
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
		if t.Failed() {
			t.Logf("prism complained:\n%s", complaints(said.String()))
		}
	})
	url := "http://127.0.0.1:" + strconv.Itoa(port)
	client := &http.Client{Timeout: time.Second}
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		select {
		case <-ended:
			t.Fatalf("prism ended by itself:\n%s", said.String())
		default:
		}
		// Any answer will do: a path that the contract lacks is answered too.
		if res, err := client.Get(url + "/is-prism-there"); err == nil {
			res.Body.Close()
			return url
		}
	}
	t.Fatalf("prism did not come up:\n%s", said.String())
	return ""
}

// complaints leaves out what went well.
func complaints(said string) string {
	lines := slices.DeleteFunc(strings.Split(said, "\n"), func(line string) bool { return strings.Contains(line, "  info  ") })
	return strings.Join(lines, "\n")
}

func prism(t testing.TB) string {
	t.Helper()
	places := []string{
		os.Getenv("TENTHS_PRISM"),
		filepath.Join(Root(), "frontend", "node_modules", ".bin", "prism"),
		filepath.Join(Root(), "build", "cache", "prism", "node_modules", ".bin", "prism"),
	}
	for _, path := range places {
		if path != "" && executable(path) {
			return path
		}
	}
	Missing(t, "Prism is not installed: npm install --prefix build/cache/prism --save-exact @stoplight/prism-cli@"+PrismVersion)
	return ""
}

// prismOutput collects what a program says while others may read it.
type prismOutput struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *prismOutput) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *prismOutput) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
