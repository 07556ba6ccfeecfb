package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// schema is what one provider serves.
type schema struct {
	address     string
	provider    *tfprotov5.Schema
	resources   map[string]*object
	dataSources map[string]*object
}

// object is the schema of a resource or a data source.
type object struct {
	*tfprotov5.Schema
	// attributes of all blocks by their dotted path, such as "versioning_configuration.status".
	attributes map[string]*tfprotov5.SchemaAttribute
	// replaces has the dotted paths whose change replaces the resource.
	replaces map[string]bool
}

type schemaFile struct {
	Address     string              `json:"address"`
	Provider    blockFile           `json:"provider"`
	Resources   map[string]typeFile `json:"resources"`
	DataSources map[string]typeFile `json:"data_sources"`
}

type typeFile struct {
	Block    blockFile `json:"block"`
	Replaces []string  `json:"replaces"`
}

type blockFile struct {
	Attributes map[string]attributeFile `json:"attributes"`
	BlockTypes map[string]nestedFile    `json:"block_types"`
}

type attributeFile struct {
	Type      json.RawMessage `json:"type"`
	Required  bool            `json:"required"`
	Optional  bool            `json:"optional"`
	Computed  bool            `json:"computed"`
	Sensitive bool            `json:"sensitive"`
	WriteOnly bool            `json:"write_only"`
}

type nestedFile struct {
	NestingMode string    `json:"nesting_mode"`
	Block       blockFile `json:"block"`
	MinItems    int64     `json:"min_items"`
	MaxItems    int64     `json:"max_items"`
}

var nestings = map[string]tfprotov5.SchemaNestedBlockNestingMode{
	"list":   tfprotov5.SchemaNestedBlockNestingModeList,
	"set":    tfprotov5.SchemaNestedBlockNestingModeSet,
	"map":    tfprotov5.SchemaNestedBlockNestingModeMap,
	"single": tfprotov5.SchemaNestedBlockNestingModeSingle,
}

func readSchema(path string) (*schema, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var file schemaFile
	if err := json.Unmarshal(content, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	provider, err := file.Provider.block("", nil)
	if err != nil {
		return nil, fmt.Errorf("%s: provider: %w", path, err)
	}
	s := &schema{address: file.Address, provider: &tfprotov5.Schema{Block: provider}}
	if s.resources, err = objects(file.Resources); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if s.dataSources, err = objects(file.DataSources); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

func objects(files map[string]typeFile) (map[string]*object, error) {
	read := map[string]*object{}
	for name, file := range files {
		o := &object{attributes: map[string]*tfprotov5.SchemaAttribute{}, replaces: map[string]bool{}}
		block, err := file.Block.block("", o.attributes)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		o.Schema = &tfprotov5.Schema{Block: block}
		for _, path := range file.Replaces {
			o.replaces[path] = true
		}
		read[name] = o
	}
	return read, nil
}

// block converts a block and adds its attributes to index, unless that is nil, by their dotted path.
func (f blockFile) block(prefix string, index map[string]*tfprotov5.SchemaAttribute) (*tfprotov5.SchemaBlock, error) {
	block := &tfprotov5.SchemaBlock{}
	for _, name := range slices.Sorted(maps.Keys(f.Attributes)) {
		attribute, err := f.Attributes[name].attribute(name)
		if err != nil {
			return nil, fmt.Errorf("%s%s: %w", prefix, name, err)
		}
		block.Attributes = append(block.Attributes, attribute)
		if index != nil {
			index[prefix+name] = attribute
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.BlockTypes)) {
		nested := f.BlockTypes[name]
		nesting, ok := nestings[nested.NestingMode]
		if !ok {
			return nil, fmt.Errorf("%s%s: nesting mode %q is unknown", prefix, name, nested.NestingMode)
		}
		content, err := nested.Block.block(prefix+name+".", index)
		if err != nil {
			return nil, err
		}
		block.BlockTypes = append(block.BlockTypes, &tfprotov5.SchemaNestedBlock{
			TypeName: name, Block: content, Nesting: nesting, MinItems: nested.MinItems, MaxItems: nested.MaxItems,
		})
	}
	return block, nil
}

func (f attributeFile) attribute(name string) (*tfprotov5.SchemaAttribute, error) {
	// Deprecated for providers, which build their types in Go; this one reads them.
	attributeType, err := tftypes.ParseJSONType(f.Type)
	if err != nil {
		return nil, err
	}
	return &tfprotov5.SchemaAttribute{
		Name: name, Type: attributeType,
		Required: f.Required, Optional: f.Optional, Computed: f.Computed,
		Sensitive: f.Sensitive, WriteOnly: f.WriteOnly,
	}, nil
}
