package dev.usher.sandbox.mail;

import dev.usher.sandbox.server.Fault;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One SMTP connection, without encryption. A client may log in by PLAIN or LOGIN, and must where the mailbox asks for it. */
final class SmtpConversation {
    private static final Set<Integer> REPLIES = Set.of(421, 450, 451, 452, 550, 551, 552, 553, 554);
    private static final int UNAVAILABLE = 451;

    private final InputStream in;
    private final OutputStream out;
    private final MailSystem system;
    private final List<String> to = new ArrayList<>();
    private String from = "";
    private boolean loggedIn;
    private @Nullable Fault fault;

    SmtpConversation(Socket client, MailSystem system) throws IOException {
        this.in = new BufferedInputStream(client.getInputStream());
        this.out = client.getOutputStream();
        this.system = system;
    }

    void run() throws IOException {
        reply("220 sandbox ESMTP");
        String line = line();
        while (line != null && answer(line)) {
            line = line();
        }
    }

    /** False when the connection is to be closed. */
    private boolean answer(String line) throws IOException {
        String command = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
        return switch (command) {
            case "HELO" -> reply("250 sandbox");
            case "EHLO" ->
                reply("250-sandbox") && reply("250-8BITMIME") && reply("250-AUTH PLAIN LOGIN") && reply("250 SMTPUTF8");
            case "AUTH" -> logIn(line.split(" "));
            case "MAIL" ->
                loggedIn || !system.asksForLogin() ? begin(address(line)) : reply("530 5.7.0 Authentication required");
            case "RCPT" -> to.add(address(line)) && reply("250 2.1.5 Ok");
            case "DATA" -> !to.isEmpty() ? data() : reply("503 5.5.1 RCPT first");
            case "RSET" -> forget() && reply("250 2.0.0 Ok");
            case "NOOP" -> reply("250 2.0.0 Ok");
            case "QUIT" -> reply("221 2.0.0 Bye") && false;
            default -> reply("502 5.5.2 Command not recognized");
        };
    }

    private boolean logIn(String[] words) throws IOException {
        String mechanism = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "";
        String[] login = switch (mechanism) {
            case "PLAIN" -> (words.length > 2 ? decoded(words[2]) : asked("")).split("\0", -1);
            case "LOGIN" ->
                new String[] {"", words.length > 2 ? decoded(words[2]) : asked("VXNlcm5hbWU6"), asked("UGFzc3dvcmQ6")};
            default -> new String[0];
        };
        loggedIn = login.length == 3 && system.knows(login[1], login[2]);
        return reply(loggedIn ? "235 2.7.0 Authentication successful" : "535 5.7.8 Authentication credentials invalid");
    }

    private String asked(String question) throws IOException {
        reply("334 " + question);
        String answer = line();
        return answer == null ? "" : decoded(answer);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private boolean begin(String sender) throws IOException {
        forget();
        from = sender;
        Fault now = system.nextFault();
        if (now == null) {
            return reply("250 2.1.0 Ok");
        }
        fault = now;
        if (now.cut() == Fault.Cut.BEFORE) {
            MailSystem.waitFor(now);
            system.handedOver(from, null);
            return false;
        }
        if (now.status() == null) {
            return reply("250 2.1.0 Ok");
        }
        MailSystem.waitFor(now);
        int code = REPLIES.contains(now.status()) ? now.status() : UNAVAILABLE;
        system.handedOver(from, code);
        forget();
        String enhanced = code < 500 ? " 4.3.0 Temporarily unavailable" : " 5.7.1 Refused";
        return reply(now.malformed() ? "?? \u0007 not a reply" : code + enhanced) && code != 421;
    }

    private boolean data() throws IOException {
        reply("354 End with a line that holds a dot only");
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        String line = line();
        while (line != null && !line.equals(".")) {
            raw.write((line.startsWith(".") ? line.substring(1) : line).getBytes(StandardCharsets.ISO_8859_1));
            raw.write('\r');
            raw.write('\n');
            line = line();
        }
        if (line == null) {
            return false;
        }
        boolean answers = fault == null || fault.cut() != Fault.Cut.AFTER;
        boolean malformed = fault != null && fault.malformed();
        system.received(from, List.copyOf(to), raw.toByteArray(), answers ? 250 : null);
        if (fault != null) {
            MailSystem.waitFor(Objects.requireNonNull(fault));
        }
        forget();
        return answers && reply(malformed ? "?? \u0007 not a reply" : "250 2.0.0 Ok: queued");
    }

    private boolean forget() {
        to.clear();
        from = "";
        fault = null;
        return true;
    }

    private static String address(String line) {
        int start = line.indexOf('<');
        int end = line.indexOf('>');
        return start >= 0 && end > start ? line.substring(start + 1, end) : line;
    }

    private boolean reply(String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return true;
    }

    /** Bytes as Latin 1, so that they survive unchanged; null at the end. */
    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (next != '\r') {
                line.append((char) next);
            }
            next = in.read();
        }
        return next < 0 && line.isEmpty() ? null : line.toString();
    }
}
