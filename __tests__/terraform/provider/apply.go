package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var errExists = errors.New("resource already exists")

func (s *server) ApplyResourceChange(_ context.Context, r *tfprotov5.ApplyResourceChangeRequest) (*tfprotov5.ApplyResourceChangeResponse, error) {
	time.Sleep(s.delay)
	if s.failing[r.TypeName] {
		return refuse(r, "injected fault", "STAND_IN_FAIL_APPLY names "+r.TypeName), nil
	}
	resource := s.schema.resources[r.TypeName]
	prior, err := r.PriorState.Unmarshal(resource.ValueType())
	if err != nil {
		return nil, err
	}
	planned, err := r.PlannedState.Unmarshal(resource.ValueType())
	if err != nil {
		return nil, err
	}
	if planned.IsNull() {
		return &tfprotov5.ApplyResourceChangeResponse{NewState: r.PlannedState}, s.world.remove(r.TypeName, prior)
	}
	s.creating.Lock()
	defer s.creating.Unlock()
	applied, err := s.applied(r, resource, planned, prior.IsNull())
	if errors.Is(err, errExists) {
		return refuse(r, "resource already exists", "STAND_IN_WORLD has a "+r.TypeName+" of that name"), nil
	}
	if err != nil {
		return nil, err
	}
	if err := s.world.record(r.TypeName, applied); err != nil {
		return nil, err
	}
	value, err := tfprotov5.NewDynamicValue(resource.ValueType(), applied)
	return &tfprotov5.ApplyResourceChangeResponse{NewState: &value}, err
}

// applied makes up what the plan left unknown. A new resource gets an id that the world does not have yet.
func (s *server) applied(r *tfprotov5.ApplyResourceChangeRequest, resource *object, planned tftypes.Value, isNew bool) (tftypes.Value, error) {
	for attempt := 0; ; attempt++ {
		seed := digest(fmt.Sprint(r.TypeName, attempt), r.Config.MsgPack)
		applied, err := resource.transform(planned, maker{cloud: s.cloud, typeName: r.TypeName, seed: seed}.unknown)
		if err != nil {
			return applied, err
		}
		if applied, err = s.cloud.named(r.TypeName, planned, applied); err != nil {
			return applied, err
		}
		switch naming := namings[r.TypeName]; {
		case !isNew || !s.world.has(r.TypeName, applied):
			return applied, nil
		case naming["arn"] != "":
			return applied, errExists
		case naming["id"] != "":
			// Settings of another resource: creating them overwrites what is there.
			return applied, nil
		}
	}
}

func refuse(r *tfprotov5.ApplyResourceChangeRequest, summary, detail string) *tfprotov5.ApplyResourceChangeResponse {
	return &tfprotov5.ApplyResourceChangeResponse{NewState: r.PriorState, Diagnostics: failure(summary, detail)}
}

func failure(summary, detail string) []*tfprotov5.Diagnostic {
	return []*tfprotov5.Diagnostic{{Severity: tfprotov5.DiagnosticSeverityError, Summary: summary, Detail: detail}}
}
