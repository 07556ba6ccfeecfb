// Command provider stands in for a Terraform provider in tests. It plans, applies, reads and imports without calling a
// cloud; the schema that it serves is in the file schema.json beside the executable.
//
// Environment variables:
//
//	STAND_IN_FAIL_APPLY   resource types whose apply fails, separated by commas
//	STAND_IN_APPLY_DELAY  how long each apply takes, such as 2s
//	STAND_IN_WORLD        directory that records what was applied; reads and imports answer from it
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "provider:", err)
		os.Exit(1)
	}
}

func run() error {
	executable, err := os.Executable()
	if err != nil {
		return err
	}
	schema, err := readSchema(filepath.Join(filepath.Dir(executable), "schema.json"))
	if err != nil {
		return err
	}
	s, err := newServer(schema)
	if err != nil {
		return err
	}
	return tf5server.Serve(schema.address, func() tfprotov5.ProviderServer { return s })
}
