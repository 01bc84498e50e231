package peer

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"text/template"
	"time"
)

// Dovecot is a real IMAP server on the loopback interface, with one account and
// mail that no other test sees.
type Dovecot struct {
	Addr    string // host:port without TLS at first; STARTTLS is offered
	TLSAddr string // host:port with TLS from the first byte
	User    string
	// Password of User.
	Password string
	// Roots trust the server's certificate, which is for 127.0.0.1.
	Roots *x509.CertPool

	dir, program string
	introspect   string   // URL; no tokens without it
	mechanisms   []string // by which tokens are taken
	plain        bool     // no TLS
	uid, gid     int
	server       *exec.Cmd
	done         chan struct{} // closed when server has ended
}

// DovecotOption changes how a [Dovecot] is set up.
type DovecotOption func(*Dovecot)

// DovecotOAuth has the server take access tokens by the SASL mechanisms given
// (xoauth2, oauthbearer) and ask about each at the introspection URL (RFC 7662).
func DovecotOAuth(introspect string, mechanisms ...string) DovecotOption {
	return func(d *Dovecot) { d.introspect, d.mechanisms = introspect, mechanisms }
}

// DovecotWithoutTLS leaves TLS out, so that a test can read what is exchanged.
func DovecotWithoutTLS() DovecotOption { return func(d *Dovecot) { d.plain = true } }

// StartDovecot starts Dovecot in a folder of its own and returns when it
// answers. It is stopped when t ends. As root it runs the server's processes
// under their own users, and otherwise all of it as the user of the test.
func StartDovecot(t testing.TB, options ...DovecotOption) *Dovecot {
	t.Helper()
	d := &Dovecot{User: "alice", Password: "wisteria-4711", program: Need(t, "dovecot", "dovecot-imapd")}
	for _, o := range options {
		o(d)
	}
	dir, err := os.MkdirTemp("", "dovecot") // short: it holds sockets; and the mail user must get in
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	d.dir = dir
	t.Cleanup(func() { os.RemoveAll(dir) })
	ports := [2]int{Port(t), Port(t)}
	d.Addr = net.JoinHostPort("127.0.0.1", strconv.Itoa(ports[0]))
	d.TLSAddr = net.JoinHostPort("127.0.0.1", strconv.Itoa(ports[1]))
	d.certify(t)
	d.configure(t, ports)
	d.mustMail(t, d.folder("INBOX"))
	d.Restart(t)
	t.Cleanup(d.Kill)
	return d
}

// Restart starts the server again after [Dovecot.Kill], at the same addresses.
func (d *Dovecot) Restart(t testing.TB) {
	t.Helper()
	d.unlock(t)
	d.server = exec.Command(d.program, "-F", "-c", filepath.Join(d.dir, "dovecot.conf"))
	ownGroup(d.server)
	if err := d.server.Start(); err != nil {
		t.Fatal(err)
	}
	server, done := d.server, make(chan struct{})
	d.done = done
	go func() { _ = server.Wait(); close(done) }()
	deadline := time.Now().Add(10 * time.Second)
	for !d.greets() {
		select {
		case <-done:
			t.Fatalf("dovecot ended at once:\n%s", d.log())
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			t.Fatalf("dovecot does not answer:\n%s", d.log())
		}
	}
}

// Kill ends the server and every connection at once, without a goodbye.
func (d *Dovecot) Kill() {
	killGroup(d.server)
	<-d.done
}

