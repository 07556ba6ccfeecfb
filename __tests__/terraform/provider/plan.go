package main

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func (s *server) PlanResourceChange(_ context.Context, r *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	resource := s.schema.resources[r.TypeName]
	prior, err := r.PriorState.Unmarshal(resource.ValueType())
	if err != nil {
		return nil, err
	}
	proposed, err := r.ProposedNewState.Unmarshal(resource.ValueType())
	if err != nil {
		return nil, err
	}
	if proposed.IsNull() {
		return &tfprotov5.PlanResourceChangeResponse{PlannedState: r.ProposedNewState, PlannedPrivate: r.PriorPrivate}, nil
	}
	planned, err := resource.transform(proposed, func(_ string, a *tfprotov5.SchemaAttribute, v tftypes.Value) tftypes.Value {
		switch {
		case a.WriteOnly:
			return tftypes.NewValue(a.Type, nil)
		case a.Computed && v.IsNull():
			return tftypes.NewValue(a.Type, tftypes.UnknownValue)
		}
		return v
	})
	if err != nil {
		return nil, err
	}
	if planned, err = s.withAllTags(planned); err != nil {
		return nil, err
	}
	response := &tfprotov5.PlanResourceChangeResponse{PlannedPrivate: r.PriorPrivate}
	if !prior.IsNull() {
		if response.RequiresReplace, err = resource.replacing(prior, planned); err != nil {
			return nil, err
		}
	}
	value, err := tfprotov5.NewDynamicValue(resource.ValueType(), planned)
	response.PlannedState = &value
	return response, err
}

// replacing returns the paths whose change replaces the resource.
func (o *object) replacing(prior, planned tftypes.Value) ([]*tftypes.AttributePath, error) {
	changes, err := prior.Diff(planned)
	if err != nil {
		return nil, err
	}
	var paths []*tftypes.AttributePath
	seen := map[string]bool{}
	for _, change := range changes {
		steps := change.Path.Steps()
		for end := range steps {
			path := tftypes.NewAttributePathWithSteps(steps[:end+1])
			if isAttribute(path) && o.replaces[dotted(path)] && !seen[path.String()] {
				seen[path.String()] = true
				paths = append(paths, path)
			}
		}
	}
	return paths, nil
}

// withAllTags sets tags_all as the AWS provider does: the provider's default tags, then those of the resource.
func (s *server) withAllTags(planned tftypes.Value) (tftypes.Value, error) {
	attributes, err := attributesOf(planned)
	if err != nil {
		return planned, err
	}
	all, ok := attributes["tags_all"]
	if !ok || !attributes["tags"].IsKnown() {
		return planned, nil
	}
	var tags map[string]tftypes.Value
	if err := attributes["tags"].As(&tags); err != nil {
		return planned, err
	}
	merged := map[string]tftypes.Value{}
	maps.Copy(merged, s.defaultTags)
	maps.Copy(merged, tags)
	attributes["tags_all"] = tftypes.NewValue(all.Type(), merged)
	return tftypes.NewValue(planned.Type(), attributes), nil
}

// defaultTagsOf reads the blocks `default_tags { tags = {…} }` of the provider's configuration.
func defaultTagsOf(blocks tftypes.Value) (map[string]tftypes.Value, error) {
	merged := map[string]tftypes.Value{}
	if blocks.Type() == nil || blocks.IsNull() || !blocks.IsFullyKnown() {
		return merged, nil
	}
	var items []tftypes.Value
	if err := blocks.As(&items); err != nil {
		return nil, err
	}
	for _, item := range items {
		attributes, err := attributesOf(item)
		if err != nil {
			return nil, err
		}
		var tags map[string]tftypes.Value
		if err := attributes["tags"].As(&tags); err != nil {
			return nil, err
		}
		maps.Copy(merged, tags)
	}
	return merged, nil
}
