package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math/big"
	"net/url"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// world records every resource that was applied, as <directory>/<type>/<id>.json, the id escaped as in a URL. Without a
// directory it records nothing, and what Terraform's state says is what there is.
type world struct{ directory string }

// read returns what is recorded of a resource: null if it is gone.
func (w world) read(typeName string, current tftypes.Value) (tftypes.Value, error) {
	if w.directory == "" {
		return current, nil
	}
	content, err := os.ReadFile(w.file(typeName, current))
	if errors.Is(err, fs.ErrNotExist) {
		return tftypes.NewValue(current.Type(), nil), nil
	}
	if err != nil {
		return current, err
	}
	return tftypes.ValueFromJSON(content, current.Type())
}

func (w world) has(typeName string, state tftypes.Value) bool {
	if w.directory == "" {
		return false
	}
	_, err := os.Stat(w.file(typeName, state))
	return err == nil
}

func (w world) record(typeName string, state tftypes.Value) error {
	if w.directory == "" {
		return nil
	}
	content, err := json.MarshalIndent(plain(state), "", "  ")
	if err != nil {
		return err
	}
	file := w.file(typeName, state)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}

func (w world) remove(typeName string, state tftypes.Value) error {
	if w.directory == "" {
		return nil
	}
	err := os.Remove(w.file(typeName, state))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (w world) file(typeName string, state tftypes.Value) string {
	attributes, _ := attributesOf(state)
	id, _ := text(attributes[identifier(attributes)])
	return filepath.Join(w.directory, typeName, url.PathEscape(id)+".json")
}

// identifier names the attribute that tells a resource from the others of its type.
func identifier(attributes map[string]tftypes.Value) string {
	for _, name := range []string{"id", "arn"} {
		if attribute, ok := attributes[name]; ok && attribute.Type().Is(tftypes.String) {
			return name
		}
	}
	return "name"
}

// plain converts a value to what encoding/json writes.
func plain(v tftypes.Value) any {
	if v.IsNull() {
		return nil
	}
	switch {
	case v.Type().Is(tftypes.String):
		s, _ := text(v)
		return s
	case v.Type().Is(tftypes.Bool):
		var b bool
		_ = v.As(&b)
		return b
	case v.Type().Is(tftypes.Number):
		var n big.Float
		_ = v.As(&n)
		return json.Number(n.Text('g', -1))
	}
	var elements []tftypes.Value
	if v.As(&elements) == nil {
		list := make([]any, len(elements))
		for i, element := range elements {
			list[i] = plain(element)
		}
		return list
	}
	var attributes map[string]tftypes.Value
	_ = v.As(&attributes)
	object := map[string]any{}
	for name, attribute := range attributes {
		object[name] = plain(attribute)
	}
	return object
}
