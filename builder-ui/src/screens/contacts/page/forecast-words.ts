import type { ContactForecast } from '@ripen/shared';
import { number, signed } from '../../../ui/words.ts';

const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });
const withYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** `14 March`, with its year where that is another than now. Both in ms, in the reader's zone. */
export const dayInWords = (at: number, now: number): string =>
  (new Date(at).getFullYear() === new Date(now).getFullYear() ? dayAndMonth : withYear).format(at);

/**
 * What the forecast says in a sentence. `order` ranks the stages (-1: none); what is below its threshold fell, what was
 * entered from below rose.
 */
export const forecastInWords = (
  forecast: Pick<ContactForecast, 'at' | 'until' | 'score' | 'moves' | 'points' | 'cut'>,
  order: (stage: string | null) => number,
): string => {
  const now = Date.parse(forecast.at);
  const [move] = forecast.moves;
  if (move) {
    const day = dayInWords(Date.parse(move.at), now);
    const falls = order(move.to) < order(move.from);
    const to = move.toName ?? move.to;
    const from = move.fromName ?? move.from;
    if (falls && from !== null) return `Falls below ${from} on ${day} if nothing happens.`;
    return to === null
      ? `Leaves every stage on ${day} if nothing happens.`
      : `Moves to ${to} on ${day} if nothing happens.`;
  }
  const last = forecast.points.at(-1);
  const changes = last !== undefined && Math.abs(last.score - forecast.score) >= 0.05;
  if (!changes) return 'The score and the stage stay as they are if nothing happens.';
  const verb = last.score < forecast.score ? 'falls' : 'rises';
  const day = dayInWords(Date.parse(last.at), now);
  return `Stays in this stage. If nothing happens the score ${verb} to ${number(last.score)} by ${day}.`;
};

/** Ways up that are named one by one. */
const mostNamed = 3;

/** How far the next stage is, and what takes the contact there by happening once more. */
export const nextInWords = ({ stage, name, missing, rules }: NonNullable<ContactForecast['next']>): string => {
  const below = `${number(missing)} ${missing === 1 ? 'point' : 'points'} below ${name}`;
  if (rules.length === 0) return `${below}: more than any one rule adds now.`;
  const ways = rules
    .slice(0, mostNamed)
    .map((rule) => `“${rule.name}” (${signed(rule.points)}${rule.stage === stage ? '' : `, to ${rule.stageName}`})`);
  const others = rules.length - mostNamed;
  if (others > 0) ways.push(others === 1 ? 'another' : `one of ${others} others`);
  const last = ways.pop() ?? '';
  return `${below}: one ${ways.length === 0 ? last : `${ways.join(', ')} or ${last}`} is enough.`;
};
