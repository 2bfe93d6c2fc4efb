package dev.usher.sandbox;

/** Runs the sandbox by itself, on the standard ports, until the process is ended. */
public final class SandboxAlone {
    private SandboxAlone() {}

    public static void main(String[] arguments) throws InterruptedException {
        Sandbox sandbox = Sandbox.start(SandboxPorts.standard());
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
        System.out.println("control    http://127.0.0.1:" + sandbox.port("control"));
        for (String name : sandbox.names()) {
            System.out.printf("%-10s 127.0.0.1:%d%n", name, sandbox.port(name));
        }
        Thread.currentThread().join();
    }
}
