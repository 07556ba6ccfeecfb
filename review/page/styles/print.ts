/** On paper everything is unfolded by the script, and nothing scrolls. */
export const print = `
@media print {
  body { background: none; font-size: 12px; } .toolbar, .filters, #unfold { display: none; } main { padding: 0; max-width: none; }
  section { border: 0; padding: 0; } .scroll, #resources .scroll { overflow: visible; max-height: none; border: 0; }
  .drawing { min-width: 0; max-height: 95vh; } figure, .tiles, .remarks li { break-inside: avoid; } thead th { position: static; }
}
`;