// unlock removes the lock files of a server that was killed. It is dead for
// certain, and the next would wait a minute to be as sure.
func (d *Dovecot) unlock(t testing.TB) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(d.dir, "home"), func(path string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".lock") {
			return os.Remove(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// greets reports whether the server speaks.
func (d *Dovecot) greets() bool {
	conn, err := net.DialTimeout("tcp", d.Addr, time.Second)
	if err != nil {
		return false
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Second))
	line, err := bufio.NewReader(conn).ReadString('\n')
	return err == nil && strings.HasPrefix(line, "* OK")
}

var delivered atomic.Int64

// Deliver puts a message into a folder, "INBOX" or another such as "Sent", as a
// delivery agent does. A folder that is not there is made.
func (d *Dovecot) Deliver(t testing.TB, folder string, message []byte) {
	t.Helper()
	path := d.folder(folder)
	d.mustMail(t, path)
	name := fmt.Sprintf("%d.%d_%d.test", time.Now().Unix(), os.Getpid(), delivered.Add(1))
	tmp := filepath.Join(path, "tmp", name)
	if err := os.WriteFile(tmp, message, 0o600); err != nil {
		t.Fatal(err)
	}
	d.give(t, tmp)
	if err := os.Rename(tmp, filepath.Join(path, "new", name)); err != nil {
		t.Fatal(err)
	}
}

// SetUIDValidity makes every UID of the folder void.
func (d *Dovecot) SetUIDValidity(t testing.TB, folder string, validity uint32) {
	t.Helper()
	d.admin(t, "mailbox", "update", "-u", d.User, "--uid-validity", strconv.FormatUint(uint64(validity), 10), folder)
}

// Expunge removes the message with the UID from the folder.
func (d *Dovecot) Expunge(t testing.TB, folder string, uid int) {
	t.Helper()
	d.admin(t, "expunge", "-u", d.User, "mailbox", folder, "uid", strconv.Itoa(uid))
}

// Flags returns the UID and flags of every message in the folder, as text that
// differs when any of them does. \Recent is left out: it is the session's.
func (d *Dovecot) Flags(t testing.TB, folder string) string {
	t.Helper()
	return strings.ReplaceAll(d.admin(t, "fetch", "-u", d.User, "uid flags", "mailbox", folder), `\Recent`, "")
}

func (d *Dovecot) admin(t testing.TB, args ...string) string {
	t.Helper()
	program := Need(t, "doveadm", "dovecot-imapd")
	out, err := exec.Command(program, append([]string{"-c", filepath.Join(d.dir, "dovecot.conf")}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("doveadm %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// folder returns the path of a folder on disk, in the layout of Maildir++.
func (d *Dovecot) folder(name string) string {
	root := filepath.Join(d.dir, "home", d.User, "Maildir")
	if strings.EqualFold(name, "INBOX") {
		return root
	}
	return filepath.Join(root, "."+strings.NewReplacer("/", ".", "&", "&-").Replace(name))
}

// mustMail makes the mail folder at path.
func (d *Dovecot) mustMail(t testing.TB, path string) {
	t.Helper()
	for _, sub := range []string{"tmp", "new", "cur"} {
		if err := os.MkdirAll(filepath.Join(path, sub), 0o700); err != nil {
			t.Fatal(err)
		}
		d.give(t, filepath.Join(path, sub))
	}
	for p := path; len(p) > len(d.dir); p = filepath.Dir(p) {
		d.give(t, p)
	}
}

// give makes path the mail user's.
func (d *Dovecot) give(t testing.TB, path string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	if err := os.Chown(path, d.uid, d.gid); err != nil {
		t.Fatal(err)
	}
}

func (d *Dovecot) log() string {
	b, _ := os.ReadFile(filepath.Join(d.dir, "log"))
	return string(b)
}

// certify makes the server's certificate, which signs itself.
func (d *Dovecot) certify(t testing.TB) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "dovecot test"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certPEM := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	keyPEM := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})
	d.Roots = x509.NewCertPool()
	d.Roots.AppendCertsFromPEM(certPEM)
	for name, content := range map[string][]byte{"cert.pem": certPEM, "key.pem": keyPEM} {
		if err := os.WriteFile(filepath.Join(d.dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// configure writes the configuration, and chooses whom the mail belongs to.
func (d *Dovecot) configure(t testing.TB, ports [2]int) {
	t.Helper()
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	internal, login, mail := me.Username, me.Username, me
	if os.Getuid() == 0 { // the server refuses to handle mail as root
		internal, login = "dovecot", "dovenull"
		if mail, err = user.Lookup("nobody"); err != nil {
			t.Fatal(err)
		}
	}
	d.uid, _ = strconv.Atoi(mail.Uid)
	d.gid, _ = strconv.Atoi(mail.Gid)
	group := internal
	if os.Getuid() != 0 {
		if g, err := user.LookupGroupId(me.Gid); err == nil {
			group = g.Name
		}
	}
	f, err := os.OpenFile(filepath.Join(d.dir, "dovecot.conf"), os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	err = dovecotConf.Execute(f, map[string]any{
		"Dir": d.dir, "Internal": internal, "Group": group, "Login": login, "Password": d.Password,
		"UID": d.uid, "GID": d.gid, "Port": ports[0], "TLSPort": ports[1], "Plain": d.plain,
		"OAuth": d.introspect != "", "Mechanisms": strings.Join(d.mechanisms, " "),
	})
	if err == nil {
		err = os.WriteFile(filepath.Join(d.dir, "oauth2.conf"), fmt.Appendf(nil, dovecotOAuthConf, d.introspect), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

const dovecotOAuthConf = `introspection_mode = post
introspection_url = %s
username_attribute = username
active_attribute = active
active_value = true
`

var dovecotConf = template.Must(template.New("dovecot.conf").Parse(`base_dir = {{.Dir}}/run
state_dir = {{.Dir}}/state
log_path = {{.Dir}}/log
protocols = imap
listen = 127.0.0.1
ssl = {{if .Plain}}no{{else}}yes{{end}}
ssl_cert = <{{.Dir}}/cert.pem
ssl_key = <{{.Dir}}/key.pem
disable_plaintext_auth = no
default_internal_user = {{.Internal}}
default_internal_group = {{.Group}}
default_login_user = {{.Login}}
first_valid_uid = 1
mail_location = maildir:~/Maildir
auth_mechanisms = plain login {{.Mechanisms}}
auth_failure_delay = 0
passdb {
  driver = static
  mechanisms = plain login
  args = password={{.Password}}
}
{{if .OAuth}}passdb {
  driver = oauth2
  mechanisms = {{.Mechanisms}}
  args = {{.Dir}}/oauth2.conf
}
{{end}}userdb {
  driver = static
  args = allow_all_users=yes uid={{.UID}} gid={{.GID}} home={{.Dir}}/home/%u
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = subscribe
    special_use = \Sent
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = {{.Port}}
  }
{{if not .Plain}}  inet_listener imaps {
    port = {{.TLSPort}}
    ssl = yes
  }
{{else}}  inet_listener imaps {
    port = 0
  }
{{end}}}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
`))
