import type { Family } from './node-view.ts';

/** Families as the palette titles them, in its order, each with the colour of its edge in both schemes. */
export const families: Record<Family, { title: string; color: string }> = {
  trigger: { title: 'Triggers', color: 'light-dark(#2d7339, #7cc487)' },
  condition: { title: 'Conditions', color: 'light-dark(#3b66a8, #86abe0)' },
  points: { title: 'Points', color: 'light-dark(#b3731a, #e3aa55)' },
  stage: { title: 'Stage and data', color: 'light-dark(#75539b, #b698dc)' },
  wait: { title: 'Waits', color: 'light-dark(#5f6a62, #a0aaa2)' },
  sales: { title: 'Sales', color: 'light-dark(#0f766e, #5cc3b8)' },
  flow: { title: 'Flow', color: 'light-dark(#8a5a44, #cfa089)' },
};
