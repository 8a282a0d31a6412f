import type { Icon } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import styles from './chooser.module.css';

/** Something to choose by typing part of its name. */
export interface Choice {
  id: string;
  title: string;
  about?: string | undefined;
  group: string;
  /** All that a search looks at, lower case. */
  search: string;
  icon?: Icon | undefined;
  color?: string | undefined;
}

/** In the canvas's own pixels. */
export interface Anchor {
  x: number;
  y: number;
}

const width = 300;
export const chooserHeight = 380;
/** Who needs more types more. */
const mostShown = 60;

const matching = (choices: readonly Choice[], more: readonly Choice[], words: readonly string[]): readonly Choice[] => {
  if (words.length === 0) return choices;
  const [first = ''] = words;
  // What is called so comes before what merely mentions it; `sort` keeps the order otherwise.
  const rank = ({ title }: Choice): number => {
    const name = title.toLowerCase();
    return name.startsWith(first) ? 0 : name.includes(first) ? 1 : 2;
  };
  const found = (among: readonly Choice[]): Choice[] =>
    among.filter((choice) => words.every((word) => choice.search.includes(word))).sort((a, b) => rank(a) - rank(b));
  return [...found(choices), ...found(more)].slice(0, mostShown);
};

/** A list that opens where it is needed, filtered by typing, worked by arrow keys, Enter and Escape. */
export function Chooser(given: {
  title: string;
  placeholder: string;
  nothing: string;
  choices: readonly Choice[];
  /** Come up only when something is typed; gathered then. */
  more?: () => readonly Choice[];
  anchor: Anchor;
  /** Of the canvas: the list stays inside. */
  within: { width: number; height: number };
  onChoose: (id: string) => void;
  onClose: () => void;
}) {
  const { choices, anchor, within, onClose, onChoose } = given;
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const gathered = useRef<readonly Choice[] | null>(null);
  if (words.length > 0) gathered.current ??= given.more?.() ?? [];
  const found = matching(choices, gathered.current ?? [], words);
  const box = useRef<HTMLDivElement>(null);
  const listId = useId();
  const optionId = (index: number): string => `${listId}-${index}`;

  useEffect(() => {
    const onPointer = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) onClose(); // Events of the page come from nodes.
    };
    window.addEventListener('pointerdown', onPointer, { capture: true });
    return () => window.removeEventListener('pointerdown', onPointer, { capture: true });
  }, [onClose]);
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, typed]);

  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setActive((index) => (index + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const choice = found[active];
      if (choice) onChoose(choice.id);
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      onClose();
    }
  };

  const boxWidth = Math.min(width, within.width - 16);
  const boxHeight = Math.min(chooserHeight, within.height - 16);
  const place: CSSProperties = {
    width: boxWidth,
    maxHeight: boxHeight,
    left: Math.max(8, Math.min(anchor.x - boxWidth / 2, within.width - boxWidth - 8)),
    top: Math.max(8, Math.min(anchor.y, within.height - boxHeight - 8)),
  };
  return (
    <div ref={box} className={styles.box} style={place} role="dialog" aria-label={given.title} onKeyDown={onKeyDown}>
      <input
        className={styles.input}
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? optionId(active) : undefined}
        aria-label={given.title}
        placeholder={given.placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
      />
      <div id={listId} className={styles.list} role="listbox" aria-label={given.title}>
        {found.map((choice, index) => (
          <Option
            key={choice.id}
            id={optionId(index)}
            choice={choice}
            heading={typed === '' && found[index - 1]?.group !== choice.group ? choice.group : null}
            active={index === active}
            onActive={() => setActive(index)}
            onChoose={() => onChoose(choice.id)}
          />
        ))}
      </div>
      {found.length === 0 && (
        <p className={styles.nothing} role="status">
          {given.nothing}
        </p>
      )}
    </div>
  );
}

function Option(given: {
  id: string;
  choice: Choice;
  heading: string | null;
  active: boolean;
  onActive: () => void;
  onChoose: () => void;
}) {
  const { choice } = given;
  return (
    <>
      {given.heading !== null && given.heading !== '' && (
        <div className={styles.group} role="presentation">
          {given.heading}
        </div>
      )}
      <div
        id={given.id}
        role="option"
        aria-selected={given.active}
        className={styles.option}
        onPointerMove={given.active ? undefined : given.onActive}
        onClick={given.onChoose}
      >
        {choice.icon && (
          <choice.icon size={17} stroke={1.8} aria-hidden="true" style={{ color: choice.color, flex: 'none' }} />
        )}
        <span className={styles.name}>{choice.title}</span>
        {choice.about && <span className={styles.about}>{choice.about}</span>}
      </div>
    </>
  );
}
