/** Names before the @ that people type to get past a form; dots, dashes and digits in them say nothing. */
const implausibleNames: ReadonlySet<string> = new Set([
  'abc',
  'abuse',
  'asdf',
  'asdfasdf',
  'bogus',
  'daffyduck',
  'darthvader',
  'donaldduck',
  'fake',
  'foobar',
  'jamesbond',
  'mickeymouse',
  'nobody',
  'none',
  'noreply',
  'nospam',
  'qwerty',
  'santaclaus',
  'spam',
  'test',
  'testtest',
  'xxx',
]);

/** Domains where anybody has a mailbox for some minutes, and those that nobody can have. */
const worthlessDomains: ReadonlySet<string> = new Set([
  '10minutemail.com',
  'discard.email',
  'dispostable.com',
  'example.com',
  'example.net',
  'example.org',
  'fakeinbox.com',
  'getnada.com',
  'grr.la',
  'guerrillamail.com',
  'guerrillamail.info',
  'guerrillamail.net',
  'guerrillamail.org',
  'mailcatch.com',
  'maildrop.cc',
  'mailinator.com',
  'mailnesia.com',
  'mintemail.com',
  'mohmal.com',
  'sharklasers.com',
  'spamgourmet.com',
  'temp-mail.org',
  'tempmail.com',
  'throwawaymail.com',
  'trashmail.com',
  'trashmail.de',
  'yopmail.com',
]);

/** Whether an e-mail address is implausible (donaldduck@gmail.com) or disposable (anybody@mailinator.com). */
export const isJunkAddress = (address: string): boolean => {
  const folded = address.trim().toLowerCase();
  const at = folded.lastIndexOf('@');
  if (at < 1) return false;
  const name = folded.slice(0, at).split('+', 1)[0] ?? '';
  if (implausibleNames.has(name.replace(/[.\-_\d]/g, ''))) return true;
  // mail.mailinator.com is as disposable as mailinator.com.
  for (let domain = folded.slice(at + 1); domain.includes('.'); domain = domain.slice(domain.indexOf('.') + 1))
    if (worthlessDomains.has(domain)) return true;
  return false;
};
