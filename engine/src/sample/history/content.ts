/** What the site, the newsletter and the webinars of the sample are about. */
export const pages = [
  [10, '/'],
  [7, '/product'],
  [5, '/product/automations'],
  [5, '/product/scoring'],
  [4, '/blog/what-is-lead-scoring'],
  [4, '/blog/marketing-and-sales-on-one-page'],
  [3, '/blog/when-points-should-fade'],
  [3, '/customers/logistics'],
  [2, '/customers/software'],
  [2, '/customers/manufacturing'],
  [2, '/customers/education'],
  [2, '/about'],
  [1, '/careers'],
] as const;

export const guides = [
  'Scoring in one afternoon',
  'The handoff that sales likes',
  'Fit and intent, side by side',
  'Ten rules that lose points',
] as const;

export const features = ['Canvas', 'Score model', 'Import', 'Queue', 'Simulation'] as const;

export const webinars = [
  'Scoring clinic',
  'From form to first call',
  'Points that fade',
  'Routing by territory',
  'What sales wants to know',
  'A year of lead scoring',
] as const;

export const newsletters = [
  'Spring notes',
  'What ripens when',
  'Three rules to copy',
  'How we route',
  'Numbers of the quarter',
  'The silent third',
  'Before you call',
] as const;

/** A title for people: `/customers/logistics` is "Customers: Logistics". */
export const titleOf = (path: string): string =>
  path === '/'
    ? 'Home'
    : path
        .slice(1)
        .split('/')
        .map((part) => part.charAt(0).toUpperCase() + part.slice(1).replaceAll('-', ' '))
        .join(': ');
