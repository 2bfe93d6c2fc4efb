package dev.usher.sandbox.entra;

/** The names in the simulated tenant. None of them opens anything elsewhere. */
public final class EntraTenant {
    public static final String ID = "11111111-aaaa-4bbb-8ccc-222222222222";
    public static final String DOMAIN = "contosocustomers.onmicrosoft.com";
    public static final String CLIENT_ID = "33333333-aaaa-4bbb-8ccc-444444444444";
    public static final String CLIENT_SECRET = "sandbox-client-secret";
    /** Class path resources of the certificate Usher may sign in with; the PFX has the password {@code sandbox}. */
    public static final String CERTIFICATE = "/sandbox/usher-sandbox-only.cert.pem";

    public static final String PRIVATE_KEY = "/sandbox/usher-sandbox-only.key.pem";
    public static final String PFX = "/sandbox/usher-sandbox-only.pfx";
    /** Application id, without dashes, of the b2c-extensions-app that owns the extension attributes. */
    public static final String EXTENSIONS_APP = "aaaabbbbccccddddeeeeffff00001111";

    /** A group that is there from the start. */
    public static final String BUSINESS_GROUP = "9c1d0000-0000-4000-8000-0000000000b1";
    /** The service principal of an application that is there from the start, and its one role. */
    public static final String SHOP = "5a0b0000-0000-4000-8000-0000000000a1";

    public static final String PARTNER_ROLE = "7e3f0000-0000-4000-8000-0000000000c1";

    /** The organisation's own (workforce) tenant, whose users work in Dataverse; its tokens open nothing in the customers' tenant. */
    public static final String WORKFORCE_ID = "55555555-aaaa-4bbb-8ccc-666666666666";

    public static final String WORKFORCE_CLIENT_ID = "77777777-aaaa-4bbb-8ccc-888888888888";
    public static final String WORKFORCE_CLIENT_SECRET = "sandbox-workforce-secret";

    /** Usher's console, as an application of the workforce tenant. */
    public static final String CONSOLE_CLIENT_ID = "99999999-aaaa-4bbb-8ccc-000000000001";

    public static final String CONSOLE_CLIENT_SECRET = "sandbox-console-secret";

    private EntraTenant() {}

    /** The name under which Graph knows a custom attribute. */
    public static String extension(String attribute) {
        return "extension_" + EXTENSIONS_APP + "_" + attribute;
    }
}
