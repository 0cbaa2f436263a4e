/** Words that make a reader stop, and what to write instead. Held in comments and documents. */
export const BANNED_WORDS = [
  [/\banew\b/i, 'say again, or say what is done'],
  [/\bwho(so)?ever\b/i, 'name the one who does it'],
  [/\bwhom\b/i, 'name the one it is done to'],
  [/\bgiven up\b/i, 'say dropped'],
  [/\bso many\b/i, 'say the number, or that number of'],
  [/\bpages? of metrics\b/i, 'say metrics endpoint'],
  [/\bmay be given out\b/i, 'say allocatable'],
  [/\b(leads|led) no more\b/i, 'say lost leadership'],
];
