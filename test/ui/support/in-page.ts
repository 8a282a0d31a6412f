/** An element, as far as code that runs in the page looks at it. The server's side has no types of the DOM, and is to have none. */
export interface PageElement {
  readonly tagName: string;
  readonly isConnected: boolean;
  readonly clientWidth: number;
  readonly scrollWidth: number;
  readonly parentElement: PageElement | null;
  readonly outerHTML: string;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { readonly right: number; readonly width: number };
  closest(selector: string): PageElement | null;
  matches(selector: string): boolean;
  compareDocumentPosition(other: PageElement): number;
}

/** What functions that are handed to `page.evaluate` find there: `globalThis as unknown as InPage`. */
export interface InPage {
  readonly document: {
    readonly documentElement: PageElement;
    readonly body: PageElement;
    readonly activeElement: PageElement | null;
    readonly fonts: { readonly status: 'loading' | 'loaded' };
    getElementById(id: string): PageElement | null;
    querySelector(selector: string): PageElement | null;
    querySelectorAll(selector: string): Iterable<PageElement>;
  };
  readonly navigator: { readonly clipboard: { writeText(text: string): Promise<void> } };
  getComputedStyle(element: PageElement): { readonly overflowX: string };
  requestAnimationFrame(next: () => void): void;
  setTimeout(next: () => void, afterMs: number): unknown;
  requestIdleCallback(work: (at: unknown) => void, options: { timeout: number }): void;
  addEventListener(type: string, tell: (event: { isTrusted: boolean }) => void, options: { capture: boolean }): void;
  /** TanStack's router leaves itself in the page for its tools. */
  readonly __TSR_ROUTER__?: {
    readonly routesByPath: Readonly<Record<string, unknown>>;
    readonly state: { readonly status: 'pending' | 'idle' };
    readonly history: { push(href: string): void };
  };
  /** Put there by the tests themselves. */
  readonly axe: { run(options: object): Promise<{ violations: Finding[] }> };
  pointed?: number;
  sameDocument?: boolean;
}

/** What axe says of a rule that is broken. */
export interface Finding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}
