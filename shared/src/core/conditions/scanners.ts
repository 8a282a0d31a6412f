import type { ScannerSettings } from '../../model/event-type.ts';
import { isScannerAgent } from '../../model/scanner-agents.ts';
import { readPath, type Json, type Properties } from '../../model/value.ts';
import type { PastEvent } from '../facts.ts';

/** What telling scanners looks at. */
interface Sight {
  readonly earnedAt: number;
  readonly properties: Properties;
  events(type: string): readonly PastEvent[];
}

/** Tells what programs did that look at mail from what people did, by the event itself and what was shortly before it. */
export interface CompiledScanner {
  /** Why the event at hand looks like a scanner's, as a note; null when it does not. It is among the past events already. */
  why(sight: Sight): string | null;
  /** Past events that it looks at: those of a type since so many milliseconds before. */
  readonly past: readonly { type: string; withinMs: number }[];
}

/** What every note about a scanner begins with; timelines look for it. */
const scannerNote = 'looks like a scanner';

const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;

export const compileScanner = (type: string, settings: ScannerSettings): CompiledScanner => {
  const { sent, links } = settings;
  const sentWithinMs = sent ? Math.round(sent.withinSeconds * 1_000) : 0;
  const linksWithinMs = links ? Math.round(links.withinSeconds * 1_000) : 0;
  const before = (sight: Sight, ofType: string, withinMs: number): PastEvent[] =>
    sight.events(ofType).filter(({ at }) => at > sight.earnedAt - withinMs && at <= sight.earnedAt);

  const byAgent = ({ properties }: Sight): string | null => {
    const agent = textOf(readPath(properties, settings.agent));
    return agent !== null && isScannerAgent(agent) ? `${scannerNote}: it says it is ${agent.slice(0, 100)}` : null;
  };
  const bySpeed = (sight: Sight): string | null => {
    if (!sent) return null;
    const message = textOf(readPath(sight.properties, sent.by));
    if (message === null) return null;
    const just = before(sight, sent.event, sentWithinMs).findLast(
      ({ properties }) => textOf(readPath(properties, sent.by)) === message,
    );
    return just ? `${scannerNote}: ${(sight.earnedAt - just.at) / 1_000} seconds after it was sent` : null;
  };
  const byLinks = (sight: Sight): string | null => {
    if (!links) return null;
    const followed = before(sight, type, linksWithinMs);
    if (followed.length < links.atLeast) return null;
    const different = new Set(followed.map(({ properties }) => textOf(readPath(properties, links.property))));
    different.delete(null);
    const count = different.size;
    return count >= links.atLeast ? `${scannerNote}: ${count} links within ${links.withinSeconds} seconds` : null;
  };
  return {
    why: (sight) => byAgent(sight) ?? bySpeed(sight) ?? byLinks(sight),
    past: [
      ...(sent ? [{ type: sent.event, withinMs: sentWithinMs }] : []),
      ...(links ? [{ type, withinMs: linksWithinMs }] : []),
    ],
  };
};
