/** Parts of rules, models and stages as people call them, by the first part of a path that has a name. */
const parts: Record<string, string> = {
  event: 'the event',
  model: 'the score model',
  points: 'the points',
  name: 'the name',
  group: 'the group',
  counts: 'how often it counts',
  when: 'the condition',
  where: 'the condition',
  decay: 'the decay',
  halfLifeDays: 'the half-life',
  windowDays: 'the expiry',
  reset: 'the term',
  clamp: 'the range',
  audience: 'the audience',
  cap: 'the cap',
  from: 'where it starts',
  bands: 'the bands',
  threshold: 'the threshold',
  margin: 'the margin',
  minimumStayDays: 'the minimum stay',
  description: 'the description',
};

const blank = new Set(['Fill this in.', 'Choose one.', 'Type a number.', 'Type a whole number.']);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a schema has against a part, as a sentence that stands alone: "Fill in the decay." `where`: whose part it is. */
export const unfinishedWords = (path: string, message: string, where: string | null): string => {
  const key = path.split('.').find((one) => one in parts);
  const part = key === undefined ? 'what is missing' : (parts[key] ?? key);
  const said = blank.has(message) ? `fill in ${part}.` : `${part}: ${message}`;
  return where === null ? capital(said) : `${where}: ${said}`;
};
