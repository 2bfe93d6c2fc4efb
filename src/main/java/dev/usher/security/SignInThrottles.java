package dev.usher.security;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who may not try now: an address that failed at one name, an address that failed at any, and, much later, everybody at a
 * name that was failed at from everywhere. The last spares addresses from which that name has signed in before, so that no
 * stranger can lock somebody out.
 */
final class SignInThrottles {

    private static final int REMEMBERED = 1_000;

    private final Throttle pairs;
    private final Throttle addresses;
    private final Throttle names;
    private final Map<String, Boolean> proven = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    SignInThrottles(SecuritySettings.Limits limits, Clock clock) {
        this.pairs = throttle(limits.tries(), limits.longest(), limits, clock);
        this.addresses = throttle(limits.triesOfAddress(), limits.longest(), limits, clock);
        // no doubling: whoever comes by for the first time waits no longer than first
        this.names = throttle(limits.triesOfName(), limits.first(), limits, clock);
    }

    private static Throttle throttle(int tries, Duration longest, SecuritySettings.Limits limits, Clock clock) {
        return new Throttle(tries, limits.first(), longest, limits.longest(), clock);
    }

    synchronized boolean refuse(String name, String address) {
        return pairs.refuses(pair(name, address))
                || addresses.refuses(address)
                || names.refuses(name) && !proven.containsKey(pair(name, address));
    }

    synchronized void failed(String name, String address) {
        pairs.failed(pair(name, address));
        addresses.failed(address);
        names.failed(name);
    }

    /** Forgives what this name failed at here; not what else the address did, for its owner may have a name of their own. */
    synchronized void succeeded(String name, String address) {
        pairs.succeeded(pair(name, address));
        proven.put(pair(name, address), true);
    }

    private static String pair(String name, String address) {
        return name + " " + address;
    }
}
