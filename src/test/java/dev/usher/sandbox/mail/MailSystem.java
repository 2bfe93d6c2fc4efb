package dev.usher.sandbox.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.CallLog;
import dev.usher.sandbox.server.Fault;
import dev.usher.sandbox.server.LoggedCall;
import dev.usher.sandbox.server.Settings;
import dev.usher.sandbox.server.TcpSystem;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox that takes every mail, over SMTP. What a fault's share, count and path act on are the mails a client offers; their path is {@code
 * /messages}.
 *
 * <ul>
 *   <li>status: the mail is refused with that SMTP reply (421, 450 to 452, 550 to 554), with 451 for any other number;
 *   <li>cut before: the connection is closed when the mail is offered; cut after: when it was taken, instead of the reply;
 *   <li>malformed: the reply is none; latency: it comes late.
 * </ul>
 *
 * <p>No limit is on unless ordered, and no login is needed unless {@code PUT /systems/mail/settings} names a {@code user} and a
 * {@code password}.
 */
public final class MailSystem extends TcpSystem {
    static final String TARGET = "/messages";

    private final Clock clock;
    private final CallLog calls = new CallLog();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusedLogins = new AtomicInteger();
    private volatile @Nullable Login login;

    private record Login(String user, String password) {}

    public MailSystem(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public int standardPort() {
        return 9406;
    }

    @Override
    protected void serve(Socket client) throws IOException {
        new SmtpConversation(client, this).run();
    }

    @Nullable
    Fault nextFault() {
        return faults().next(TARGET);
    }

    static void waitFor(Fault fault) throws IOException {
        pause(fault.latency());
    }

    boolean asksForLogin() {
        return login != null;
    }

    /** Whether this is the login; any is, where none is asked for. */
    boolean knows(String user, String password) {
        Login needed = login;
        boolean right = needed == null || needed.equals(new Login(user, password));
        if (!right) {
            refusedLogins.incrementAndGet();
        }
        return right;
    }

    /** How many clients came with a wrong login since the last reset. */
    public int refusedLogins() {
        return refusedLogins.get();
    }

    void handedOver(String from, @Nullable Integer status) {
        calls.add(new Handover(clock.instant(), from, status));
    }

    void received(String from, List<String> to, byte[] raw, @Nullable Integer status) {
        messages.add(new Message(clock.instant(), from, to, raw));
        handedOver(from, status);
    }

    @Override
    public List<ObjectNode> records() {
        return messages.stream().map(Message::toJson).toList();
    }

    @Override
    public List<? extends LoggedCall> calls() {
        return calls.all();
    }

    @Override
    public void forgetCalls() {
        calls.clear();
    }

    @Override
    protected void empty() {
        messages.clear();
        login = null;
        refusedLogins.set(0);
    }

    @Override
    public Optional<Answer> control(String method, String operation, JsonNode body) {
        if (!method.equals("PUT") || !operation.equals("settings")) {
            return Optional.empty();
        }
        Settings settings = new Settings(body);
        String user = settings.text("user");
        String password = settings.text("password");
        settings.done();
        login = user == null ? null : new Login(user, password == null ? "" : password);
        return Optional.of(Answer.empty(204));
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("usher.mail.port", String.valueOf(port()));
    }
}
