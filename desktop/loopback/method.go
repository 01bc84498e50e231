package loopback

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
)

// method is one exported method of the bound value.
type method struct {
	name string
	fn   reflect.Value
}

var errorType = reflect.TypeFor[error]()

func methodsOf(bound any) map[string]method {
	methods := map[string]method{}
	value := reflect.ValueOf(bound)
	for i := range value.NumMethod() {
		name := value.Type().Method(i).Name
		methods[name] = method{name, value.Method(i)}
	}
	return methods
}

// arguments reads body, a JSON array with one element for each parameter.
func (m method) arguments(body []byte) ([]reflect.Value, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		return nil, errors.New("the arguments are not a JSON array")
	}
	if want := m.fn.Type().NumIn(); len(raw) != want {
		return nil, fmt.Errorf("%s takes %d arguments, not %d", m.name, want, len(raw))
	}
	args := make([]reflect.Value, len(raw))
	for i := range raw {
		into := reflect.New(m.fn.Type().In(i))
		decoder := json.NewDecoder(bytes.NewReader(raw[i]))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(into.Interface()); err != nil {
			return nil, fmt.Errorf("argument %d of %s is not a %s", i+1, m.name, m.fn.Type().In(i))
		}
		args[i] = into.Elem()
	}
	return args, nil
}

// call returns the method's first result, nil when it has none but an error. A
// panic is an error, as it is in the window.
func (m method) call(args []reflect.Value) (result any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: %v", m.name, r)
		}
	}()
	for _, out := range m.fn.Call(args) {
		switch {
		case out.Type() != errorType:
			result = out.Interface()
		case !out.IsNil():
			err, _ = out.Interface().(error)
		}
	}
	return result, err
}
