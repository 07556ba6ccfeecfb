const light = `
  color-scheme: light;
  --page: #f4f5f7; --surface: #fff; --raised: #f8f9fa; --ink: #1b1f24; --muted: #59636e; --rule: #c9ced6; --grid: #e4e7eb; --accent: #2a64a4;
  --added: #17722f; --added-soft: #e1f4e5; --changed: #7a4d00; --changed-soft: #fbf0d9; --removed: #b3261e; --removed-soft: #fce6e4;
  --replaced: #8a2a8f; --replaced-soft: #f7e6f8; --edge: #0002; --arrow: #6b7683;
  --vpc: #f6f8fb; --zone: #edf1f6; --public: #e3f1f3; --private: #e5ebf8; --isolated: #ece8f5; --group: #f1f4f0; --box: #fff; --line: #b6bfca;
  --gateway: #1a7f8c; --compute: #2f6fb5; --store: #6b4fb0; --message: #b0562b; --outside: #59636e;`;

const dark = `
  color-scheme: dark;
  --page: #0f1216; --surface: #181c22; --raised: #1e232a; --ink: #e7eaee; --muted: #a3adb9; --rule: #3d4650; --grid: #272d35; --accent: #7bb0ec;
  --added: #5fd47f; --added-soft: #12331d; --changed: #e8ba4e; --changed-soft: #3a2c0c; --removed: #ff938a; --removed-soft: #431a18;
  --replaced: #e3a0e8; --replaced-soft: #3a1a3d; --edge: #000a; --arrow: #8b96a3;
  --vpc: #1b2027; --zone: #20272f; --public: #17323a; --private: #1c2b44; --isolated: #2a2440; --group: #1f2620; --box: #12161b; --line: #48525e;
  --gateway: #4cb8c6; --compute: #6ba5e7; --store: #a98fe6; --message: #e58e63; --outside: #9da7b3;`;

/** Two themes: the reader's preference, unless the page's own button says otherwise; paper is light. */
export const colours = `
:root {${light} }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {${dark} } }
:root[data-theme="dark"] {${dark} }
@media print { :root, :root[data-theme="dark"] {${light} } }
`;
