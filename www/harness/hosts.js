// Hosts that a site names as its own: each stands for itself, "*.example.org" for all under example.org.
export const isAmong = (hostname, hosts) =>
  hosts.some((host) => hostname === host || (host.startsWith("*.") && hostname.endsWith(host.slice(1))));
