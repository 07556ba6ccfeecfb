package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func (s *server) ReadResource(_ context.Context, r *tfprotov5.ReadResourceRequest) (*tfprotov5.ReadResourceResponse, error) {
	resource := s.schema.resources[r.TypeName]
	current, err := r.CurrentState.Unmarshal(resource.ValueType())
	if err != nil {
		return nil, err
	}
	state, err := s.world.read(r.TypeName, current)
	if err != nil {
		return nil, err
	}
	value, err := tfprotov5.NewDynamicValue(resource.ValueType(), state)
	return &tfprotov5.ReadResourceResponse{NewState: &value, Private: r.Private}, err
}

func (s *server) UpgradeResourceState(_ context.Context, r *tfprotov5.UpgradeResourceStateRequest) (*tfprotov5.UpgradeResourceStateResponse, error) {
	resource := s.schema.resources[r.TypeName]
	options := tfprotov5.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}}
	state, err := r.RawState.UnmarshalWithOpts(resource.ValueType(), options)
	if err != nil {
		return nil, err
	}
	value, err := tfprotov5.NewDynamicValue(resource.ValueType(), state)
	return &tfprotov5.UpgradeResourceStateResponse{UpgradedState: &value}, err
}

// ImportResourceState answers with the id alone. Terraform reads the resource next, and refuses an id that is not there.
func (s *server) ImportResourceState(_ context.Context, r *tfprotov5.ImportResourceStateRequest) (*tfprotov5.ImportResourceStateResponse, error) {
	if s.world.directory == "" {
		return &tfprotov5.ImportResourceStateResponse{Diagnostics: failure(
			"no resource can be imported", "STAND_IN_WORLD is not set: it names the directory of the resources that exist",
		)}, nil
	}
	resource := s.schema.resources[r.TypeName]
	attributes := map[string]tftypes.Value{}
	for name, t := range resource.ValueType().(tftypes.Object).AttributeTypes {
		attributes[name] = tftypes.NewValue(t, nil)
	}
	attributes[identifier(attributes)] = str(r.ID)
	value, err := tfprotov5.NewDynamicValue(resource.ValueType(), tftypes.NewValue(resource.ValueType(), attributes))
	if err != nil {
		return nil, err
	}
	return &tfprotov5.ImportResourceStateResponse{
		ImportedResources: []*tfprotov5.ImportedResource{{TypeName: r.TypeName, State: &value}},
	}, nil
}
