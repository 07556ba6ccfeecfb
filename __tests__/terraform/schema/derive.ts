import type { Argument, AttributeType, Binding, Structure, Value } from "./bindings";

/** A schema in the form of `terraform providers schema -json`. */
export interface Block {
  readonly attributes: Record<string, Attribute>;
  readonly block_types: Record<string, NestedBlock>;
}

export interface Attribute {
  readonly type: AttributeType;
  required?: true;
  optional?: true;
  computed?: true;
  sensitive?: true;
  write_only?: true;
}

export interface NestedBlock {
  readonly nesting_mode: "list" | "set" | "map" | "single";
  readonly block: Block;
  min_items?: number;
  max_items?: number;
}

/** Derives the schema of a binding. */
export function deriveBlock(binding: Binding): Block {
  return new Derivation(binding).block(binding.root);
}

class Derivation {
  constructor(private readonly binding: Binding) {}

  block(name: string): Block {
    const structure = this.structure(name);
    const isRoot = name === this.binding.root;
    const block: Block = { attributes: {}, block_types: {} };
    for (const [member, argument] of structure.arguments) {
      const { value } = argument;
      if ("structure" in value && value.isBlock) block.block_types[member] = this.nested(value, argument);
      else block.attributes[member] = this.argument(member, argument, isRoot);
    }
    for (const [member, value] of structure.computed)
      block.attributes[member] = { type: this.type(value), computed: true };
    // `alias` belongs to Terraform, not to the provider.
    if (this.binding.kind === "provider" && isRoot) delete block.attributes.alias;
    return block;
  }

  private nested(value: Extract<Value, { structure: string }>, { required }: Argument): NestedBlock {
    return {
      nesting_mode: value.collection ?? "single",
      block: this.block(value.structure),
      ...(required && value.collection ? { min_items: 1 } : {}),
      ...(value.atMostOne ? { max_items: 1 } : {}),
    };
  }

  /**
   * The bindings do not say which optional arguments the provider computes where a configuration leaves them out. Most
   * arguments of a resource are, most of those inside its blocks are not, and `exceptions` has what matters beyond that.
   */
  private argument(name: string, { required, value }: Argument, isRoot: boolean): Attribute {
    const type = this.type(value);
    if (required) return { type, required: true };
    if (name.endsWith("_wo")) return { type, optional: true, write_only: true };
    const { kind } = this.binding;
    const computed = isRoot && (kind === "data source" || (kind === "resource" && name !== "tags"));
    return { type, optional: true, ...(computed ? { computed } : {}) };
  }

  private type(value: Value): AttributeType {
    if ("type" in value) return value.type;
    const { arguments: settable, computed } = this.structure(value.structure);
    const members = [...settable].map(([name, argument]) => [name, argument.value] as const);
    const object = [...members, ...computed].map(([name, member]) => [name, this.type(member)] as const);
    const type: AttributeType = ["object", Object.fromEntries(object)];
    return value.collection ? [value.collection, type] : type;
  }

  private structure(name: string): Structure {
    const structure = this.binding.structures.get(name);
    if (!structure) throw new Error(`${this.binding.type}: ${name} is not among the bindings`);
    return structure;
  }
}
