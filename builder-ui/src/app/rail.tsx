import { Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import {
  IconBook2,
  IconDots,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Person } from '../api/session.ts';
import { placesFor, type Place } from './places.ts';
import styles from './rail.module.css';
import { UnreadBadge } from './unread-badge.tsx';

/** What a phone has room for; the rest is behind "More". */
const onPhone: readonly Place['path'][] = ['/', '/notices', '/queue', '/contacts', '/automations'];

function Labelled({ label, narrow, children }: { label: string; narrow: boolean; children: ReactNode }) {
  return (
    <Tooltip label={label} position="right" disabled={!narrow}>
      {children}
    </Tooltip>
  );
}

function PlaceLink(given: { place: Place; narrow: boolean; extra: boolean; person: Person }) {
  const { place, narrow, extra } = given;
  return (
    <Labelled label={place.label} narrow={narrow}>
      <Link
        to={place.path}
        className={extra ? `${styles.place} ${styles.extra}` : styles.place}
        activeOptions={{ exact: place.path === '/', includeSearch: false }}
      >
        <place.icon size={18} stroke={1.7} aria-hidden="true" />
        <span className={styles.narrowable}>{place.label}</span>
        {narrow && <span className="heard">{place.label}</span>}
        {place.path === '/notices' && <UnreadBadge person={given.person.id} />}
      </Link>
    </Labelled>
  );
}

/** Where one can go. Narrow where the screen needs the room; a bar at the bottom on phones. */
export function Rail(given: { person: Person; narrow: boolean; onSignOut: () => void; onShowKeys: () => void }) {
  const { person, narrow } = given;
  const places = placesFor(person);
  return (
    <nav className={styles.rail} data-narrow={narrow || undefined} aria-label="Places">
      <Link to="/" className={styles.brand} aria-label="Ripen, home">
        <img src="/ripen.svg" alt="" width={24} height={24} />
        <span className={styles.narrowable}>Ripen</span>
      </Link>
      <Labelled label="Search" narrow={narrow}>
        <button
          type="button"
          className={`${styles.place} ${styles.onlyWide}`}
          onClick={spotlight.open}
          aria-label="Search"
        >
          <IconSearch size={18} stroke={1.7} aria-hidden="true" />
          <span className={styles.narrowable}>Search</span>
        </button>
      </Labelled>
      {places.map((place) => (
        <PlaceLink
          key={place.path}
          place={place}
          narrow={narrow}
          extra={!onPhone.includes(place.path)}
          person={person}
        />
      ))}
      <div className={styles.space} />
      <PersonMenu {...given} places={places} />
    </nav>
  );
}

function PersonMenu(given: {
  person: Person;
  narrow: boolean;
  places: readonly Place[];
  onSignOut: () => void;
  onShowKeys: () => void;
}) {
  const { person, places } = given;
  const { setColorScheme } = useMantineColorScheme();
  // What is seen: by default the device decides.
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <Menu position="top-start" width={240} withinPortal>
      <Menu.Target>
        <button type="button" className={styles.place} aria-label={`${person.name}: account and more`}>
          <IconUserCircle size={18} stroke={1.7} aria-hidden="true" className={styles.onlyWide} />
          <IconDots size={18} stroke={1.7} aria-hidden="true" className={styles.onlyPhone} />
          <span className={`${styles.narrowable} ${styles.onlyWide}`}>{person.name}</span>
          <span className={`${styles.narrowable} ${styles.onlyPhone}`}>More</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{person.email}</Menu.Label>
        <div className={styles.onlyPhone} style={{ flexDirection: 'column' }}>
          {places
            .filter(({ path }) => !onPhone.includes(path))
            .map((place) => (
              <Menu.Item key={place.path} component={Link} to={place.path} leftSection={<place.icon size={16} />}>
                {place.label}
              </Menu.Item>
            ))}
          <Menu.Item leftSection={<IconSearch size={16} />} onClick={spotlight.open}>
            Search
          </Menu.Item>
          <Menu.Divider />
        </div>
        <Menu.Item
          leftSection={dark ? <IconSun size={16} /> : <IconMoon size={16} />}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {dark ? 'Light colours' : 'Dark colours'}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={given.onShowKeys}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item component="a" href="/api/docs" leftSection={<IconBook2 size={16} />}>
          API docs
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={given.onSignOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
