/** The provider from npm warns of development settings, which is what these are. */
export function quietly(work) {
  const { warn, info } = console;
  Object.assign(console, { warn() {}, info() {} });
  try {
    return work();
  } finally {
    Object.assign(console, { warn, info });
  }
}
