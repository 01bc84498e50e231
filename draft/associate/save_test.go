package associate_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"reflect"
	"testing"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/associate"
)

// taught returns a practice and a model that learned n observations of it.
func taught(seed uint64, matters, n int) (*office, *associate.Index, *associate.Model) {
	work := newOffice(seed, matters)
	ix, m := associate.New(work.matters, billing.Timekeeper{}), associate.NewModel()
	for range n {
		i := work.IntN(matters)
		ix.Learn(m, nil, associate.Lesson{Observation: work.about(i), Matter: work.matters[i].ID})
	}
	return work, ix, m
}

func saved(t testing.TB, m *associate.Model) []byte {
	b, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheSameLessonsMakeTheSameModel(t *testing.T) {
	t.Parallel()
	_, _, one := taught(1, 20, 300)
	_, _, two := taught(1, 20, 300)
	if !bytes.Equal(saved(t, one), saved(t, two)) {
		t.Error("two models learned the same and differ")
	}
}

// A model that was saved and read judges as before and goes on to learn the same.
func TestAModelSurvivesBeingSaved(t *testing.T) {
	t.Parallel()
	work, ix, m := taught(2, 25, 400)
	m.Forget(work.matters[3].ID)
	again := associate.NewModel()
	if err := again.UnmarshalBinary(saved(t, m)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(saved(t, m), saved(t, again)) {
		t.Fatal("saved, read and saved again, it differs")
	}
	for range 100 {
		i := work.IntN(25)
		o := work.about(i)
		if a, b := judge(ix, m, o), judge(ix, again, o); !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v before, %+v after", a, b)
		}
		l := associate.Lesson{Observation: o, Matter: work.matters[i].ID}
		ix.Learn(m, nil, l)
		ix.Learn(again, nil, l)
	}
	if !bytes.Equal(saved(t, m), saved(t, again)) {
		t.Error("after the same lessons they differ")
	}
}

func TestADamagedModelIsRefused(t *testing.T) {
	t.Parallel()
	_, ix, m := taught(3, 10, 60)
	whole := saved(t, m)
	for i := 0; i < len(whole); i += 97 {
		for _, bad := range [][]byte{whole[:i], append(bytes.Clone(whole[:i]), append([]byte{whole[i] ^ 0x40}, whole[i+1:]...)...)} {
			before := saved(t, m)
			if err := m.UnmarshalBinary(bad); err == nil {
				t.Fatalf("damage at byte %d of %d was not noticed", i, len(whole))
			}
			if i == 0 && !bytes.Equal(before, saved(t, m)) {
				t.Fatal("refused, but taken in part")
			}
		}
	}
	judge(ix, m, letter("dana@reed.example", "x"))
}

// FuzzUnmarshal mends the checksum, so that what is behind it is tried as well.
func FuzzUnmarshal(f *testing.F) {
	_, _, m := taught(4, 4, 12)
	b := saved(f, m)
	f.Add(b[:len(b)-4])
	f.Add(saved(f, associate.NewModel()))
	f.Add([]byte("Tenths association\x00\x01"))
	work, ix, _ := taught(4, 4, 0)
	o := work.about(1)
	f.Fuzz(func(t *testing.T, data []byte) {
		m := associate.NewModel()
		if m.UnmarshalBinary(data) != nil {
			if m.UnmarshalBinary(binary.BigEndian.AppendUint32(data[:len(data):len(data)], crc32.ChecksumIEEE(data))) != nil {
				return
			}
		}
		judge(ix, m, o)
		ix.Learn(m, nil, associate.Lesson{Observation: o, Matter: work.matters[1].ID})
		m.Forget(work.matters[0].ID)
		again := associate.NewModel()
		if err := again.UnmarshalBinary(saved(t, m)); err != nil {
			t.Fatalf("what was read and learned from cannot be read again: %v", err)
		}
	})
}
