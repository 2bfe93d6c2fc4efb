package dev.usher.content;

/** Makes fingerprints for tests of other packages. */
public final class Fingerprints {

    private Fingerprints() {}

    public static Fingerprint with(String key) {
        return new Fingerprint(key);
    }
}
