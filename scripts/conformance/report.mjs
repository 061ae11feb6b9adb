/** Each failure with its place, then the line of counts. */
export function report(outcomes) {
  const failures = outcomes.filter(({ passed }) => !passed);
  return [...failures.map(told), `${outcomes.length - failures.length} passed, ${failures.length} failed`].join("\n\n");
}

const told = ({ section, index, name, expected, got }) => [
  `✗ ${section} ${index}: ${name}`,
  `    expected  ${expected}`,
  `    got       ${got}`,
].join("\n");
