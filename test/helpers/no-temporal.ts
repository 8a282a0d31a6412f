/** The part of a client that starts workflows, for tests of what happens before: there is no Temporal behind it. */
export const noTemporal = { start: () => Promise.reject(new Error('there is no Temporal here')) };
