/**
 * What is wider than its place scrolls, with a shadow at the edge where there is more: a cover that moves with the
 * content lies over a shadow that stays.
 */
export const fadingScroll = `.scroll {
  overflow: auto; margin-top: 12px;
  background: linear-gradient(to right, var(--surface) 40%, transparent) 0 0 / 40px 100% no-repeat local,
    linear-gradient(to left, var(--surface) 40%, transparent) 100% 0 / 40px 100% no-repeat local,
    linear-gradient(to right, var(--edge), transparent) 0 0 / 12px 100% no-repeat scroll,
    linear-gradient(to left, var(--edge), transparent) 100% 0 / 12px 100% no-repeat scroll;
}`;
