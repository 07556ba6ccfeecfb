# What tflint checks on every synthesized stack: all rules that come with it, but one.
config {
  call_module_type = "none"
}

plugin "terraform" {
  enabled = true
  preset  = "all"
}

# Outputs are described where they are declared, in stacks/facts.ts; their values say the rest in the JSON.
rule "terraform_documented_outputs" {
  enabled = false
}
