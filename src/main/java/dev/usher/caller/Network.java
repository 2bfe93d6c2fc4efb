package dev.usher.caller;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Whose address it is: one household has 2^64 addresses of IPv6, which count as one caller. */
public final class Network {

    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    private static final int PREFIX = 8;

    private Network() {}

    /**
     * The caller of an address, to count by.
     *
     * @param address as the server tells it; one of IPv6 in any spelling. Anything else is returned as it is
     */
    public static String of(String address) {
        var plain = address.replaceAll("^\\[|](:\\d+)?$|%.*$", "");
        if (!IPV6.matcher(plain).matches()) {
            return address;
        }
        try {
            var bytes = InetAddress.getByName(plain).getAddress();
            return bytes.length <= PREFIX
                    ? InetAddress.getByAddress(bytes).getHostAddress()
                    : InetAddress.getByAddress(Arrays.copyOf(Arrays.copyOf(bytes, PREFIX), bytes.length))
                                    .getHostAddress()
                            + "/64";
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
