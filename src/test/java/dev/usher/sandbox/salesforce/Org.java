package dev.usher.sandbox.salesforce;

/** The names in the simulated org. None of them opens anything elsewhere. */
public final class Org {
    public static final String ID = "00D000000000062EAA";
    public static final String CLIENT_ID = "3MVGsandboxConsumerKey";
    public static final String CLIENT_SECRET = "sandbox-consumer-secret";
    /** The integration user, whom the connected app is approved for in advance. */
    public static final String USER = "usher@integration.example";
    /** The audience of a JWT: production orgs; sandboxes of the vendor have test.salesforce.com. */
    public static final String AUDIENCE = "https://login.salesforce.com";
    /** Class path resource of the certificate that is uploaded to the connected app. */
    public static final String CERTIFICATE = "/sandbox/usher-sandbox-only.cert.pem";
    /** The field that holds the object id: External ID and, unless set otherwise, unique. */
    public static final String EXTERNAL_ID = "Entra_Oid__c";
    /** A text field of 40 characters. */
    public static final String STATE = "Directory_State__c";

    static final String RUN_AS = "005000000000123AAA";

    private Org() {}
}
