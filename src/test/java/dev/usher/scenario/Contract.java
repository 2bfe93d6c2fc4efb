package dev.usher.scenario;

/** What the contract of all destinations needs to know of one. */
final class Contract {

    static final String FILE = "contract.yaml";

    private Contract() {}
}
