package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"os"
	"path/filepath"
	"testing"
)

const root = "../.." // the repository, from this package

func TestTypesAreUpToDate(t *testing.T) {
	want, err := Generate(root)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(root, output))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from the Go types; run: go run ./frontend/gen", output)
	}
}

func TestTypeScript(t *testing.T) {
	known := map[string]bool{"DraftView": true}
	for src, want := range map[string]string{
		"string":          "string",
		"bool":            "boolean",
		"int":             "number",
		"int64":           "number",
		"float64":         "number",
		"DraftView":       "DraftView",
		"app.DraftView":   "DraftView",
		"[]string":        "string[]",
		"[]app.DraftView": "DraftView[]",
		"time.Time":       "", // would become any in the page
		"*DraftView":      "DraftView",
		"map[string]int":  "",
		"uint64":          "", // not a safe integer
		"any":             "",
		"[2]string":       "",
	} {
		expr, err := parser.ParseExpr(src)
		if err != nil {
			t.Fatal(err)
		}
		got, err := typeScript(expr, known)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("typeScript(%s) = %q, %v; want %q", src, got, err, want)
		}
	}
}

func TestJSONName(t *testing.T) {
	for tag, want := range map[string]struct {
		name     string
		optional bool
		bad      bool
	}{
		"`json:\"day\"`":             {name: "day"},
		"`json:\"needs,omitempty\"`": {name: "needs", optional: true},
		"`xml:\"day\"`":              {bad: true},
		"`json:\"-\"`":               {bad: true},
	} {
		name, optional, err := jsonName(tag)
		if name != want.name || optional != want.optional || (err != nil) != want.bad {
			t.Errorf("jsonName(%s) = %q, %v, %v; want %+v", tag, name, optional, err, want)
		}
	}
}

func TestArguments(t *testing.T) {
	expr, err := parser.ParseExpr("func(day, start string, minutes int) (app.DayView, error)")
	if err != nil {
		t.Fatal(err)
	}
	f := expr.(*ast.FuncType)
	if got, err := arguments(f, nil); err != nil || got != "day: string, start: string, minutes: number" {
		t.Errorf("arguments = %q, %v", got, err)
	}
	if got, err := result(f, map[string]bool{"DayView": true}); err != nil || got != "DayView" {
		t.Errorf("result = %q, %v", got, err)
	}
}
