# What tflint checks on every synthesized stack: all rules that come with it.
config {
  call_module_type = "none"
}

plugin "terraform" {
  enabled = true
  preset  = "all"
}
