/** What of the YAML parser is used, in a module of its own: a bundle loads it when there is YAML to read. */
export { parse } from 'yaml';
