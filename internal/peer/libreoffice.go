package peer

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// LibreOffice is a real office program without a window, driven through its
// own programming interface. It makes, saves, exports and closes documents as
// a person would.
type LibreOffice struct {
	in      io.WriteCloser
	out     *bufio.Reader
	errs    *bytes.Buffer
	pending chan string
}

// StartLibreOffice starts LibreOffice with a profile of its own and returns
// when it takes commands. It is stopped when t ends.
func StartLibreOffice(t testing.TB) *LibreOffice {
	t.Helper()
	soffice := Need(t, "soffice", "libreoffice-writer-nogui")
	python := "/usr/bin/python3" // Debian's, which has LibreOffice's module
	if err := exec.Command(python, "-c", "import uno").Run(); err != nil {
		Missing(t, "LibreOffice's Python module is not installed: apt-get install python3-uno")
	}
	dir, err := os.MkdirTemp("", "soffice")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	port := strconv.Itoa(Port(t))

	office := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.ToSlash(dir), "--headless", "--norestore", "--nologo",
		"--accept=socket,host=127.0.0.1,port="+port+";urp")
	ownGroup(office) // soffice is a script that starts others
	if err := office.Start(); err != nil {
		t.Fatalf("soffice: %v", err)
	}
	t.Cleanup(func() {
		killGroup(office)
		_ = office.Wait()
	})

	ctx, cancel := context.WithCancel(context.Background())
	driver := exec.CommandContext(ctx, python, "-u", "-c", unoDriver, port)
	lo := &LibreOffice{errs: &bytes.Buffer{}, pending: make(chan string)}
	driver.Stderr = lo.errs
	if lo.in, err = driver.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := driver.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	lo.out = bufio.NewReader(out)
	if err := driver.Start(); err != nil {
		t.Fatalf("%s: %v", python, err)
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		defer close(lo.pending)
		for {
			line, err := lo.out.ReadString('\n')
			if err != nil {
				return
			}
			select {
			case lo.pending <- strings.TrimSpace(line):
			case <-ctx.Done():
				return
			}
		}
	}()
	t.Cleanup(func() {
		cancel()
		<-read
		_ = driver.Wait()
	})
	lo.answer(t, "start", 90*time.Second)
	return lo
}

// New makes a text document, writes something and saves it as the file.
func (lo *LibreOffice) New(t testing.TB, file string) { t.Helper(); lo.do(t, "new", file) }

// Open opens the file.
func (lo *LibreOffice) Open(t testing.TB, file string) { t.Helper(); lo.do(t, "open", file) }

// Save writes a sentence into the open document and saves it.
func (lo *LibreOffice) Save(t testing.TB) { t.Helper(); lo.do(t, "save", "") }

// ExportPDF exports the open document as the file.
func (lo *LibreOffice) ExportPDF(t testing.TB, file string) { t.Helper(); lo.do(t, "pdf", file) }

// Close closes the open document without saving it.
func (lo *LibreOffice) Close(t testing.TB) { t.Helper(); lo.do(t, "close", "") }

func (lo *LibreOffice) do(t testing.TB, command, file string) {
	t.Helper()
	if _, err := fmt.Fprintf(lo.in, "%s\t%s\n", command, filepath.ToSlash(file)); err != nil {
		t.Fatalf("soffice %s: %v: %s", command, err, lo.errs)
	}
	lo.answer(t, command, time.Minute)
}

// answer waits until the driver has done what it was told.
func (lo *LibreOffice) answer(t testing.TB, command string, within time.Duration) {
	t.Helper()
	select {
	case line, ok := <-lo.pending:
		if !ok {
			time.Sleep(100 * time.Millisecond) // for the last of its words
			t.Fatalf("soffice %s: the driver ended: %s", command, lo.errs)
		}
		if line != "ok" {
			t.Fatalf("soffice %s: %s", command, line)
		}
	case <-time.After(within):
		t.Fatalf("soffice %s: no answer within %v", command, within)
	}
}

// unoDriver reads commands, a word and a file set apart by a tab, one a line,
// and answers each with "ok" or what went wrong.
const unoDriver = `
import sys, time, uno
from com.sun.star.beans import PropertyValue

def props(**given):
    return tuple(PropertyValue(k, 0, v, 0) for k, v in given.items())

def connect(port):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(400):
        try:
            ctx = resolver.resolve("uno:socket,host=127.0.0.1,port=%s;urp;StarOffice.ComponentContext" % port)
            return ctx.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", ctx)
        except Exception:
            time.sleep(0.2)
    sys.exit("LibreOffice does not answer")

filters = {"odt": "writer8", "docx": "MS Word 2007 XML", "doc": "MS Word 97"}
desktop = connect(sys.argv[1])
print("ok")
doc = None
for line in sys.stdin:
    command, file = line.rstrip("\n").split("\t")
    try:
        url = uno.systemPathToFileUrl(file) if file else ""
        if command == "new":
            doc = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, props(Hidden=True))
            doc.Text.insertString(doc.Text.End, "Comes now the plaintiff. ", False)
            doc.storeAsURL(url, props(FilterName=filters[file.rsplit(".", 1)[1]]))
        elif command == "open":
            doc = desktop.loadComponentFromURL(url, "_blank", 0, props(Hidden=True))
        elif command == "save":
            doc.Text.insertString(doc.Text.End, "And further prays. ", False)
            doc.store()
        elif command == "pdf":
            doc.storeToURL(url, props(FilterName="writer_pdf_Export"))
        elif command == "close":
            doc.close(True)
        print("ok")
    except Exception as e:
        print("error: %s: %s" % (type(e).__name__, str(e).replace("\n", " ")))
`
