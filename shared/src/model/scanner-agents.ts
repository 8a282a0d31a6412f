/** Parts of the names under which programs that fetch links and pictures introduce themselves, lower case. */
export const scannerAgents: readonly string[] = [
  'barracuda',
  'bot/',
  'bot;',
  'crawler',
  'curl/',
  'go-http-client',
  'googlebot',
  'bingbot',
  'headlesschrome',
  'linkpreview',
  'mimecast',
  'phantomjs',
  'proofpoint',
  'python-requests',
  'safelinks',
  'slackbot',
  'sophos',
  'spider',
  'symantec',
  'trendmicro',
  'wget/',
];

/** Whether a user agent is that of a program that looks at mail, not of a person's browser. */
export const isScannerAgent = (userAgent: string): boolean => {
  const folded = userAgent.toLowerCase();
  return scannerAgents.some((agent) => folded.includes(agent));
};
