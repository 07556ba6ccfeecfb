package main

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// replacer returns the value that an attribute gets; path is dotted and has no indices.
type replacer func(path string, a *tfprotov5.SchemaAttribute, v tftypes.Value) tftypes.Value

// transform replaces every attribute of a value, nested blocks included.
func (o *object) transform(value tftypes.Value, replace replacer) (tftypes.Value, error) {
	return tftypes.Transform(value, func(path *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		name := dotted(path)
		if attribute, ok := o.attributes[name]; ok && isAttribute(path) {
			return replace(name, attribute, v), nil
		}
		return v, nil
	})
}

// isAttribute tells an attribute or a block from an element of one.
func isAttribute(path *tftypes.AttributePath) bool {
	_, ok := path.LastStep().(tftypes.AttributeName)
	return ok
}

// dotted joins the names of a path, without its indices.
func dotted(path *tftypes.AttributePath) string {
	var names []string
	for _, step := range path.Steps() {
		if name, ok := step.(tftypes.AttributeName); ok {
			names = append(names, string(name))
		}
	}
	return strings.Join(names, ".")
}

func attributesOf(object tftypes.Value) (map[string]tftypes.Value, error) {
	var attributes map[string]tftypes.Value
	err := object.As(&attributes)
	return attributes, err
}

func str(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

// text returns a string that is known and not null.
func text(v tftypes.Value) (string, bool) {
	if v.Type() == nil || !v.Type().Is(tftypes.String) || !v.IsKnown() || v.IsNull() {
		return "", false
	}
	var s string
	return s, v.As(&s) == nil
}
