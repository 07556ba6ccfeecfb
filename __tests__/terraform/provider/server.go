package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// server answers Terraform. The embedded interface is nil: it stands for the methods of features that the schema does
// not offer (functions, ephemeral resources, moves between types), which Terraform therefore does not call.
type server struct {
	tfprotov5.ProviderServer
	schema      *schema
	cloud       cloud
	world       world
	defaultTags map[string]tftypes.Value
	failing     map[string]bool
	delay       time.Duration
	// creating keeps two applies from taking the same id.
	creating sync.Mutex
}

func newServer(schema *schema) (*server, error) {
	s := &server{
		schema:  schema,
		cloud:   cloud{region: "us-east-1"},
		world:   world{directory: os.Getenv("STAND_IN_WORLD")},
		failing: map[string]bool{},
	}
	for name := range strings.SplitSeq(os.Getenv("STAND_IN_FAIL_APPLY"), ",") {
		if name != "" && schema.resources[name] == nil {
			return nil, fmt.Errorf("STAND_IN_FAIL_APPLY names %q, which is not a resource type of %s", name, schema.address)
		}
		s.failing[name] = true
	}
	if text := os.Getenv("STAND_IN_APPLY_DELAY"); text != "" {
		delay, err := time.ParseDuration(text)
		if err != nil {
			return nil, fmt.Errorf("STAND_IN_APPLY_DELAY: %w", err)
		}
		s.delay = delay
	}
	return s, nil
}

func (s *server) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	response := &tfprotov5.GetMetadataResponse{}
	for name := range s.schema.resources {
		response.Resources = append(response.Resources, tfprotov5.ResourceMetadata{TypeName: name})
	}
	for name := range s.schema.dataSources {
		response.DataSources = append(response.DataSources, tfprotov5.DataSourceMetadata{TypeName: name})
	}
	return response, nil
}

func (s *server) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	return &tfprotov5.GetProviderSchemaResponse{
		Provider:          s.schema.provider,
		ResourceSchemas:   plainSchemas(s.schema.resources),
		DataSourceSchemas: plainSchemas(s.schema.dataSources),
	}, nil
}

func plainSchemas(objects map[string]*object) map[string]*tfprotov5.Schema {
	schemas := make(map[string]*tfprotov5.Schema, len(objects))
	for name, o := range objects {
		schemas[name] = o.Schema
	}
	return schemas
}

func (s *server) GetResourceIdentitySchemas(context.Context, *tfprotov5.GetResourceIdentitySchemasRequest) (*tfprotov5.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov5.GetResourceIdentitySchemasResponse{}, nil
}

func (s *server) PrepareProviderConfig(_ context.Context, r *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: r.Config}, nil
}

func (s *server) ConfigureProvider(_ context.Context, r *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	config, err := r.Config.Unmarshal(s.schema.provider.ValueType())
	if err != nil {
		return nil, err
	}
	attributes, err := attributesOf(config)
	if err != nil {
		return nil, err
	}
	if region, ok := text(attributes["region"]); ok {
		s.cloud.region = region
	}
	s.defaultTags, err = defaultTagsOf(attributes["default_tags"])
	return &tfprotov5.ConfigureProviderResponse{}, err
}

func (s *server) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (s *server) ValidateResourceTypeConfig(_ context.Context, r *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	diagnostics, err := s.schema.resources[r.TypeName].unconfigurable(r.Config)
	return &tfprotov5.ValidateResourceTypeConfigResponse{Diagnostics: diagnostics}, err
}

func (s *server) ValidateDataSourceConfig(_ context.Context, r *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	diagnostics, err := s.schema.dataSources[r.TypeName].unconfigurable(r.Config)
	return &tfprotov5.ValidateDataSourceConfigResponse{Diagnostics: diagnostics}, err
}

// unconfigurable refuses values of attributes that can only be read, which Terraform leaves to the provider.
func (o *object) unconfigurable(config *tfprotov5.DynamicValue) ([]*tfprotov5.Diagnostic, error) {
	value, err := config.Unmarshal(o.ValueType())
	if err != nil {
		return nil, err
	}
	var diagnostics []*tfprotov5.Diagnostic
	err = tftypes.Walk(value, func(path *tftypes.AttributePath, v tftypes.Value) (bool, error) {
		a := o.attributes[dotted(path)]
		if a != nil && isAttribute(path) && a.Computed && !a.Optional && !v.IsNull() {
			diagnostics = append(diagnostics, &tfprotov5.Diagnostic{
				Severity:  tfprotov5.DiagnosticSeverityError,
				Summary:   "Value for unconfigurable attribute",
				Detail:    fmt.Sprintf("%q can only be read: the provider decides its value", a.Name),
				Attribute: path,
			})
		}
		return a == nil || !isAttribute(path), nil
	})
	return diagnostics, err
}

func (s *server) ReadDataSource(_ context.Context, r *tfprotov5.ReadDataSourceRequest) (*tfprotov5.ReadDataSourceResponse, error) {
	source := s.schema.dataSources[r.TypeName]
	config, err := r.Config.Unmarshal(source.ValueType())
	if err != nil {
		return nil, err
	}
	made := maker{cloud: s.cloud, typeName: r.TypeName, seed: digest(r.TypeName, r.Config.MsgPack)}
	state, err := source.transform(config, func(path string, a *tfprotov5.SchemaAttribute, v tftypes.Value) tftypes.Value {
		if !a.Computed || !v.IsNull() {
			return v
		}
		if answer, ok := s.cloud.answer(r.TypeName, path); ok && answer.Type().Is(a.Type) {
			return answer
		}
		return made.value(a.Type, path)
	})
	if err != nil {
		return nil, err
	}
	value, err := tfprotov5.NewDynamicValue(source.ValueType(), state)
	return &tfprotov5.ReadDataSourceResponse{State: &value}, err
}
